import type { MessagesMethods } from '../../generated/v2/methods.ts';
import type { Message } from '../../generated/v2/schema.ts';
import { parseSnowflake } from '../models/snowflake.ts';
import { AbortedError, isPluralKitError } from './errors.ts';
import { isObject } from './json.ts';
import type { CallOptions, PluralKitOptions } from './options.ts';
import { SharedCall } from './shared-call.ts';
import type { Snowflake } from './values.ts';

/** Looking up whose messages are: most calls of most bots. */
export interface MessageLookup {
  /**
   * Looks up a message, by its own id or by that of the message it was proxied from.
   *
   * Lookups of the same message at the same time share one request, which goes with the options of the first; each may be
   * aborted on its own. With the client's `cache`, messages are remembered, and for a moment also that there is none.
   * What is found is shared too, so copy it before changing it.
   *
   * @returns null where it is not a proxied message (20006), the usual answer for a bot that asks about every message
   * @throws TypeError where the id is none; all that `messages.get` throws, but for `MessageNotFound`
   */
  find(id: Snowflake, options?: CallOptions): Promise<Message | null>;
}

/** What the cache holds: null is an answer too. It tells when it ends, as not every cache keeps to times. */
interface Remembered {
  readonly message: Message | null;
  /** UNIX time in milliseconds. */
  readonly until: number;
}

/**
 * @param get - what asks the server
 * @param owner - sets the caches of different callers apart: messages show their own systems more
 */
export function createMessageLookup(
  get: MessagesMethods['get'],
  owner: string,
  { cache, cacheTtl }: PluralKitOptions,
): MessageLookup {
  const { found = 300_000, missing = 5_000 } = cacheTtl ?? {};
  const running = new Map<string, SharedCall<Message | null>>();

  async function lookUp(id: string, options: CallOptions): Promise<Message | null> {
    const key = `pluralkit ${owner} message ${id}`;
    const remembered = await unlessItFails(() => cache?.get(key));
    if (isRemembered(remembered) && Date.now() < remembered.until) return remembered.message;
    const message = await get(id, options).catch(nullIfNotFound);
    const ttl = message ? found : missing;
    const entry: Remembered = { message, until: Date.now() + ttl };
    await unlessItFails(() => cache?.set(key, entry, ttl));
    return message;
  }

  function share(id: string, options: CallOptions): SharedCall<Message | null> {
    const known = running.get(id);
    if (known && !known.isAborted) return known;
    const call = new SharedCall((signal) =>
      lookUp(id, { ...options, signal }).finally(() => {
        if (running.get(id) === call) running.delete(id);
      }),
    );
    running.set(id, call);
    return call;
  }

  return {
    async find(input, options = {}) {
      const id = parseSnowflake(input);
      const { signal } = options;
      try {
        return await share(id, options).join(signal);
      } catch (error) {
        if (!signal?.aborted || error !== signal.reason) throw error;
        const request = { method: 'GET', path: `/messages/${id}` };
        throw new AbortedError('The call was aborted', { request, cause: error });
      }
    },
  };
}

function isRemembered(value: unknown): value is Remembered {
  return isObject(value) && 'message' in value && typeof value.until === 'number';
}

function nullIfNotFound(error: unknown): null {
  if (isPluralKitError(error, 'MessageNotFound')) return null;
  throw error;
}

/** A cache that is out of order makes lookups slower, not wrong. */
async function unlessItFails(use: () => unknown): Promise<unknown> {
  try {
    return await use();
  } catch {
    return undefined;
  }
}
