import { isObject } from '../models/is-object.ts';
import {
  parseGroupReference,
  parseMemberReference,
  parseSwitchReference,
  parseSystemReference,
} from '../models/reference.ts';
import { parseSnowflake, refuseNumber } from '../models/snowflake.ts';

/** Reads a reference in any form and gives the exact one, by the name of the path's parameter. */
const readers: Readonly<Record<string, (text: string) => string>> = {
  systemRef: (text) => parseSystemReference(text).value,
  memberRef: (text) => parseMemberReference(text).value,
  groupRef: (text) => parseGroupReference(text).value,
  switchRef: (text) => parseSwitchReference(text).value,
  guild_id: parseSnowflake,
  message_id: parseSnowflake,
};

/**
 * Reads a value that stands in a path.
 *
 * @param name - the parameter's name in the document
 * @throws TypeError where the value names something of another kind
 */
export function readParameter(name: string, value: unknown): string {
  refuseNumber(value);
  const read = readers[name];
  if (read && (typeof value === 'string' || typeof value === 'bigint')) return read(String(value));
  throw new TypeError(`Expected a reference as a string or bigint, got ${typeof value}`);
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
