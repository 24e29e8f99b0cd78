import type { ExportedGroup, ExportedMember, ExportFile, FileNote } from '../../models/export/index.ts';
import { type Instant, isStorableInstant, parseInstant, truncateToMicroseconds } from '../formats/instant.ts';
import { newGroup, newMember } from '../operations/creation.ts';
import type { GroupRecord, MemberRecord, SwitchRecord, SystemRecord } from '../store/records.ts';
import {
  groupPrivacyKeys,
  groupRules,
  memberPrivacyKeys,
  memberRules,
  systemPrivacyKeys,
  systemRules,
} from '../validation/models.ts';
import { settingsRules } from '../validation/settings.ts';
import { readExported } from '../world/export.ts';
import { Problems } from '../world/problems.ts';
import type { BotContext } from './context.ts';
import { readEach, readRules } from './import-rules.ts';

const mostSwitches = 100_000;
const mostSwitchMembers = 100;

/** The result of an import. */
export interface ImportOutcome {
  readonly format: ExportFile['format'];
  readonly members: ImportCount;
  readonly groups: ImportCount;
  /** Switches at a time at which there is one already are skipped. */
  readonly switches: { readonly created: number; readonly skipped: number };
  /** The parts of the file that are omitted. */
  readonly omitted: readonly FileNote[];
}

export interface ImportCount {
  readonly created: number;
  readonly updated: number;
}

/** The changes to store, once the whole file is valid. */
interface Plan<Item, Record> {
  readonly record: Record;
  readonly item: Item;
  readonly isNew: boolean;
}

/**
 * Imports an export of PluralKit or Tupperbox into a system, as the bot does: all of it or nothing.
 *
 * @throws {WorldError} naming everything that is wrong with the file
 */
export function importFile(context: BotContext, system: SystemRecord, value: unknown): ImportOutcome {
  const { file, faults } = readExported(value);
  const problems = new Problems('The file');
  for (const { path, message } of faults) problems.add(path, message);
  const changes = readRules(systemRules, systemPrivacyKeys, file.system, '', problems);
  const settings = readEach(settingsRules, file.settings, 'config', problems);
  const members = planMembers(context, system, file, problems);
  const groups = planGroups(context, system, file, members, problems);
  const { switches, skipped } = planSwitches(context, system, file, members, problems);
  problems.end();

  const { store, services } = context;
  store.putSystem({
    ...system,
    ...changes.fields,
    privacy: { ...system.privacy, ...changes.privacy },
    settings: { ...system.settings, ...settings },
  });
  for (const { record } of members) store.members.put(record);
  for (const { record } of groups) store.groups.put(record);
  for (const logged of switches) store.switches.put(logged);
  services.dispatcher.send(system, 'SUCCESSFUL_IMPORT', null, null);
  return {
    format: file.format,
    members: countOf(members),
    groups: countOf(groups),
    switches: { created: switches.length, skipped },
    omitted: [...file.omitted, ...notTaken(file, system, members, groups)],
  };
}

/** How members, or groups, are planned. */
interface ItemKind<Item, Record extends { readonly privacy: object }> {
  readonly part: 'members' | 'groups';
  readonly items: readonly Item[];
  readonly present: readonly Record[];
  /** The most that the system may have. */
  readonly limit: number;
  read(item: Item, path: string, found: Record | undefined): ItemChanges<Record>;
  create(changes: ItemChanges<Record>): Record;
}

interface ItemChanges<Record extends { readonly privacy: object }> {
  readonly fields: Partial<Record>;
  readonly privacy: Partial<Record['privacy']>;
}

function planMembers(
  context: BotContext,
  system: SystemRecord,
  file: ExportFile,
  problems: Problems,
): readonly Plan<ExportedMember, MemberRecord>[] {
  const kind: ItemKind<ExportedMember, MemberRecord> = {
    part: 'members',
    items: file.members,
    present: context.store.members.of(system.uuid),
    limit: system.settings.member_limit,
    read(item, path, found) {
      const { webhook_avatar_url: _, ...others } = item.fields;
      const fields = repeatsAvatar(item) ? others : item.fields;
      const changes = readRules(memberRules, memberPrivacyKeys, { ...item, fields }, path, problems);
      const count = found === undefined ? { message_count: item.message_count ?? 0 } : {};
      return { ...changes, fields: { ...changes.fields, ...count } };
    },
    create: ({ fields, privacy }) => newMember(context, system, fields, privacy),
  };
  return planItems(kind, problems);
}

function planGroups(
  context: BotContext,
  system: SystemRecord,
  file: ExportFile,
  members: readonly Plan<ExportedMember, MemberRecord>[],
  problems: Problems,
): readonly Plan<ExportedGroup, GroupRecord>[] {
  const uuidOf = uuidsById(members);
  const kind: ItemKind<ExportedGroup, GroupRecord> = {
    part: 'groups',
    items: file.groups,
    present: context.store.groups.of(system.uuid),
    limit: system.settings.group_limit,
    read(item, path, found) {
      const changes = readRules(groupRules, groupPrivacyKeys, item, path, problems);
      const given = item.members.flatMap((id, place) => uuidOf(id, `${path}.members[${place}]`, problems));
      const all = [...new Set([...(found?.members ?? []), ...given])];
      return { ...changes, fields: { ...changes.fields, members: all } };
    },
    create: ({ fields, privacy }) => newGroup(context, system, fields, privacy),
  };
  return planItems(kind, problems);
}

/** Items that are not there by id or name are created, others are changed. */
function planItems<
  Item extends { readonly id: string | null; readonly fields: { readonly name?: string | null } },
  Record extends MemberRecord | GroupRecord,
>(
  { part, items, present, limit, read, create }: ItemKind<Item, Record>,
  problems: Problems,
): readonly Plan<Item, Record>[] {
  const find = indexOf(present);
  const plans = items.flatMap((item, index) => {
    const path = `${part}[${index}]`;
    const found = find(item.id, item.fields.name);
    const changes = read(item, path, found);
    if (lacksName(found, item, changes.fields, path, problems)) return [];
    const record = found === undefined ? create(changes) : changed(found, changes);
    return { record, item, isNew: found === undefined };
  });
  if (present.length + countOf(plans).created > limit) {
    problems.add(part, `exceeds the limit of ${limit} ${part}`);
  }
  return plans;
}

function changed<Record extends { readonly privacy: object }>(
  record: Record,
  { fields, privacy }: ItemChanges<Record>,
): Record {
  return { ...record, ...fields, privacy: { ...record.privacy, ...privacy } };
}

function planSwitches(
  { store, services }: BotContext,
  system: SystemRecord,
  file: ExportFile,
  members: readonly Plan<ExportedMember, MemberRecord>[],
  problems: Problems,
): { readonly switches: readonly SwitchRecord[]; readonly skipped: number } {
  const uuidOf = uuidsById(members);
  if (file.switches.length > mostSwitches) {
    problems.add('switches', `must have at most ${mostSwitches} switches`);
    return { switches: [], skipped: 0 };
  }
  const taken = new Set<Instant>();
  const switches = file.switches.flatMap((one, index) => {
    const path = `switches[${index}]`;
    const instant = parseInstant(one.timestamp);
    const isStorable = instant !== undefined && isStorableInstant(instant);
    if (!isStorable) problems.add(`${path}.timestamp`, 'must be a timestamp');
    if (one.members.length > mostSwitchMembers) {
      problems.add(`${path}.members`, `must have at most ${mostSwitchMembers} members`);
      return [];
    }
    const uuids = one.members.flatMap((id, place) => uuidOf(id, `${path}.members[${place}]`, problems));
    if (!isStorable) return [];
    const timestamp = truncateToMicroseconds(instant);
    if (taken.has(timestamp) || store.switches.hasAt(system.uuid, timestamp)) return [];
    taken.add(timestamp);
    return { id: services.ids.uuid(), system: system.uuid, timestamp, members: [...new Set(uuids)] };
  });
  return { switches, skipped: file.switches.length - switches.length };
}

/** Whether a new item has no name to be created with. A name that is invalid has been reported before. */
function lacksName(
  found: object | undefined,
  { fields: given }: { readonly fields: { readonly name?: unknown } },
  { name }: { readonly name?: unknown },
  path: string,
  problems: Problems,
): boolean {
  const isLacking = found === undefined && name === undefined;
  if (isLacking && given.name === undefined) problems.add(`${path}.name`, 'is missing');
  return isLacking;
}

/** Finds an existing item by its id, else by its exact name. */
function indexOf<R extends { readonly id: string; readonly name: string }>(records: readonly R[]) {
  const byId = new Map(records.map((record) => [record.id, record]));
  const byName = new Map(records.map((record) => [record.name, record]));
  return (id: string | null, name: string | null | undefined): R | undefined =>
    byId.get(id ?? '') ?? byName.get(name ?? '');
}

/** UUIDs by the ids that members have in the file. */
function uuidsById(plans: readonly Plan<ExportedMember, MemberRecord>[]) {
  const uuids = new Map(plans.map(({ item, record }) => [item.id ?? '', record.uuid]));
  return (id: string, path: string, problems: Problems): readonly string[] => {
    const uuid = uuids.get(id);
    if (uuid !== undefined) return [uuid];
    problems.add(path, `names no member of the file: ${id}`);
    return [];
  };
}

function countOf(plans: readonly { readonly isNew: boolean }[]): ImportCount {
  const created = plans.filter(({ isNew }) => isNew).length;
  return { created, updated: plans.length - created };
}

/** The fields of the file that an import does not set: each once, where the file differs from the stored value. */
function notTaken(
  file: ExportFile,
  system: SystemRecord,
  members: readonly Plan<ExportedMember, MemberRecord>[],
  groups: readonly Plan<ExportedGroup, GroupRecord>[],
): readonly FileNote[] {
  const settings = Object.entries(file.settings).filter(([key]) => !Object.hasOwn(settingsRules, key));
  const notSet = 'An import does not set it.';
  const fields: readonly (readonly [boolean, string, string])[] = [
    [isOther(file.system.created, system.created), 'created', notSet],
    [file.accounts.some((one) => !system.accounts.includes(one)), 'accounts', 'An import links no accounts.'],
    [isOther(file.system.webhook_url, system.webhook?.url), 'webhook_url', 'A webhook must be registered.'],
    ...settings.map(
      ([key, value]) => [isOther(value, Reflect.get(system.settings, key)), `config.${key}`, notSet] as const,
    ),
    [differs(members, 'created'), 'members[].created', notSet],
    [differs(members, 'message_count'), 'members[].message_count', 'An import sets it for new members only.'],
    [differs(members, 'last_message_timestamp'), 'members[].last_message_timestamp', notSet],
    [differs(members, 'autoproxy_enabled'), 'members[].autoproxy_enabled', notSet],
    [file.members.some(repeatsAvatar), 'members[].webhook_avatar_url', 'It is the same as avatar_url.'],
    [differs(groups, 'created'), 'groups[].created', notSet],
  ];
  return fields.flatMap(([isNotTaken, path, message]) => (isNotTaken ? [{ path, message }] : []));
}

/** Whether the picture for proxied messages is the member's other picture. */
function repeatsAvatar({ fields }: ExportedMember): boolean {
  return Boolean(fields.webhook_avatar_url) && fields.webhook_avatar_url === fields.avatar_url;
}

function differs<Key extends string>(
  plans: readonly Plan<{ readonly [K in Key]?: unknown }, { readonly [K in Key]: unknown }>[],
  key: Key,
): boolean {
  return plans.some(({ item, record }) => isOther(item[key], record[key]));
}

/** Whether a file has a value that is not the stored one. */
function isOther(value: unknown, stored: unknown): boolean {
  return value !== undefined && value !== null && value !== stored;
}
