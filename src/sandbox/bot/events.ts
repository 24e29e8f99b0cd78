import { findGroup } from '../gateway/references.ts';
import { object, type Read, WorldError } from '../world/shape.ts';
import { words } from '../world/world.ts';
import type { BotContext } from './context.ts';

export const groupEventShape = object({ group: words });

/**
 * Sends UPDATE_GROUP_MEMBERS, which is documented, though the real server never sends it.
 *
 * @throws {WorldError} where there is no such group
 */
export function sendGroupMembersEvent(
  { store, services }: BotContext,
  { group: reference }: Read<typeof groupEventShape>,
): void {
  const group = findGroup(store, reference);
  const system = store.system(group?.system ?? '');
  if (group === undefined || system === undefined)
    throw new WorldError('group', `names no group: ${reference}`);
  services.dispatcher.send(system, 'UPDATE_GROUP_MEMBERS', group.uuid, null);
}
