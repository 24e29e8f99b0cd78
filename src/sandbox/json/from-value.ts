import { isObject } from '../../models/is-object.ts';
import { JsonNumber, type JsonToken } from './token.ts';

/** Nesting deeper than this is cut off, as no field is nested so deeply. */
const maximumDepth = 32;

/** The token of a value that `JSON.parse` has made. */
export function fromValue(value: unknown, depth = 0): JsonToken {
  if (typeof value === 'string' || typeof value === 'boolean') return value;
  if (typeof value === 'number')
    return new JsonNumber(String(value), Number.isInteger(value) ? BigInt(value) : value);
  if (depth >= maximumDepth) return null;
  if (Array.isArray(value)) return value.map((item) => fromValue(item, depth + 1));
  if (isObject(value)) {
    return new Map(Object.entries(value).map(([key, item]) => [key, fromValue(item, depth + 1)]));
  }
  return null;
}
