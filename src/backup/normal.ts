import { isObject } from '../models/is-object.ts';
import { servedLink } from '../models/media-link.ts';

/** Fields with links. */
const linkKeys: ReadonlySet<string> = new Set(['avatar_url', 'webhook_avatar_url', 'banner', 'icon']);

/** Whether a value of a public view may stand for a private one. */
export function isEmpty(value: unknown): boolean {
  return value === null || (Array.isArray(value) && value.length === 0);
}

/**
 * Fields of a system, member or group as the server keeps them, so that equal ones compare as equal: blank texts are null,
 * colours are in lower case, links to Discord's resizing proxy lead to the original, proxy tags have null for what is empty, and those with neither prefix nor suffix are omitted.
 */
export function normalFields(fields: object): Record<string, unknown> {
  return Object.fromEntries(Object.entries(fields).map(([key, value]) => [key, normal(key, value)]));
}

/** Privacy levels as the server keeps them: an empty text means private, null that none is given. */
export function normalPrivacy(privacy: object): Record<string, unknown> {
  const given = Object.entries(privacy).filter(([, level]) => level !== null);
  return Object.fromEntries(given.map(([key, level]) => [key, level || 'private']));
}

/** A text as the server keeps it: null where it is blank. */
export function normalText(text: string | null | undefined): string | null {
  return text && !/^\p{White_Space}*$/u.test(text) ? text : null;
}

function normal(key: string, value: unknown): unknown {
  if (key === 'proxy_tags') return Array.isArray(value) ? value.flatMap(normalTag) : value;
  if (typeof value !== 'string') return value;
  const text = normalText(value);
  if (key === 'color') return text?.toLowerCase() ?? null;
  return linkKeys.has(key) ? servedLink(text) : text;
}

function normalTag(tag: unknown): object[] {
  const { prefix, suffix } = isObject(tag) ? tag : {};
  return prefix || suffix ? [{ prefix: prefix || null, suffix: suffix || null }] : [];
}
