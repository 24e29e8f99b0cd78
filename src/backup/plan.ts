import type {
  GroupPatch,
  MemberPatch,
  OwnMember,
  SystemPatch,
  SystemSettingsPatch,
} from '../../generated/v2/schema.ts';
import { systemSettingsFields } from '../../generated/v2/settings.ts';
import type { PluralKit } from '../client/pluralkit.ts';
import type { ExportedPrivacy, ExportedView, ExportFile } from '../models/export/index.ts';
import { parseTimestamp } from '../models/timestamp.ts';
import type { WebAbortSignal } from '../models/web-types.ts';
import { matchItems, nameOf } from './match.ts';
import { isEmpty, normalFields, normalPrivacy } from './normal.ts';
import type { Part } from './progress.ts';

/** One request that an import makes. */
export type Change =
  | { readonly part: 'system'; readonly action: 'update'; readonly name: string; readonly patch: SystemPatch }
  | {
      readonly part: 'settings';
      readonly action: 'update';
      readonly name: string;
      readonly patch: SystemSettingsPatch;
    }
  | ItemChange<'members', MemberPatch>
  | ItemChange<'groups', GroupPatch>
  | GroupMembersChange
  | SwitchChange;

/** Members that are added to a group. */
export interface GroupMembersChange {
  readonly part: 'groups';
  readonly action: 'add members';
  readonly name: string;
  /** Index of the group in the file. */
  readonly index: number;
  /** Ids of members in the file. */
  readonly members: readonly string[];
}

/** A switch that is registered. */
export interface SwitchChange {
  readonly part: 'switches';
  readonly action: 'create';
  /** The timestamp. */
  readonly name: string;
  /** Ids of members in the file, in their order. */
  readonly members: readonly string[];
}

interface ItemChange<Name extends Part, Patch> {
  readonly part: Name;
  readonly action: 'create' | 'update';
  readonly name: string;
  /** Index in the list of the file. */
  readonly index: number;
  readonly patch: Patch;
}

// The changes of an import, and the objects of the system that they are about.
export interface ImportPlan {
  readonly changes: readonly Change[];
  /** Ids of the system's own members, by their index in the file; those that are yet to be made are missing. */
  readonly members: ReadonlyMap<number, string>;
  /** The same for groups. */
  readonly groups: ReadonlyMap<number, string>;
}

/**
 * Compares a file with the caller's own system. Equal parts need no change, so that an interrupted
 * import continues where it stopped.
 */
export async function planImport(
  pk: PluralKit<'owner'>,
  file: ExportFile,
  options: { readonly signal?: WebAbortSignal | undefined } = {},
): Promise<ImportPlan> {
  const [system, settings, members, groups, known] = await Promise.all([
    pk.systems.get('@me', options),
    pk.settings.getSystem('@me', options),
    pk.members.list('@me', options),
    pk.groups.list('@me', { ...options, with_members: true }),
    knownTimestamps(pk, file, options),
  ]);
  const changes: Change[] = [];
  const systemPatch = patchOf(file.system, system);
  if (systemPatch) changes.push({ part: 'system', action: 'update', name: 'system', patch: systemPatch });
  const given = systemSettingsFields.filter((key) => Object.hasOwn(file.settings, key));
  const fields = Object.fromEntries(given.map((key) => [key, file.settings[key]]));
  const settingsPatch = settingsPatchOf(fields, settings, file.system);
  if (settingsPatch)
    changes.push({ part: 'settings', action: 'update', name: 'settings', patch: settingsPatch });

  const ownMembers = matchItems(file.members, members);
  for (const [index, member] of file.members.entries()) {
    const own = ownMembers[index];
    const patch = patchOf({ ...member, fields: withoutSameAvatar(member.fields) }, own);
    const name = nameOf(member);
    if (patch) changes.push({ part: 'members', action: own ? 'update' : 'create', name, index, patch });
  }
  const memberIds = new Map(file.members.map(({ id }, index) => [id, ownMembers[index]?.id]));
  const ownGroups = matchItems(file.groups, groups);
  for (const [index, group] of file.groups.entries()) {
    const own = ownGroups[index];
    const name = nameOf(group);
    const patch = patchOf(group, own);
    if (patch) changes.push({ part: 'groups', action: own ? 'update' : 'create', name, index, patch });
    const there = new Set(own ? idsOf(own.members ?? [], members) : []);
    const missing = [...new Set(group.members)].filter((id) => !there.has(memberIds.get(id) ?? ''));
    if (missing.length > 0)
      changes.push({ part: 'groups', action: 'add members', name, index, members: missing });
  }
  // The newest first, since the server compares with the newest one alone.
  const switches = [...file.switches].sort((first, second) => {
    const difference = parseTimestamp(second.timestamp) - parseTimestamp(first.timestamp);
    return difference > 0n ? 1 : difference < 0n ? -1 : 0;
  });
  for (const { timestamp, members: fronters } of switches) {
    const time = parseTimestamp(timestamp);
    if (known.has(time)) continue;
    // There is one switch at a time: of several in the file the first counts, as in the bot.
    known.add(time);
    changes.push({ part: 'switches', action: 'create', name: timestamp, members: fronters });
  }
  return { changes, members: idsByIndex(ownMembers), groups: idsByIndex(ownGroups) };
}

/** @throws RangeError or TypeError where a timestamp of the file is none, before any request */
async function knownTimestamps(
  pk: PluralKit,
  { switches }: ExportFile,
  options: { readonly signal?: WebAbortSignal | undefined },
): Promise<Set<bigint>> {
  const times = switches.map(({ timestamp }) => parseTimestamp(timestamp));
  const known = new Set<bigint>();
  if (times.length === 0) return known;
  const oldest = times.reduce((first, second) => (second < first ? second : first));
  for await (const { timestamp } of pk.switches.history('@me', options)) {
    const time = parseTimestamp(timestamp);
    if (time < oldest) break;
    known.add(time);
  }
  return known;
}

/** The fields that differ; undefined where none does. */
function patchOf(
  {
    fields,
    privacy,
    publicOnly,
  }: ExportedView & { readonly fields: object; readonly privacy: ExportedPrivacy },
  own: object | undefined,
): Record<string, unknown> | undefined {
  const present = new Map(Object.entries(normalFields(own ?? {})));
  const patch = different(normalFields(fields), present, publicOnly);
  const ownPrivacy = new Map<string, unknown>(Object.entries(present.get('privacy') ?? {}));
  const privacyPatch = different(normalPrivacy(privacy), ownPrivacy);
  if (Object.keys(privacyPatch).length > 0) patch.privacy = privacyPatch;
  return own && Object.keys(patch).length === 0 ? undefined : patch;
}

/** Settings that the server does not return can't be compared: they are set together with others only. */
function settingsPatchOf(
  fields: object,
  own: object,
  { publicOnly }: ExportedView,
): Record<string, unknown> | undefined {
  const patch = different(fields, new Map(Object.entries(own)), publicOnly);
  return Object.keys(patch).some((key) => Object.hasOwn(own, key)) ? patch : undefined;
}

/**
 * @param publicOnly - whether the fields are as anyone sees them: then empty ones may be private, and a name may be the
 *   public one, so that nothing is cleared or renamed
 */
function different(
  fields: object,
  present: ReadonlyMap<string, unknown>,
  publicOnly = false,
): Record<string, unknown> {
  const isSettable = ([key, value]: [string, unknown]) => {
    const hasName = typeof present.get('name') === 'string';
    if (publicOnly && (isEmpty(value) || (key === 'name' && hasName))) return false;
    // A name can't be null.
    return !(key === 'name' && value === null);
  };
  return Object.fromEntries(
    Object.entries(fields)
      .filter(isSettable)
      .filter(([key, value]) => JSON.stringify(value) !== JSON.stringify(present.get(key))),
  );
}

/** As in the bot, a webhook avatar that equals the avatar counts as none. */
function withoutSameAvatar<
  Fields extends { readonly avatar_url?: unknown; readonly webhook_avatar_url?: unknown },
>(fields: Fields): Omit<Fields, 'webhook_avatar_url'> | Fields {
  const { webhook_avatar_url: webhookAvatar, ...rest } = fields;
  return webhookAvatar && webhookAvatar === fields.avatar_url ? rest : fields;
}

function idsByIndex(list: readonly ({ readonly id: string } | undefined)[]): ReadonlyMap<number, string> {
  return new Map(list.flatMap((own, index) => (own ? [[index, own.id] as const] : [])));
}

function idsOf(uuids: readonly string[], members: readonly OwnMember[]): string[] {
  const ids = new Map(members.map(({ uuid, id }) => [uuid, id]));
  return uuids.flatMap((uuid) => ids.get(uuid) ?? []);
}
