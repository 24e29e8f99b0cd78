import { formatInstant } from '../formats/instant.ts';
import type { GroupRecord, MemberRecord, SwitchRecord, SystemRecord } from '../store/records.ts';
import type { Store } from '../store/store.ts';
import type { FullWorld, WorldGroup, WorldMember, WorldSwitch, WorldSystem } from './world.ts';

/** Writes a store as a world; loading that gives the same store again. */
export function dumpWorld(store: Store): FullWorld {
  const idOf = (uuid: string) => store.members.get(uuid)?.id ?? [];
  const dumpSystem = ({ autoproxy, ...own }: SystemRecord): WorldSystem => ({
    ...own,
    autoproxy: autoproxy.map((settings) => ({
      ...settings,
      autoproxy_member: store.members.get(settings.autoproxy_member ?? '')?.id ?? null,
    })),
    members: store.members.of(own.uuid).map(dumpMember),
    groups: store.groups.of(own.uuid).map(dumpGroup),
    switches: store.switches.of(own.uuid).map(dumpSwitch),
  });
  const dumpGroup = ({ system: _, systemId: __, ...group }: GroupRecord): WorldGroup => ({
    ...group,
    members: group.members.flatMap(idOf),
  });
  const dumpSwitch = ({ id, timestamp, members }: SwitchRecord): WorldSwitch => ({
    id,
    timestamp: formatInstant(timestamp),
    members: members.flatMap(idOf),
  });
  return {
    systems: [...store.systems].map(dumpSystem),
    messages: [...store.messages].map((message) => ({
      ...message,
      member: store.members.get(message.member ?? '')?.id ?? null,
    })),
  };
}

function dumpMember({ system: _, systemId: __, ...member }: MemberRecord): WorldMember {
  return member;
}
