import type { Instant } from '../formats/instant.ts';
import { Collection } from './collection.ts';
import { DeletedMessages } from './deleted-messages.ts';
import type { GroupRecord, MemberRecord, MessageRecord, SystemRecord } from './records.ts';
import { SwitchLog } from './switch-log.ts';

/** What a store holds. */
export type RecordKind = 'system' | 'member' | 'group' | 'switch' | 'message';

/** Told of each record that is put or deleted: its UUID or, for messages, its id. */
export type OnChange = (kind: RecordKind, key: string) => void;

/** All that the sandbox knows. A copy shares the records, which never change, so it costs little. */
export class Store {
  readonly members: Collection<MemberRecord>;
  readonly groups: Collection<GroupRecord>;
  readonly switches: SwitchLog;
  readonly #systems: Map<string, SystemRecord>;
  readonly #systemByAlias: Map<string, string>;
  readonly #systemByToken: Map<string, string>;
  readonly #messages: Map<string, MessageRecord>;
  readonly #messageByOriginal: Map<string, string>;
  readonly #messageByCommand: Map<string, string>;
  readonly #deletedMessages: DeletedMessages;
  readonly #onChange: OnChange;

  constructor(original?: Store, onChange: OnChange = () => {}) {
    this.#onChange = onChange;
    this.members = new Collection(original?.members, (uuid) => onChange('member', uuid));
    this.groups = new Collection(original?.groups, (uuid) => onChange('group', uuid));
    this.switches = new SwitchLog(original?.switches, (id) => onChange('switch', id));
    this.#systems = new Map(original === undefined ? [] : original.#systems);
    this.#systemByAlias = new Map(original === undefined ? [] : original.#systemByAlias);
    this.#systemByToken = new Map(original === undefined ? [] : original.#systemByToken);
    this.#messages = new Map(original === undefined ? [] : original.#messages);
    this.#messageByOriginal = new Map(original === undefined ? [] : original.#messageByOriginal);
    this.#messageByCommand = new Map(original === undefined ? [] : original.#messageByCommand);
    this.#deletedMessages = new DeletedMessages(
      original === undefined ? undefined : original.#deletedMessages,
    );
  }

  get systems(): Iterable<SystemRecord> {
    return this.#systems.values();
  }

  get messages(): Iterable<MessageRecord> {
    return this.#messages.values();
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
    this.#onChange('system', record.uuid);
    this.#forgetAliases(this.system(record.uuid));
    this.#systems.set(record.uuid, record);
    for (const alias of [record.id, ...record.accounts]) this.#systemByAlias.set(alias, record.uuid);
    if (record.token !== null) this.#systemByToken.set(record.token, record.uuid);
  }

  /** Accounts are unlinked and tokens replaced: what named the system before no longer does. */
  #forgetAliases(before: SystemRecord | undefined): void {
    if (before === undefined) return;
    for (const alias of [before.id, ...before.accounts]) this.#systemByAlias.delete(alias);
    if (before.token !== null) this.#systemByToken.delete(before.token);
  }

  message(id: string): MessageRecord | undefined {
    return this.#messages.get(id);
  }

  messageByOriginal(id: string): MessageRecord | undefined {
    return this.message(this.#messageByOriginal.get(id) ?? '');
  }

  putMessage(record: MessageRecord): void {
    this.#onChange('message', record.id);
    this.#messages.set(record.id, record);
    if (record.original !== null) this.#messageByOriginal.set(record.original, record.id);
  }

  /** A message that was edited by a command of this id. */
  messageByCommand(id: string): MessageRecord | undefined {
    return this.message(this.#messageByCommand.get(id) ?? '');
  }

  putCommand(id: string, message: string): void {
    this.#messageByCommand.set(id, message);
  }

  /** Deletes a message; `deletedMessage` finds it for a while. */
  deleteMessage(record: MessageRecord, now: Instant): void {
    this.#onChange('message', record.id);
    this.#messages.delete(record.id);
    this.#deletedMessages.add(record, now);
  }

  /** A message that was deleted not long ago, by its id or that of the original. */
  deletedMessage(id: string, now: Instant): MessageRecord | undefined {
    return this.#deletedMessages.find(id, now);
  }

  /** Deletes a member and takes it out of groups, switches, autoproxy settings and messages. */
  deleteMember(record: MemberRecord): void {
    const without = (members: readonly string[]) => members.filter((uuid) => uuid !== record.uuid);
    this.members.delete(record);
    for (const group of this.groups.of(record.system)) {
      if (group.members.includes(record.uuid)) this.groups.put({ ...group, members: without(group.members) });
    }
    for (const logged of this.switches.of(record.system)) {
      if (logged.members.includes(record.uuid))
        this.switches.put({ ...logged, members: without(logged.members) });
    }
    this.#forgetAutoproxyMember(record);
    for (const message of this.#messages.values()) {
      if (message.member === record.uuid) this.putMessage({ ...message, member: null });
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
