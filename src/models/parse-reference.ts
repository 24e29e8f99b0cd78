import type { Reference, SystemReferenceKind } from './reference.ts';
import { rejectNumber } from './snowflake.ts';

/** What may name each thing. */
export const referenceKinds = {
  system: ['me', 'id', 'uuid', 'account'],
  member: ['id', 'uuid'],
  group: ['id', 'uuid'],
  switch: ['uuid'],
} as const satisfies Readonly<Record<string, readonly SystemReferenceKind[]>>;

/** How each kind is called in error messages, and written. No text is of two kinds. */
const KINDS: Readonly<Record<SystemReferenceKind, readonly [name: string, pattern: RegExp]>> = {
  me: ['@me', /^@me$/],
  id: ['an id', /^(?!.*-.*-)[a-z](-?[a-z]){4,5}$/i],
  uuid: ['a UUID', /^[\da-f]{8}(-?)([\da-f]{4}\1){3}[\da-f]{12}$/i],
  account: ["a Discord account's id", /^[1-9]\d{16,18}$/],
};

/**
 * Reads a reference of certain kinds.
 *
 * @param noun - what it should name, for errors
 * @throws TypeError where the input is none of them
 */
export function parseReference<Kind extends SystemReferenceKind>(
  input: string | bigint,
  noun: string,
  kinds: readonly Kind[],
): Reference<Kind> {
  rejectNumber(input);
  const text = String(input);
  const kind = kinds.find((known) => KINDS[known][1].test(text));
  if (kind) return { kind, value: canonicalOf(text) };
  const expected = kinds.map((known) => KINDS[known][0]).join(' or ');
  const [other] = Object.values(KINDS).find(([, pattern]) => pattern.test(text)) ?? [];
  throw new TypeError(
    `${quote(input)} names no ${noun}: expected ${expected}${other ? `, not ${other}` : ''}`,
  );
}

/** In lower case; only UUIDs have dashes. */
function canonicalOf(text: string): string {
  const plain = text.replaceAll('-', '').toLowerCase();
  return plain.length < 32 ? plain : plain.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}

/** @returns the canonical form of an id, where a text is one */
export function asId(text: string): string | undefined {
  return KINDS.id[1].test(text) ? canonicalOf(text) : undefined;
}

/** Long texts are not repeated in errors: one of them might be a token that was put in the wrong place. */
export function quote(input: string | bigint): string {
  const text = String(input);
  return text.length > 40 ? `A text of ${text.length} characters` : JSON.stringify(text);
}
