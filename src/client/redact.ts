import { isObject } from './json.ts';

/** Deeper causes say nothing more, and might go round in a circle. */
const DEPTH = 3;

/**
 * Keeps a token out of an error that came from elsewhere, such as from a `fetch` that puts its request into its errors: a
 * copy holds only what tells what happened, and never the token.
 */
export function redact(error: unknown, token: string | null, depth = DEPTH): unknown {
  const clean = (value: unknown) => (token ? String(value).replaceAll(token, '[token]') : String(value));
  if (!isObject(error)) return clean(error);
  const { name, message, stack, code, cause } = error;
  const copy = new Error(
    clean(message),
    cause && depth > 0 ? { cause: redact(cause, token, depth - 1) } : {},
  );
  return Object.assign(copy, {
    name: clean(name),
    stack: clean(stack),
    ...(code !== undefined && { code: clean(code) }),
  });
}
