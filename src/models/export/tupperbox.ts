import type { ExportedMember, ExportFile } from './export-file.ts';
import { count, type ExportedProxyTag, flag, listOf, readFields, recordOf, text, texts } from './fields.ts';
import type { Notes } from './notes.ts';

type Source = Readonly<Record<string, unknown>>;

const fields = {
  name: text,
  avatar_url: text,
  brackets: texts,
  posts: count,
  show_brackets: flag,
  birthday: text,
  description: text,
  nick: text,
  tag: text,
};

/** Reads an export of Tupperbox. It has neither groups nor switches that the bot takes. */
export function readTupperbox(source: Source, notes: Notes): Omit<ExportFile, 'omitted'> {
  readFields({}, source, '', notes, ['tuppers']);
  return {
    format: 'tupperbox',
    system: { id: null, uuid: null, created: null, fields: {}, privacy: {}, webhook_url: null },
    settings: {},
    accounts: [],
    members: listOf(source.tuppers, 'tuppers', notes).map((tupper, index) => {
      const path = `tuppers[${index}]`;
      return readTupper(recordOf(tupper, path, notes), path, notes);
    }),
    groups: [],
    switches: [],
  };
}

function readTupper(source: Source, path: string, notes: Notes): ExportedMember {
  const tupper = readFields(fields, withoutNulls(source), path, notes);
  const { name, avatar_url, description, birthday, nick, tag, brackets, posts, show_brackets } = tupper;
  const displayName = tag ? `${name} ${tag}` : nick;
  return {
    id: null,
    uuid: null,
    created: null,
    fields: {
      ...(name !== undefined && { name }),
      ...(avatar_url !== undefined && { avatar_url }),
      ...(description !== undefined && { description }),
      ...(displayName !== undefined && { display_name: displayName }),
      ...(birthday && { birthday: birthday.slice(0, 'YYYY-MM-DD'.length) }),
      ...(brackets !== undefined && { proxy_tags: tagsOf(brackets, `${path}.brackets`, notes) }),
      ...(show_brackets !== undefined && { keep_proxy: show_brackets }),
    },
    privacy: {},
    ...(posts !== undefined && { message_count: posts }),
  };
}

/** @param brackets - prefix, suffix, prefix, … */
function tagsOf(brackets: readonly string[], path: string, notes: Notes): readonly ExportedProxyTag[] {
  if (brackets.length % 2 !== 0) notes.fault(path, 'must hold a suffix for each prefix');
  const pairs = Array.from({ length: Math.floor(brackets.length / 2) }, (_, index) => ({
    prefix: brackets[2 * index] || null,
    suffix: brackets[2 * index + 1] || null,
  }));
  return pairs.filter(({ prefix, suffix }) => prefix !== null || suffix !== null);
}

/** Null means that nothing was set. */
function withoutNulls(source: Source): Source {
  return Object.fromEntries(Object.entries(source).filter(([, value]) => value !== null));
}
