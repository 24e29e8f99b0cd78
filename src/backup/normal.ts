import { isObject } from '../models/is-object.ts';

/** Whether a value of a public view may stand for a private one. */
export function isEmpty(value: unknown): boolean {
  return value === null || (Array.isArray(value) && value.length === 0);
}

/**
 * Fields of a system, member or group as the server keeps them, so that equal ones compare as equal: blank texts are null,
 * colours are in lower case, proxy tags have null for what is empty, and those with neither prefix nor suffix are omitted.
 */
export function normalFields(fields: object): Record<string, unknown> {
  return Object.fromEntries(Object.entries(fields).map(([key, value]) => [key, normal(key, value)]));
}

/** A text as the server keeps it: null where it is blank. */
export function normalText(text: string | null | undefined): string | null {
  return text && !/^\p{White_Space}*$/u.test(text) ? text : null;
}

function normal(key: string, value: unknown): unknown {
  if (key === 'proxy_tags') return Array.isArray(value) ? value.flatMap(normalTag) : value;
  if (typeof value !== 'string') return value;
  const text = normalText(value);
  return key === 'color' ? (text?.toLowerCase() ?? null) : text;
}

function normalTag(tag: unknown): object[] {
  const { prefix, suffix } = isObject(tag) ? tag : {};
  return prefix || suffix ? [{ prefix: prefix || null, suffix: suffix || null }] : [];
}
