import { findGroup } from '../gateway/references.ts';
import { idsOf, namesNo } from '../world/names-no.ts';
import { WorldError } from '../world/problems.ts';
import { object, type Read } from '../world/shape.ts';
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
  if (group === undefined || system === undefined) {
    const known = store.systems.flatMap(({ uuid }) => idsOf(store.groups.of(uuid)));
    throw new WorldError('group', namesNo('group', reference, known));
  }
  services.dispatcher.send(system, 'UPDATE_GROUP_MEMBERS', group.uuid, null);
}
