import { has } from './check-options.ts';

/** Its other parts are objects. */
const isClient = has('with');

/**
 * Checks the client that a helper is given, which may be missing or something else in plain JavaScript.
 *
 * @throws TypeError where it is none
 */
export function assertClient(pk: unknown): void {
  if (!isClient(pk)) throw new TypeError('pk must be a PluralKit');
}
