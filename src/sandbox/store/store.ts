import type { Instant } from '../formats/instant.ts';
import type { KeptKey } from '../keys/kept-key.ts';
import { Backlinks } from './backlinks.ts';
import { Collection } from './collection.ts';
import { DeletedMessages } from './deleted-messages.ts';
import { History } from './history.ts';
import type { GroupRecord, MemberRecord, MessageRecord, SystemRecord } from './records.ts';
import { SwitchLog } from './switch-log.ts';
import { Table } from './table.ts';

/** The parts of a store that a storage keeps. */
export type RecordKind = 'system' | 'member' | 'group' | 'switch' | 'message' | 'key';

export const recordKinds: readonly RecordKind[] = ['system', 'member', 'group', 'switch', 'message', 'key'];

/** Which record. */
export interface RecordName {
  readonly kind: RecordKind;
  /** Its UUID or, for messages and API keys, its id. */
  readonly key: string;
}

/** The whole state of the sandbox. Changes are recorded in its history, and can be reverted. */
export class Store {
  readonly history = new History();
  readonly members: Collection<MemberRecord> = new Collection<MemberRecord>(this.history);
  readonly groups: Collection<GroupRecord>;
  readonly switches: SwitchLog;
  /** API keys, by id. */
  readonly keys: Table<KeptKey> = new Table<KeptKey>(this.history);
  readonly #systems: Table<SystemRecord>;
  readonly #systemByAlias = new Map<string, string>();
  readonly #systemByToken = new Map<string, string>();
  readonly #messages: Table<MessageRecord>;
  readonly #messageByOriginal = new Map<string, string>();
  readonly #messageByCommand = new Table<string>(this.history);
  readonly #deletedMessages = new DeletedMessages(this.history);
  readonly #groupsOf = new Backlinks();
  readonly #switchesOf = new Backlinks();
  readonly #messagesOf = new Backlinks();

  constructor() {
    const membersOf = (record: { readonly members: readonly string[] } | undefined) => record?.members ?? [];
    this.groups = new Collection<GroupRecord>(this.history, (before, after) =>
      this.#groupsOf.replace((before ?? after)?.uuid ?? '', membersOf(before), membersOf(after)),
    );
    this.switches = new SwitchLog(this.history, (before, after) =>
      this.#switchesOf.replace((before ?? after)?.id ?? '', membersOf(before), membersOf(after)),
    );
    this.#systems = new Table<SystemRecord>(this.history, (before, after) =>
      this.#indexSystem(before?.value, after?.value),
    );
    this.#messages = new Table<MessageRecord>(this.history, (before, after) =>
      this.#indexMessage(before?.value, after?.value),
    );
  }

  /** The tables that a storage keeps, by kind. */
  get #tables() {
    return {
      system: this.#systems,
      member: this.members.table,
      group: this.groups.table,
      switch: this.switches.table,
      message: this.#messages,
      key: this.keys,
    } as const satisfies Record<RecordKind, unknown>;
  }

  /** The keys of all records of a kind. */
  keysOf(kind: RecordKind): Iterable<string> {
    return this.#tables[kind].keys();
  }

  /** All records, by kind and in the order in which they were first put. */
  names(): readonly RecordName[] {
    return recordKinds.flatMap((kind) => [...this.keysOf(kind)].map((key) => ({ kind, key })));
  }

  /** The uncommitted changes, each once. */
  uncommitted(): readonly RecordName[] {
    const names = new Map<string, RecordName>();
    const kinds = new Map(recordKinds.map((kind): [object, RecordKind] => [this.#tables[kind], kind]));
    for (const { table, key } of this.history.uncommitted) {
      const kind = kinds.get(table);
      if (kind !== undefined) names.set(`${kind} ${key}`, { kind, key });
    }
    return [...names.values()];
  }

  /** Copies a record from another store, or deletes it where that has none. */
  adopt({ kind, key }: RecordName, other: Store): void {
    const own = this.#tables;
    const theirs = other.#tables;
    const take: Readonly<Record<RecordKind, () => void>> = {
      system: () => own.system.set(key, theirs.system.get(key)),
      member: () => own.member.set(key, theirs.member.get(key)),
      group: () => own.group.set(key, theirs.group.get(key)),
      switch: () => own.switch.set(key, theirs.switch.get(key)),
      message: () => own.message.set(key, theirs.message.get(key)),
      key: () => own.key.set(key, theirs.key.get(key)),
    };
    take[kind]();
  }

  get systems(): readonly SystemRecord[] {
    return this.#systems.values;
  }

  get messages(): readonly MessageRecord[] {
    return this.#messages.values;
  }

  system(uuid: string): SystemRecord | undefined {
    return this.#systems.get(uuid);
  }

  /** @param alias - an id in lower case without a dash, or a Discord account */
  systemByAlias(alias: string): SystemRecord | undefined {
    return this.system(this.#systemByAlias.get(alias) ?? '');
  }

  systemByToken(token: string): SystemRecord | undefined {
    return this.system(this.#systemByToken.get(token) ?? '');
  }

  putSystem(record: SystemRecord): void {
    this.#systems.put(record.uuid, record);
  }

  /** Removes old accounts and tokens from the index. */
  #indexSystem(before: SystemRecord | undefined, after: SystemRecord | undefined): void {
    for (const alias of aliasesOf(before)) forget(this.#systemByAlias, alias, before?.uuid);
    forget(this.#systemByToken, before?.token, before?.uuid);
    if (after === undefined) return;
    for (const alias of aliasesOf(after)) this.#systemByAlias.set(alias, after.uuid);
    if (after.token !== null) this.#systemByToken.set(after.token, after.uuid);
  }

  message(id: string): MessageRecord | undefined {
    return this.#messages.get(id);
  }

  messageByOriginal(id: string): MessageRecord | undefined {
    return this.message(this.#messageByOriginal.get(id) ?? '');
  }

  putMessage(record: MessageRecord): void {
    this.#messages.put(record.id, record);
  }

  #indexMessage(before: MessageRecord | undefined, after: MessageRecord | undefined): void {
    const id = (before ?? after)?.id ?? '';
    this.#messagesOf.replace(id, senderOf(before), senderOf(after));
    forget(this.#messageByOriginal, before?.original, id);
    if (after?.original) this.#messageByOriginal.set(after.original, id);
  }

  /** A message that was edited by a command of this id. */
  messageByCommand(id: string): MessageRecord | undefined {
    return this.message(this.#messageByCommand.get(id) ?? '');
  }

  putCommand(id: string, message: string): void {
    this.#messageByCommand.put(id, message);
  }

  /** Deletes a message; `deletedMessage` finds it for a while. */
  deleteMessage(record: MessageRecord, now: Instant): void {
    this.#messages.delete(record.id);
    this.#deletedMessages.add(record, now);
  }

  /** A message that was deleted not long ago, by its id or that of the original. */
  deletedMessage(id: string, now: Instant): MessageRecord | undefined {
    return this.#deletedMessages.find(id, now);
  }

  /** Deletes a member and takes it out of groups, switches, autoproxy settings and messages. */
  deleteMember(record: MemberRecord): void {
    const { uuid } = record;
    this.members.delete(record);
    for (const key of this.#groupsOf.to(uuid)) {
      const group = this.groups.get(key);
      if (group !== undefined) this.groups.put({ ...group, members: without(group.members, uuid) });
    }
    for (const key of this.#switchesOf.to(uuid)) {
      const logged = this.switches.get(key);
      if (logged !== undefined) this.switches.put({ ...logged, members: without(logged.members, uuid) });
    }
    this.#forgetAutoproxyMember(record);
    for (const key of this.#messagesOf.to(uuid)) {
      const message = this.message(key);
      if (message !== undefined) this.putMessage({ ...message, member: null });
    }
  }

  #forgetAutoproxyMember(record: MemberRecord): void {
    const system = this.system(record.system);
    if (system === undefined || !system.autoproxy.some((one) => one.autoproxy_member === record.uuid)) return;
    const autoproxy = system.autoproxy.map((one) =>
      one.autoproxy_member === record.uuid ? { ...one, autoproxy_member: null } : one,
    );
    this.putSystem({ ...system, autoproxy });
  }
}

/** Forgets what a name stands for, unless it stands for another by now. */
function forget(index: Map<string, string>, name: string | null | undefined, key: string | undefined): void {
  if (typeof name === 'string' && index.get(name) === key) index.delete(name);
}

function aliasesOf(system: SystemRecord | undefined): readonly string[] {
  return system === undefined ? [] : [system.id, ...system.accounts];
}

/** As `filter` gives it, but several times quicker for the thousands of members of a group: they are searched, then copied at once. */
function without(members: readonly string[], uuid: string): readonly string[] {
  let rest: string[] | undefined;
  for (let place = members.length - 1; place >= 0; place -= 1) {
    if (members[place] !== uuid) continue;
    rest ??= members.slice();
    rest.splice(place, 1);
  }
  return rest ?? members;
}

/** The member that a message is from, in a list. */
function senderOf(message: MessageRecord | undefined): readonly string[] {
  return message === undefined || message.member === null ? [] : [message.member];
}
