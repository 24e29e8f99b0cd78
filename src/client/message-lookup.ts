import type { Message } from '../../generated/v2/schema.ts';
import { isObject } from '../models/is-object.ts';
import { parseSnowflake } from '../models/snowflake.ts';
import type { Cache } from './cache.ts';
import { check } from './check.ts';
import { startDeadline } from './deadline.ts';
import { isPluralKitError, RateLimitedError, TimeoutError } from './errors.ts';
import type { CallOptions, PluralKitOptions } from './options.ts';
import { SharedCall } from './shared-call.ts';
import type { Transport, TurnListener } from './transport.ts';
import type { Snowflake } from './values.ts';

/** Looking up whose messages are: most calls of most bots. */
export interface MessageLookup {
  /**
   * Looks up a message, by its own id or by that of the message it was proxied from.
   *
   * Lookups of the same message at the same time share one request, which goes with the options of the first. Each keeps its
   * own `signal` and `timeout`. With the client's `cache`, messages are remembered, and for a moment also that there is none.
   * What is found is shared too, so copy it before changing it.
   *
   * @returns null where it is not a proxied message (20006), the usual response for a bot that asks about every message
   * @throws TypeError where the id is none; all that `messages.get` throws, but for `MessageNotFound`
   */
  find(id: Snowflake, options?: CallOptions): Promise<Message | null>;
}

/** What the cache holds: that there is no message, too. It says when it ends, as not every cache keeps to times. */
interface Remembered {
  readonly message: Message | null;
  /** Milliseconds on the clock of {@link now}. */
  readonly until: number;
}

/** Milliseconds after which a cache is taken for one that is out of order; the server may be asked by then. */
const PATIENCE = 250;

/**
 * @param get - what asks the server
 * @param viewer - sets the caches of different callers apart: messages show more to who may see it
 */
export function createMessageLookup(
  get: (id: string, options: CallOptions & TurnListener) => Promise<Message>,
  viewer: string,
  limitsOf: Transport['limitsOf'],
  { cache, cacheTtl }: Pick<PluralKitOptions, 'cache' | 'cacheTtl'>,
): MessageLookup {
  const { found = 300_000, missing = 5_000 } = cacheTtl ?? {};
  check(found >= 0 && missing >= 0, 'cacheTtl must hold milliseconds from 0');
  check(
    !cache || (typeof cache.get === 'function' && typeof cache.set === 'function'),
    'cache must have the methods get and set',
  );
  const running = new Map<string, SharedCall<Message | null>>();

  async function lookUp(
    id: string,
    timeout: number,
    options: CallOptions & TurnListener,
  ): Promise<Message | null> {
    const startedAt = performance.now();
    const key = `pluralkit ${viewer} message ${id}`;
    const remembered = cache && (await recall(cache, key, timeout, options.signal));
    if (remembered) return remembered.message;
    const timeLeft = timeout - (performance.now() - startedAt);
    const message = await get(id, { ...options, timeout: timeLeft }).catch(nullIfNotFound);
    const ttl = message ? found : missing;
    const entry: Remembered = { message, until: now() + ttl };
    // Nobody waits for it.
    if (ttl > 0) unlessItFails(() => cache?.set(key, entry, ttl));
    return message;
  }

  function begin(id: string, timeout: number, options: CallOptions): SharedCall<Message | null> {
    const call = new SharedCall({ method: 'GET', path: `/messages/${id}` }, (shared) =>
      lookUp(id, timeout, { ...options, ...shared }).finally(() => {
        if (running.get(id) === call) running.delete(id);
      }),
    );
    running.set(id, call);
    return call;
  }

  return {
    async find(input, options = {}) {
      const id = parseSnowflake(input);
      let { timeout, totalTimeout } = limitsOf(options);
      for (;;) {
        const known = running.get(id);
        const joined = known && !known.isAborted ? known : undefined;
        const call = joined ?? begin(id, timeout, { ...options, totalTimeout });
        const joinedAt = performance.now();
        try {
          return await call.join(timeout, totalTimeout, options.signal);
        } catch (error) {
          timeout -= call.elapsed(joinedAt);
          totalTimeout -= performance.now() - joinedAt;
          // Who began it had less time.
          if (!joined || !mayGoOn(error, Math.min(timeout, totalTimeout))) throw error;
        }
      }
    },
  };
}

/** The time of the system, by a clock that does not jump when it is set. */
function now(): number {
  return performance.timeOrigin + performance.now();
}

/** What the cache remembers, unless it takes too long: then it makes lookups slower, but neither late nor wrong. */
async function recall(
  cache: Cache,
  key: string,
  timeout: number,
  signal: AbortSignal | undefined,
): Promise<Remembered | undefined> {
  const deadline = startDeadline(Math.min(PATIENCE, timeout / 2), signal);
  const remembered = await unlessItFails(() => deadline.race(Promise.resolve(cache.get(key))));
  deadline.clear();
  return isRemembered(remembered) && now() < remembered.until ? remembered : undefined;
}

/** Whether it was the time of another that was up. */
function mayGoOn(error: unknown, timeLeft: number): boolean {
  if (timeLeft < 1) return false;
  return error instanceof TimeoutError || (error instanceof RateLimitedError && error.retryAfter < timeLeft);
}

function isRemembered(value: unknown): value is Remembered {
  return isObject(value) && typeof value.message === 'object' && typeof value.until === 'number';
}

function nullIfNotFound(error: unknown): null {
  if (isPluralKitError(error, 'MessageNotFound')) return null;
  throw error;
}

async function unlessItFails(use: () => unknown): Promise<unknown> {
  try {
    return await use();
  } catch {
    return undefined;
  }
}
