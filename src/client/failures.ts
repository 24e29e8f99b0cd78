import { isPluralKitError, type PluralKitError } from './errors.ts';

/** Whether the API itself rejected a request. The response of a proxy has no code, or its status in place of one. */
export function isOfApi(error: unknown): error is PluralKitError {
  return isPluralKitError(error) && error.code !== null && error.code !== error.status;
}

/**
 * Whether a failed request tells of one object alone, so that those for others can succeed. They can't without a
 * connection, a token or a scope, whose lack is a 403 with code 0.
 */
export function isOfOne(error: unknown): boolean {
  if (!isPluralKitError(error)) return false;
  const { status, code } = error;
  // A body is too large by itself, for a proxy, too.
  if (status === 413) return true;
  return isOfApi(error) && (status === 400 || status === 404 || (status === 403 && code !== 0));
}
