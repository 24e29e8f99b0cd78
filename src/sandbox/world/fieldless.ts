import { isObject } from '../../models/is-object.ts';

/**
 * Whether a value is an object that nothing can be read from, although it may hold much: a `Map`, a `Date`, a promise that is not
 * awaited, an instance of a class without fields of its own. It is no empty object.
 */
export function isFieldless(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value);
  // Plain objects of another realm, such as a test runner's, have another `Object.prototype`.
  const isPlain = prototype === null || Object.getPrototypeOf(prototype) === null;
  return !isPlain && Object.keys(value).length === 0;
}

/**
 * The problem of a value that is no object, or one without fields.
 *
 * @param example - one that would be right
 */
export function noObject(value: unknown, example: string | undefined): string {
  const expected = `must be an object${example === undefined ? '' : ` such as ${example}`}`;
  if (typeof value === 'string' && /^\s*[[{]/.test(value)) return `${expected}; parse a JSON string first`;
  const name = isObject(value) ? value.constructor?.name : undefined;
  return name ? `${expected}; a ${name} has no fields to read` : expected;
}
