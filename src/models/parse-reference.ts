import type { Reference, SystemReferenceKind } from './reference.ts';
import { rejectNumber } from './snowflake.ts';

/** What may name each thing. */
export const referenceKinds = {
  system: ['me', 'id', 'uuid', 'account'],
  member: ['id', 'uuid'],
  group: ['id', 'uuid'],
  switch: ['uuid'],
} as const satisfies Readonly<Record<string, readonly SystemReferenceKind[]>>;

/** For error messages. */
const KINDS: Readonly<Record<SystemReferenceKind, string>> = {
  me: '@me',
  id: 'an id',
  uuid: 'a UUID',
  account: "a Discord account's id",
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
  const reference = recognize(String(input));
  if (isOneOf(reference, kinds)) return reference;
  const expected = kinds.map((kind) => KINDS[kind]).join(' or ');
  throw new TypeError(
    `${quote(input)} names no ${noun}: expected ${expected}${reference ? `, not ${KINDS[reference.kind]}` : ''}`,
  );
}

function recognize(text: string): Reference | null {
  const id = asId(text);
  if (id) return { kind: 'id', value: id };
  const uuid = asUuid(text);
  if (uuid) return { kind: 'uuid', value: uuid };
  if (/^[1-9]\d{16,18}$/.test(text)) return { kind: 'account', value: text };
  return text === '@me' ? { kind: 'me', value: text } : null;
}

function isOneOf<Kind extends SystemReferenceKind>(
  reference: Reference | null,
  kinds: readonly Kind[],
): reference is Reference<Kind> {
  return kinds.some((kind) => kind === reference?.kind);
}

/** @returns the canonical form of an id, where a text is one */
export function asId(text: string): string | undefined {
  if (!/^[a-z](?:[a-z]*-)?[a-z]+$/i.test(text)) return undefined;
  const plain = text.replace('-', '').toLowerCase();
  return plain.length === 5 || plain.length === 6 ? plain : undefined;
}

function asUuid(text: string): string | undefined {
  if (!/^[\da-f]{8}(-?)([\da-f]{4}\1){3}[\da-f]{12}$/i.test(text)) return undefined;
  const digits = text.replaceAll('-', '').toLowerCase();
  return digits.replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
}

/** Long texts are not repeated in errors: one of them might be a token that was put in the wrong place. */
export function quote(input: string | bigint): string {
  const text = String(input);
  return text.length > 40 ? `A text of ${text.length} characters` : JSON.stringify(text);
}
