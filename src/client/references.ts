import { isObject } from '../models/is-object.ts';
import {
  parseGroupReference,
  parseMemberReference,
  parseSwitchReference,
  parseSystemReference,
  type Reference,
} from '../models/reference.ts';
import { parseSnowflake, refuseNumber } from '../models/snowflake.ts';
import { check } from './check.ts';

/** Reads a reference in any form, by the name of the path's parameter. */
const readers: Readonly<Record<string, (text: string) => Reference>> = {
  systemRef: parseSystemReference,
  memberRef: parseMemberReference,
  groupRef: parseGroupReference,
  switchRef: parseSwitchReference,
};

/**
 * Reads a value that stands in a path.
 *
 * @param name - the parameter's name in the document
 * @returns the exact form
 * @throws TypeError where the value names something of another kind
 */
export function readParameter(name: string, value: unknown): string {
  refuseNumber(value);
  check(
    typeof value === 'string' || typeof value === 'bigint',
    `Expected a reference as a string or bigint, got ${typeof value}`,
  );
  return readers[name]?.(String(value)).value ?? parseSnowflake(value);
}

/**
 * Puts references within a body into the form that the server wants there.
 *
 * @param place - `=memberRef` where the body is a list of references to members, `members=memberRef` where its `members` is
 * @throws TypeError where one of them names something of another kind
 */
export function exactReferences(body: unknown, place: string): unknown {
  const [property, name] = place.split('=');
  if (!name) return body;
  if (property === '') return readList(name, body);
  if (!property || !isObject(body) || !(property in body)) return body;
  return { ...body, [property]: readList(name, body[property]) };
}

function readList(name: string, list: unknown): unknown {
  return Array.isArray(list) ? list.map((value) => readParameter(name, value)) : list;
}
