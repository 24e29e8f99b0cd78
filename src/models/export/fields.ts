import { isObject } from '../is-object.ts';
import type { Notes } from './notes.ts';

/** Reads the value of one field; undefined where it cannot be read. */
export type FieldReader<Value> = (value: unknown, path: string, notes: Notes) => Value | undefined;
export type FieldReaders = { readonly [field: string]: FieldReader<unknown> };

/** Fields that have been read. A field is absent where the file does not have it. */
export type ReadFields<Readers> = {
  readonly [Field in keyof Readers]?: Readers[Field] extends FieldReader<infer Value> ? Value : never;
};

export interface ExportedProxyTag {
  readonly prefix: string | null;
  readonly suffix: string | null;
}

/** Numbers and booleans become text, as in the API. */
export const text: FieldReader<string | null> = (value, path, notes) => {
  if (value === null || typeof value === 'string') return value;
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  return notes.fault(path, 'must be a string or null');
};

export const flag: FieldReader<boolean> = (value, path, notes) =>
  typeof value === 'boolean' ? value : notes.fault(path, 'must be true or false');

export const count: FieldReader<number> = (value, path, notes) =>
  typeof value === 'number' && Number.isSafeInteger(value) && value >= 0
    ? value
    : notes.fault(path, 'must be a whole number from 0 up');

export const proxyTags: FieldReader<readonly ExportedProxyTag[]> = (value, path, notes) =>
  listOf(value, path, notes).map((tag, index) => {
    const place = `${path}[${index}]`;
    const { prefix = null, suffix = null } = recordOf(tag, place, notes);
    return {
      prefix: text(prefix, `${place}.prefix`, notes) ?? null,
      suffix: text(suffix, `${place}.suffix`, notes) ?? null,
    };
  });

/** A list of texts; integers become their digits. */
export const texts: FieldReader<readonly string[]> = (value, path, notes) =>
  listOf(value, path, notes).flatMap((item, index) => {
    if (typeof item === 'string') return item;
    if (typeof item === 'number' && Number.isSafeInteger(item)) return String(item);
    notes.fault(`${path}[${index}]`, 'must be a string');
    return [];
  });

/**
 * Reads the fields of an object that have readers.
 *
 * @param known - fields that are read elsewhere; all others are noted as omitted, unless they are null
 */
export function readFields<Readers extends FieldReaders>(
  readers: Readers,
  source: Readonly<Record<string, unknown>>,
  path: string,
  notes: Notes,
  known?: Iterable<string>,
): ReadFields<Readers>;
export function readFields(
  readers: FieldReaders,
  source: Readonly<Record<string, unknown>>,
  path: string,
  notes: Notes,
  known: Iterable<string> = [],
): Readonly<Record<string, unknown>> {
  const elsewhere = new Set(known);
  const fields: [string, unknown][] = [];
  for (const [field, value] of Object.entries(source)) {
    const place = path === '' ? field : `${path}.${field}`;
    const reader = Object.hasOwn(readers, field) ? readers[field] : undefined;
    if (reader !== undefined) {
      const read = reader(value, place, notes);
      if (read !== undefined) fields.push([field, read]);
    } else if (!elsewhere.has(field) && value !== null) {
      notes.omit(place, 'The API has no such field.');
    }
  }
  return Object.fromEntries(fields);
}

export function listOf(value: unknown, path: string, notes: Notes): readonly unknown[] {
  if (Array.isArray(value)) return value;
  notes.fault(path, 'must be a list');
  return [];
}

export function recordOf(value: unknown, path: string, notes: Notes): Readonly<Record<string, unknown>> {
  if (isObject(value)) return value;
  notes.fault(path, 'must be an object');
  return {};
}
