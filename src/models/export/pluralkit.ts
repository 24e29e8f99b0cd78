import { allPublic, type PrivacySubject } from '../privacy.ts';
import type {
  ExportedGroup,
  ExportedIdentity,
  ExportedMember,
  ExportedPrivacy,
  ExportedSwitch,
  ExportedView,
  ExportFile,
} from './export-file.ts';
import { count, flag, listOf, proxyTags, readFields, recordOf, text, texts } from './fields.ts';
import type { Notes } from './notes.ts';

type Source = Readonly<Record<string, unknown>>;

const identityFields = { id: text, uuid: text, created: text };
const systemFields = {
  name: text,
  description: text,
  tag: text,
  pronouns: text,
  avatar_url: text,
  banner: text,
  color: text,
};
const memberFields = {
  name: text,
  display_name: text,
  color: text,
  birthday: text,
  pronouns: text,
  avatar_url: text,
  webhook_avatar_url: text,
  banner: text,
  description: text,
  keep_proxy: flag,
  tts: flag,
  proxy_tags: proxyTags,
};
const memberState = {
  message_count: nullableCount,
  last_message_timestamp: text,
  autoproxy_enabled: nullableFlag,
};
const groupFields = {
  name: text,
  display_name: text,
  description: text,
  icon: text,
  banner: text,
  color: text,
};

/** Reads an export of PluralKit, of any age. */
export function readPluralKit(source: Source, notes: Notes): Omit<ExportFile, 'omitted'> {
  const readAll = <Item>(key: string, read: (item: Source, path: string, notes: Notes) => Item) =>
    listOf(source[key] ?? [], key, notes).map((item, index) => {
      const path = `${key}[${index}]`;
      return read(recordOf(item, path, notes), path, notes);
    });
  const elsewhere = ['version', 'config', 'accounts', 'members', 'groups', 'switches', 'webhook_url'];
  return {
    format: 'pluralkit',
    system: {
      ...readEntity('system', systemFields, source, '', notes, elsewhere),
      webhook_url: text(source.webhook_url ?? null, 'webhook_url', notes) ?? null,
    },
    settings: recordOf(source.config ?? {}, 'config', notes),
    accounts: texts(source.accounts ?? [], 'accounts', notes) ?? [],
    members: readAll('members', readMember),
    groups: readAll('groups', readGroup),
    switches: readAll('switches', readSwitch),
  };
}

function readMember(source: Source, path: string, notes: Notes): ExportedMember {
  const elsewhere = [...Object.keys(memberState), 'system', 'prefix', 'suffix'];
  const { fields, ...entity } = readEntity('member', memberFields, source, path, notes, elsewhere);
  const oldTag = readFields({ prefix: text, suffix: text }, pick(source, ['prefix', 'suffix']), path, notes);
  const hasOldTag = fields.proxy_tags === undefined && (oldTag.prefix || oldTag.suffix);
  const tags = [{ prefix: oldTag.prefix ?? null, suffix: oldTag.suffix ?? null }];
  const { autoproxy_enabled: autoproxy, ...state } = readFields(
    memberState,
    pick(source, Object.keys(memberState)),
    path,
    notes,
  );
  return {
    ...entity,
    fields: hasOldTag ? { ...fields, proxy_tags: tags } : fields,
    ...state,
    ...(typeof autoproxy === 'boolean' && { autoproxy_enabled: autoproxy }),
  };
}

function readGroup(source: Source, path: string, notes: Notes): ExportedGroup {
  return {
    ...readEntity('group', groupFields, source, path, notes, ['members', 'system']),
    members: texts(source.members ?? [], `${path}.members`, notes) ?? [],
  };
}

function readSwitch(source: Source, path: string, notes: Notes): ExportedSwitch {
  const { timestamp, members = [] } = readFields({ timestamp: text, members: texts }, source, path, notes, [
    'id',
  ]);
  if (timestamp === undefined || timestamp === null) notes.fault(`${path}.timestamp`, 'must be a timestamp');
  return { timestamp: timestamp ?? '', members };
}

function readEntity<Readers extends typeof systemFields | typeof memberFields | typeof groupFields>(
  subject: PrivacySubject,
  readers: Readers,
  source: Source,
  path: string,
  notes: Notes,
  elsewhere: readonly string[],
) {
  const privacyKeys = Object.keys(allPublic(subject));
  const known = [...Object.keys(identityFields), ...privacyKeys, 'privacy', ...elsewhere];
  return {
    ...readIdentity(source, path, notes),
    fields: readFields(readers, source, path, notes, known),
    privacy: readPrivacy(privacyKeys, source, path, notes),
    ...viewOf(privacyKeys, source),
  };
}

/** The API gives a privacy of null to all but the owner; old exports of the owner have the keys beside the fields. */
function viewOf(privacyKeys: readonly string[], source: Source): ExportedView {
  const isPublicOnly = source.privacy === null && !privacyKeys.some((key) => Object.hasOwn(source, key));
  return isPublicOnly ? { publicOnly: true } : {};
}

function readIdentity(source: Source, path: string, notes: Notes): ExportedIdentity {
  const given = pick(source, Object.keys(identityFields));
  const { id = null, uuid = null, created = null } = readFields(identityFields, given, path, notes);
  return { id, uuid, created };
}

/** Old exports have the privacy keys beside the fields, where nested ones win. */
function readPrivacy(keys: readonly string[], source: Source, path: string, notes: Notes): ExportedPrivacy {
  const place = path === '' ? 'privacy' : `${path}.privacy`;
  const readers = Object.fromEntries(keys.map((key) => [key, text]));
  const beside = readFields(readers, pick(source, keys), path, notes);
  const nested = readFields(readers, recordOf(source.privacy ?? {}, place, notes), place, notes);
  return Object.fromEntries(
    Object.entries({ ...beside, ...nested }).map(([key, value]) => [key, value ?? null]),
  );
}

/** The fields of these names that are there. */
function pick(source: Source, names: readonly string[]): Source {
  return Object.fromEntries(
    names.flatMap((name) => (Object.hasOwn(source, name) ? [[name, source[name]]] : [])),
  );
}

function nullableFlag(value: unknown, path: string, notes: Notes): boolean | null | undefined {
  return value === null ? null : flag(value, path, notes);
}

/** Null is a count that is private: as if it were absent. */
function nullableCount(value: unknown, path: string, notes: Notes): number | undefined {
  return value === null ? undefined : count(value, path, notes);
}
