import { formatInstant } from '../formats/instant.ts';
import type {
  GroupRecord,
  MemberRecord,
  MessageRecord,
  SwitchRecord,
  SystemRecord,
} from '../store/records.ts';
import type { RecordKind, Store } from '../store/store.ts';
import type { FullWorld, WorldGroup, WorldMember, WorldMessage, WorldSwitch, WorldSystem } from './world.ts';

/** A system without what has records of its own. */
export type WorldSystemAlone = Omit<WorldSystem, 'members' | 'groups' | 'switches'>;

/** Writes a store as a world; loading that gives the same store again. */
export function dumpWorld(store: Store): FullWorld {
  return {
    systems: [...store.systems].map((system) => ({
      ...dumpSystem(store, system),
      members: store.members.of(system.uuid).map(dumpMember),
      groups: store.groups.of(system.uuid).map((group) => dumpGroup(store, group)),
      switches: store.switches.of(system.uuid).map((logged) => dumpSwitch(store, logged)),
    })),
    messages: [...store.messages].map((message) => dumpMessage(store, message)),
  };
}

/** One record as it stands in a world, and the UUID of the system it is within. */
export interface DumpedRecord {
  readonly system: string | null;
  readonly content: object;
}

/** Writes one record as it would stand in the world; undefined where there is none. */
export function dumpRecord(store: Store, kind: RecordKind, key: string): DumpedRecord | undefined {
  switch (kind) {
    case 'system': {
      const record = store.system(key);
      return record && { system: null, content: dumpSystem(store, record) };
    }
    case 'member': {
      const record = store.members.get(key);
      return record && { system: record.system, content: dumpMember(record) };
    }
    case 'group': {
      const record = store.groups.get(key);
      return record && { system: record.system, content: dumpGroup(store, record) };
    }
    case 'switch': {
      const record = store.switches.get(key);
      return record && { system: record.system, content: dumpSwitch(store, record) };
    }
    case 'message': {
      const record = store.message(key);
      return record && { system: null, content: dumpMessage(store, record) };
    }
  }
}

function dumpSystem(store: Store, { autoproxy, ...own }: SystemRecord): WorldSystemAlone {
  return {
    ...own,
    autoproxy: autoproxy.map((settings) => ({
      ...settings,
      autoproxy_member: store.members.get(settings.autoproxy_member ?? '')?.id ?? null,
    })),
  };
}

function dumpMember({ system: _, systemId: __, ...member }: MemberRecord): WorldMember {
  return member;
}

function dumpGroup(store: Store, { system: _, systemId: __, ...group }: GroupRecord): WorldGroup {
  return { ...group, members: idsOf(store, group.members) };
}

function dumpSwitch(store: Store, { id, timestamp, members }: SwitchRecord): WorldSwitch {
  return { id, timestamp: formatInstant(timestamp), members: idsOf(store, members) };
}

function dumpMessage(store: Store, message: MessageRecord): WorldMessage {
  return { ...message, member: store.members.get(message.member ?? '')?.id ?? null };
}

function idsOf(store: Store, members: readonly string[]): readonly string[] {
  return members.flatMap((uuid) => store.members.get(uuid)?.id ?? []);
}
