import { check } from './check.ts';
import { endError, startDeadline, unlessAborted } from './deadline.ts';
import { NetworkError } from './errors.ts';
import type { Helpers } from './helpers.ts';
import type { CallOptions } from './options.ts';
import { messageOf } from './retry.ts';
import type { Transport } from './transport.ts';

/** The code is a file beside this one. */
const REQUEST = { method: 'GET', path: '/helpers.js' };

/**
 * Makes the methods whose code is loaded by the first call of one of them. Bundlers that split code keep it out of the first
 * download.
 *
 * @param make - makes them from the code
 */
export function loadHelpers(
  make: (code: typeof import('./helpers.ts')) => Helpers,
  limitsOf: Transport['limitsOf'],
): Helpers {
  let helpers: Helpers | undefined;
  /** A call's `timeout` counts from its turn on, so that only its `totalTimeout` ends this. After a failure, the next call tries again. */
  async function load(given?: CallOptions): Promise<Helpers> {
    const call = given ?? {};
    const [signal, , , clear] = startDeadline(limitsOf(call).totalTimeout, call.signal);
    try {
      const code = await unlessAborted(import('./helpers.ts'), signal);
      helpers ??= make(code);
      return helpers;
    } catch (cause) {
      if (signal.aborted) throw endError(REQUEST, call.signal);
      throw new NetworkError(`Code could not be loaded: ${messageOf(cause)}`, { request: REQUEST, cause });
    } finally {
      clear();
    }
  }
  return {
    async find(id, call) {
      return (helpers ?? (await load(call))).find(id, call);
    },
    async *history(system, query) {
      yield* (helpers ?? (await load(query))).history(system, query);
    },
    async updateMany(list, change, call) {
      // The caller may change the list in the meantime.
      check(Object(list)[Symbol.iterator], 'The members must be a list');
      const items = [...list];
      return (helpers ?? (await load(call))).updateMany(items, change, call);
    },
  };
}
