import type { Methods } from '../../generated/v2/methods.ts';
import { parseSnowflake } from '../models/snowflake.ts';
import { check } from './check.ts';
import { endError, startDeadline, unlessAborted } from './deadline.ts';
import { NetworkError } from './errors.ts';
import type { MessageLookup } from './message-lookup.ts';
import type { CallOptions, PluralKitOptions } from './options.ts';
import { readParameter } from './references.ts';
import { messageOf } from './retry.ts';
import type { SwitchHistory } from './switch-history.ts';
import type { Transport } from './transport.ts';
import type { MemberUpdates } from './update-many.ts';
import type { View } from './view.ts';

/** Methods that most programs never call. */
export type Helpers = MessageLookup & SwitchHistory & MemberUpdates;

/** The code, once it is loaded: then calls begin at once. */
let loaded: typeof import('./helpers.ts') | undefined;

/**
 * Makes the methods whose code is loaded by the first call of one of them. Bundlers that split code keep it out of the first
 * download.
 *
 * @param methods - what asks the server
 */
export function createHelpers<ClientView extends View>(
  { members, switches, messages }: Methods<ClientView>,
  viewer: string,
  { baseUrl, limitsOf }: Transport,
  options: PluralKitOptions<ClientView>,
): Helpers {
  /** A call's `timeout` counts from its turn on, so that only its `totalTimeout` ends this. After a failure, the next call tries again. */
  async function load(method: string, path: string, given?: CallOptions) {
    const call = given ?? {};
    const [signal, , , clear] = startDeadline(limitsOf(call).totalTimeout, call.signal);
    const request = { method, path };
    try {
      loaded = await unlessAborted(import('./helpers.ts'), signal);
      return loaded;
    } catch (cause) {
      if (signal.aborted) throw endError(request, call.signal);
      throw new NetworkError(`Its code could not be loaded: ${messageOf(cause)}`, { request, cause });
    } finally {
      clear();
    }
  }
  let lookup: MessageLookup | undefined;
  return {
    async find(input, call) {
      const id = parseSnowflake(input);
      const { createMessageLookup } = loaded ?? (await load('GET', `/messages/${id}`, call));
      lookup ??= createMessageLookup(messages.get, `${baseUrl} ${viewer}`, limitsOf, options);
      return lookup.find(id, call);
    },
    async *history(system, query) {
      const path = `/systems/${readParameter('systemRef', system)}/switches`;
      const { walkHistory } = loaded ?? (await load('GET', path, query));
      yield* walkHistory(switches.list, system, query ?? {});
    },
    async updateMany(list, change, call) {
      // The caller may change the list in the meantime.
      check(Object(list)[Symbol.iterator], 'The members must be a list');
      const items = [...list];
      const { createUpdateMany } = loaded ?? (await load('PATCH', '/members', call));
      return createUpdateMany(members.update)(items, change, call);
    },
  };
}
