import { asId, parseReference, quote, referenceKinds } from './parse-reference.ts';

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
  return parseReference(input, 'system', referenceKinds.system);
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
  return parseReference(input, 'member', referenceKinds.member);
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
  return parseReference(input, 'group', referenceKinds.group);
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
  return parseReference(input, 'switch', referenceKinds.switch);
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
