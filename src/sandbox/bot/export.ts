import { formatInstant } from '../formats/instant.ts';
import type { SystemRecord } from '../store/records.ts';
import type { Store } from '../store/store.ts';
import { viewGroup } from '../views/group.ts';
import { viewMemberOfSystem } from '../views/member.ts';
import { viewSettings } from '../views/settings.ts';
import { viewSystem } from '../views/system.ts';

/**
 * Writes a system as the bot exports it: as its owner sees it, without its token.
 *
 * @returns JSON; accounts are numbers that have all of their digits
 */
export function exportSystem(store: Store, system: SystemRecord): string {
  const idsOf = (uuids: readonly string[]) => uuids.flatMap((uuid) => store.members.get(uuid)?.id ?? []);
  const file = {
    version: 2,
    ...viewSystem(system, 'owner'),
    config: viewSettings(system.settings, 'owner'),
    members: store.members.of(system.uuid).map((member) => viewMemberOfSystem(member, 'owner')),
    groups: store.groups.of(system.uuid).map((group) => {
      const { system: _, ...own } = viewGroup(group, 'owner');
      return { ...own, members: idsOf(group.members) };
    }),
    switches: store.switches
      .of(system.uuid)
      .map(({ timestamp, members }) => ({ timestamp: formatInstant(timestamp), members: idsOf(members) }))
      .reverse(),
  };
  return `${JSON.stringify(file).slice(0, -1)},"accounts":[${system.accounts.join(',')}]}`;
}
