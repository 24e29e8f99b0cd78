import { formatInstant } from '../formats/instant.ts';
import type {
  GroupRecord,
  MemberRecord,
  MessageRecord,
  SwitchRecord,
  SystemRecord,
} from '../store/records.ts';
import type { RecordName, Store } from '../store/store.ts';
import type { FullWorld, WorldGroup, WorldMember, WorldMessage, WorldSwitch, WorldSystem } from './world.ts';

/** A system without what has records of its own. */
export type WorldSystemAlone = Omit<WorldSystem, 'members' | 'groups' | 'switches'>;

/** Finds the id of a member by its UUID. */
type IdOf = (uuid: string) => string | undefined;

/** Writes a store as a world; loading that gives the same store again. */
export function dumpWorld(store: Store): FullWorld {
  const idOf = idsIn(store);
  return {
    systems: store.systems.map((system) => ({
      ...dumpSystem(system, idOf),
      members: store.members.of(system.uuid).map(dumpMember),
      groups: store.groups.of(system.uuid).map((group) => dumpGroup(group, idOf)),
      switches: store.switches.of(system.uuid).map((logged) => dumpSwitch(logged, idOf)),
    })),
    messages: store.messages.map((message) => dumpMessage(message, idOf)),
  };
}

/**
 * Writes a store as the JSON of a world, in parts. It stays what it was at the start, whatever changes meanwhile.
 *
 * @returns the parts, each a few hundred bytes long
 */
export function dumpWorldText(store: Store): Iterable<string> {
  const ids = new Map<string, string>();
  const systems = store.systems.map((system) => {
    const members = store.members.of(system.uuid);
    for (const { uuid, id } of members) ids.set(uuid, id);
    return {
      system,
      members,
      groups: store.groups.of(system.uuid),
      switches: store.switches.of(system.uuid),
    };
  });
  const { messages } = store;
  const idOf: IdOf = (uuid) => ids.get(uuid);
  return objectText({
    systems: listText(systems, ({ system, members, groups, switches }) =>
      objectText(
        {
          members: listText(members, (member) => [JSON.stringify(dumpMember(member))]),
          groups: listText(groups, (group) => [JSON.stringify(dumpGroup(group, idOf))]),
          switches: listText(switches, (logged) => [JSON.stringify(dumpSwitch(logged, idOf))]),
        },
        JSON.stringify(dumpSystem(system, idOf)),
      ),
    ),
    messages: listText(messages, (message) => [JSON.stringify(dumpMessage(message, idOf))]),
  });
}

/** @param start - the text of an object that has other keys */
function* objectText(fields: Readonly<Record<string, Iterable<string>>>, start = '{}'): Iterable<string> {
  yield start.slice(0, -1);
  let comma = start === '{}' ? '' : ',';
  for (const [key, value] of Object.entries(fields)) {
    yield `${comma}"${key}":`;
    yield* value;
    comma = ',';
  }
  yield '}';
}

function* listText<Item>(items: readonly Item[], textOf: (item: Item) => Iterable<string>): Iterable<string> {
  let separator = '[';
  for (const item of items) {
    yield separator;
    yield* textOf(item);
    separator = ',';
  }
  yield items.length === 0 ? '[]' : ']';
}

/** One record as it stands in a world, and the UUID of the system it is within. */
export interface DumpedRecord {
  readonly system: string | null;
  readonly content: object;
}

/** Writes one record as it would stand in the world; undefined where there is none. */
export function dumpRecord(store: Store, { kind, key }: RecordName): DumpedRecord | undefined {
  const idOf = idsIn(store);
  switch (kind) {
    case 'system': {
      const record = store.system(key);
      return record && { system: null, content: dumpSystem(record, idOf) };
    }
    case 'member': {
      const record = store.members.get(key);
      return record && { system: record.system, content: dumpMember(record) };
    }
    case 'group': {
      const record = store.groups.get(key);
      return record && { system: record.system, content: dumpGroup(record, idOf) };
    }
    case 'switch': {
      const record = store.switches.get(key);
      return record && { system: record.system, content: dumpSwitch(record, idOf) };
    }
    case 'message': {
      const record = store.message(key);
      return record && { system: null, content: dumpMessage(record, idOf) };
    }
    case 'key': {
      const record = store.keys.get(key);
      return record && { system: record.systemId, content: record };
    }
  }
}

function idsIn({ members }: Store): IdOf {
  return (uuid) => members.get(uuid)?.id;
}

function dumpSystem({ autoproxy, ...own }: SystemRecord, idOf: IdOf): WorldSystemAlone {
  return {
    ...own,
    autoproxy: autoproxy.map((settings) => ({
      ...settings,
      autoproxy_member: idOf(settings.autoproxy_member ?? '') ?? null,
    })),
  };
}

function dumpMember({ system: _, systemId: __, ...member }: MemberRecord): WorldMember {
  return member;
}

function dumpGroup({ system: _, systemId: __, ...group }: GroupRecord, idOf: IdOf): WorldGroup {
  return { ...group, members: idsOf(group.members, idOf) };
}

function dumpSwitch({ id, timestamp, members }: SwitchRecord, idOf: IdOf): WorldSwitch {
  return { id, timestamp: formatInstant(timestamp), members: idsOf(members, idOf) };
}

function dumpMessage(message: MessageRecord, idOf: IdOf): WorldMessage {
  return { ...message, member: idOf(message.member ?? '') ?? null };
}

function idsOf(members: readonly string[], idOf: IdOf): readonly string[] {
  return members.flatMap((uuid) => idOf(uuid) ?? []);
}
