import { refuseNumber } from './snowflake.ts';

/** What a reference to a system is: `@me`, an id of letters, a UUID or the id of a linked Discord account. */
export type SystemReferenceKind = 'me' | 'id' | 'uuid' | 'account';
/** What a reference to a member or a group is: an id of letters or a UUID. */
export type EntityReferenceKind = 'id' | 'uuid';

/** A reference whose kind is known, in the one form that every part of the API takes. */
export interface Reference<Kind extends SystemReferenceKind = SystemReferenceKind> {
  readonly kind: Kind;
  /** Canonical form: ids in lower case without a dash, UUIDs in lower case with dashes, accounts in digits. */
  readonly value: string;
}

/** For error messages. */
const KINDS: Readonly<Record<SystemReferenceKind, string>> = {
  me: '@me',
  id: 'an id',
  uuid: 'a UUID',
  account: "a Discord account's id",
};

/**
 * Reads a reference to a system.
 *
 * Source: `test/recordings/v2/{systems,members,groups}/get.jsonl` and `systems/not-found.jsonl`.
 *
 * @param input - `@me`; an id of five or six letters in any case, also with a dash as the bot may show it; a
 *   UUID with or without dashes; or the id of a linked Discord account, 17 to 19 digits, as string or bigint
 * @throws TypeError where the input is none of these
 */
export function parseSystemReference(input: string | bigint): Reference {
  return parseReference(input, 'system', ['me', 'id', 'uuid', 'account']);
}

/**
 * Reads a reference to a member.
 *
 * Source: `test/recordings/v2/{systems,members,groups}/get.jsonl` and `systems/not-found.jsonl`.
 *
 * @param input - an id of five or six letters in any case, also with a dash; or a UUID with or without dashes
 * @throws TypeError where the input is neither, also for what names a system
 */
export function parseMemberReference(input: string): Reference<EntityReferenceKind> {
  return parseReference(input, 'member', ['id', 'uuid']);
}

/**
 * Reads a reference to a group.
 *
 * Source: `test/recordings/v2/{systems,members,groups}/get.jsonl` and `systems/not-found.jsonl`.
 *
 * @param input - an id of five or six letters in any case, also with a dash; or a UUID with or without dashes
 * @throws TypeError where the input is neither, also for what names a system
 */
export function parseGroupReference(input: string): Reference<EntityReferenceKind> {
  return parseReference(input, 'group', ['id', 'uuid']);
}

/**
 * Reads a reference to a switch. Switches have no short id.
 *
 * Source: `test/recordings/v2/switches`.
 *
 * @param input - a UUID in any case, with or without dashes
 * @throws TypeError where the input is anything else
 */
export function parseSwitchReference(input: string): Reference<'uuid'> {
  return parseReference(input, 'switch', ['uuid']);
}

/**
 * Writes an id of five or six letters for people, who read and say it more easily in two parts or in capitals.
 * The API accepts this form, too.
 *
 * Source: `test/recordings/v2/{systems,members,groups}/get.jsonl` and `systems/not-found.jsonl`.
 *
 * @param id - an id of a system, member or group, in any form
 * @param options - `dash`: put a dash before the last three letters; `upperCase`: write in capitals
 * @throws TypeError where the input is no id of five or six letters
 */
export function formatId(id: string, options: { dash?: boolean; upperCase?: boolean } = {}): string {
  const plain = asId(id);
  if (!plain) throw new TypeError(`${quote(id)} is no id: expected five or six letters`);
  const text = options.dash ? `${plain.slice(0, -3)}-${plain.slice(-3)}` : plain;
  return options.upperCase ? text.toUpperCase() : text;
}

function parseReference<Kind extends SystemReferenceKind>(
  input: string | bigint,
  noun: string,
  kinds: readonly Kind[],
): Reference<Kind> {
  refuseNumber(input);
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

function asId(text: string): string | undefined {
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
function quote(input: string | bigint): string {
  const text = String(input);
  return text.length > 40 ? `A text of ${text.length} characters` : JSON.stringify(text);
}
