import { isObject } from '../models/is-object.ts';
import type { Credentials } from './credentials.ts';

/** Deeper causes add nothing, and may be circular. */
const DEPTH = 3;

/** Removes a client's secrets from a text: the token in any of its parts, and the user and password of the base URL. */
export type Redact = (text: string) => string;

/** Makes the function that removes a client's secrets from texts, however JSON, JSON within JSON, URLs and HTML may spell them. */
export function redactor({ token, key }: Credentials, { password }: URL): Redact {
  const secrets = [...(key ? token.split(':').slice(1) : [token]), password].filter(Boolean);
  const patterns = secrets.map((secret) => new RegExp(secret.replace(/./g, spellings), 'gi'));
  return (text) =>
    patterns.reduce(
      (redacted, pattern) => redacted.replace(pattern, '[secret]'),
      text.replace(/\/\/[^/\s@]*@/g, '//'),
    );
}

/** A pattern for a character of ASCII, as it is and as escapes. */
export function spellings(character: string): string {
  const code = character.charCodeAt(0);
  const hex = code.toString(16);
  return `(\\\\{0,9}(\\x${hex}|u00${hex})|%${hex}|&#(x${hex}|${code});)`;
}

/**
 * Removes secrets from a foreign error, such as of a `fetch` that puts its request into its errors: the copy has only the
 * facts of the failure.
 */
export function redactError(error: unknown, redact: Redact, depth = DEPTH): unknown {
  if (!isObject(error)) return redact(String(error));
  const { cause } = error;
  const copy = new Error('', cause && depth > 0 ? { cause: redactError(cause, redact, depth - 1) } : {});
  for (const name of ['name', 'message', 'stack', 'code'])
    if (name in error) Object.assign(copy, { [name]: redact(String(error[name])) });
  return copy;
}
