import { parseReference, referenceKinds } from '../models/parse-reference.ts';
import type { SystemReferenceKind } from '../models/reference.ts';
import { parseSnowflake, rejectNumber } from '../models/snowflake.ts';
import { check } from './check.ts';

const kindsOf: Readonly<Record<string, readonly SystemReferenceKind[]>> = referenceKinds;

/**
 * Reads a value of a path parameter.
 *
 * @param name - what it names, or the parameter's name in the document where that is the id of something on Discord
 * @returns the exact form
 * @throws TypeError where the value names something of another kind
 */
export function readParameter(name: string, value: unknown): string {
  rejectNumber(value);
  check(
    typeof value === 'string' || typeof value === 'bigint',
    `${name} must be a string or bigint, not ${value && typeof value}`,
  );
  const kinds = kindsOf[name];
  return kinds ? parseReference(value, name, kinds).value : parseSnowflake(value);
}

/**
 * Converts references in a body to the form that the server accepts there.
 *
 * @param place - `=member` where the body is a list of references to members, `members=member` where its `members` is
 * @throws TypeError where there is no list, or one of them names something of another kind
 */
export function exactReferences(body: unknown, place: string): unknown {
  const [property, name] = place.split('=');
  if (!name) return body;
  const content = Object(body);
  const list = property ? content[property] : body;
  check(Array.isArray(list), `${property} must be a list`);
  const exact = list.map((value) => readParameter(name, value));
  return property ? { ...content, [property]: exact } : exact;
}
