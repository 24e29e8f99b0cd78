import { isBirthday, isBlank, isColor, isStorable } from '../formats/scalars.ts';
import { isHttpsUrl } from '../formats/url.ts';
import { toBoolean, toInteger, toList, toText } from '../json/convert.ts';
import { isJsonObject, type JsonToken } from '../json/token.ts';
import type { PrivacyLevel, ProxyTag } from '../world/world.ts';
import type { Report } from './report.ts';

/*
 * A rule reads one field of a body. It gives the value to store; or undefined where the field counts as not given; and
 * reports what is wrong. What cannot even be converted is a bad request as a whole.
 */

export type FieldRule<Value> = (token: JsonToken, field: string, report: Report) => Value | undefined;

const maximumUrlLength = 256;
const maximumProxyTags = 100;
const maximumProxyTagLength = 100;

/** A text up to a length in UTF-16 code units; blank ones become null. */
export function text(maximum: number): FieldRule<string | null> {
  return (token, field, report) => {
    const value = filledText(token, report);
    if (value !== null && value.length > maximum) report.tooLong(field, value.length, maximum);
    return value;
  };
}

/** A text that is kept as it is, even where it is blank. */
export const anyText: FieldRule<string | null> = (token, _field, report) => storable(toText(token), report);

/** A name: a text that may not be emptied. */
export function name(kind: 'Member' | 'Group'): FieldRule<string> {
  const read = text(100);
  return (token, field, report) => {
    const value = read(token, field, report);
    if (value === null) report.add(field, { message: `${kind} name can not be set to null.` });
    return value ?? undefined;
  };
}

export const url: FieldRule<string | null> = (token, field, report) => {
  const value = filledText(token, report);
  if (value === null) return null;
  if (value.length > maximumUrlLength) report.tooLong(field, value.length, maximumUrlLength);
  else if (!isHttpsUrl(value)) report.invalid(field);
  return value;
};

/** Six hexadecimal digits, kept as they are. */
export const systemColor: FieldRule<string | null> = (token, field, report) => {
  const value = filledText(token, report);
  if (value !== null && !isColor(value)) report.invalid(field);
  return value;
};

/** Six hexadecimal digits, kept in lower case. */
export const color: FieldRule<string | null> = (token, field, report) =>
  systemColor(token, field, report)?.toLowerCase() ?? null;

export const birthday: FieldRule<string | null> = (token, field, report) => {
  const value = filledText(token, report);
  if (value !== null && !isBirthday(value)) report.invalid(field);
  return value;
};

export const flag: FieldRule<boolean> = (token) => toBoolean(token);

/** A truth value; null counts as not given. */
export const optionalFlag: FieldRule<boolean> = (token) => (token === null ? undefined : toBoolean(token));

export const nullableInteger: FieldRule<number | null> = (token) =>
  token === null ? null : toInteger(token);

/** `public` or `private`; null means the one, an empty text the other. */
export const privacyLevel: FieldRule<PrivacyLevel> = (token, field, report) => {
  const value = toText(token);
  if (value === null || value === 'public') return 'public';
  if (value === '' || value === 'private') return 'private';
  report.invalid(field);
  return undefined;
};

/** Tags with neither prefix nor suffix are dropped; what is no object counts as such. */
export const proxyTags: FieldRule<readonly ProxyTag[]> = (token, field, report) => {
  const tags = toList(token).map((tag) => readProxyTag(tag, report));
  const filled = tags.filter(({ prefix, suffix }) => prefix !== null || suffix !== null);
  const isTooLong = ({ prefix, suffix }: ProxyTag) =>
    `${prefix ?? ''}text${suffix ?? ''}`.length > maximumProxyTagLength;
  if (filled.length > maximumProxyTags || filled.some(isTooLong)) report.invalid(field);
  return filled;
};

function readProxyTag(token: JsonToken, report: Report): ProxyTag {
  if (!isJsonObject(token)) return { prefix: null, suffix: null };
  const part = (key: string) => emptyToNull(storable(toText(token.get(key) ?? null), report));
  return { prefix: part('prefix'), suffix: part('suffix') };
}

function emptyToNull(value: string | null): string | null {
  return value === '' ? null : value;
}

function filledText(token: JsonToken, report: Report): string | null {
  const value = storable(toText(token), report);
  return value === null || isBlank(value) ? null : value;
}

function storable(value: string | null, report: Report): string | null {
  if (value !== null && !isStorable(value)) report.notStorable();
  return value;
}
