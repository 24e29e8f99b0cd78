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

/** The problem of a value that is no object, or one without fields. */
export function noObject(value: unknown): string {
  const name = isObject(value) ? value.constructor?.name : undefined;
  return `must be an object${name ? `; a ${name} has no fields to read` : ''}`;
}
