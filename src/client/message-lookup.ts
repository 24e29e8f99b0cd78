import type { Message } from '../../generated/v2/schema.ts';
import { isObject } from '../models/is-object.ts';
import { parseSnowflake } from '../models/snowflake.ts';
import { CALL_OPTIONS, checkNames } from './assert-options.ts';
import type { Cache } from './cache.ts';
import { endError, startDeadline, unlessAborted } from './deadline.ts';
import { isPluralKitError, RateLimitedError, TimeoutError } from './errors.ts';
import type { CallOptions, PluralKitOptions } from './options.ts';
import { onTurn, type Transport, type TurnListener } from './transport.ts';
import type { Snowflake } from './values.ts';

/** Looking up whose messages are. */
export interface MessageLookup {
  /**
   * Looks up a message, by its own id or by that of the message it was proxied from.
   *
   * Lookups of the same message at the same time share one request, which goes with the options of the first. Each keeps its
   * own `signal` and `timeout`. With the client's `cache`, messages are remembered, and for a moment also that there is none.
   * What is found is shared too, so copy it before changing it. The first call loads the code for it.
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

/** A lookup that several wait for, each as long as they like. It is aborted when nobody waits any more. */
interface Lookup {
  readonly controller: AbortController;
  readonly result: Promise<Message | null>;
  /** From then on timeouts count. Not every lookup has a turn: a cache may know the result. */
  readonly turn: Promise<void>;
  waiting: number;
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
  const running = new Map<string, Lookup>();

  async function lookUp(
    id: string,
    timeout: number,
    options: CallOptions & TurnListener,
  ): Promise<Message | null> {
    const startedAt = performance.now();
    const key = `pluralkit ${viewer} message ${id}`;
    const remembered = cache && (await recall(cache, key, timeout, options.signal));
    if (remembered) return remembered.message;
    // An option of 0 or less would be wrong; this one ends the call, as it should.
    const left = Math.max(1, timeout - (performance.now() - startedAt));
    const message = await get(id, { ...options, timeout: left }).catch(nullIfNotFound);
    const ttl = message ? found : missing;
    const entry: Remembered = { message, until: now() + ttl };
    // Nobody waits for it.
    if (ttl > 0) unlessItFails(() => cache?.set(key, entry, ttl));
    return message;
  }

  function begin(id: string, timeout: number, options: CallOptions): Lookup {
    const controller = new AbortController();
    const { signal } = controller;
    let begins = () => {};
    const turn = new Promise<void>((resolve) => {
      begins = resolve;
    });
    const result = lookUp(id, timeout, { ...options, signal, [onTurn]: begins });
    const lookup = { controller, result, turn, waiting: 0 };
    running.set(id, lookup);
    const end = () => {
      forget(id, lookup);
      begins();
    };
    result.then(end, end);
    return lookup;
  }

  function forget(id: string, lookup: Lookup): void {
    if (running.get(id) === lookup) running.delete(id);
  }

  return {
    async find(input, given) {
      const options = given ?? {};
      checkNames(options, CALL_OPTIONS);
      const id = parseSnowflake(input);
      const { signal } = options;
      let { timeout, totalTimeout } = limitsOf(options);
      for (;;) {
        const joinedAt = performance.now();
        const [ended, endIn, left, clear] = startDeadline(totalTimeout, signal);
        const known = running.get(id);
        const lookup = known ?? begin(id, timeout, options);
        lookup.waiting++;
        try {
          await unlessAborted(lookup.turn, ended);
          endIn(timeout);
          return await unlessAborted(lookup.result, ended);
        } catch (error) {
          if (ended.aborted) throw endError({ method: 'GET', path: `/messages/${id}` }, signal);
          timeout = left();
          // Who began it had less time.
          if (!known || !mayGoOn(error, timeout)) throw error;
          totalTimeout -= performance.now() - joinedAt;
        } finally {
          clear();
          if (--lookup.waiting === 0) {
            forget(id, lookup);
            lookup.controller.abort(signal?.reason);
          }
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
  const [patience, , , clear] = startDeadline(Math.min(PATIENCE, timeout / 2), signal);
  const remembered = await unlessItFails(() => unlessAborted(Promise.resolve(cache.get(key)), patience));
  clear();
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
