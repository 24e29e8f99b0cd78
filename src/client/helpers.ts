import type { Methods } from '../../generated/v2/methods.ts';
import { createMessageLookup, type MessageLookup } from './message-lookup.ts';
import type { PluralKitOptions } from './options.ts';
import { type SwitchHistory, walkHistory } from './switch-history.ts';
import type { Transport } from './transport.ts';
import { createUpdateMany, type MemberUpdates } from './update-many.ts';

/** Methods that most programs never call. `loadHelpers` loads their code. */
export interface Helpers extends MessageLookup, SwitchHistory, MemberUpdates {}

/**
 * @param methods - what asks the server
 * @param viewer - sets the caches of different callers apart
 */
export function createHelpers(
  { members, switches, messages }: Pick<Methods, 'members' | 'switches' | 'messages'>,
  viewer: string,
  { baseUrl, limitsOf }: Transport,
  options: PluralKitOptions,
): Helpers {
  return {
    ...createMessageLookup(messages.get, `${baseUrl} ${viewer}`, limitsOf, options),
    history: (system, query) => walkHistory(switches.list, system, query ?? {}),
    updateMany: createUpdateMany(members.update),
  };
}
