import { isObject } from '../models/is-object.ts';
import type { Credentials } from './credentials.ts';

/** Deeper causes add nothing, and may be circular. */
const DEPTH = 3;

/** Removes a client's secrets from a text: the token in any of its parts, and the user and password of the base URL. */
export type Redact = (text: string) => string;

/** Makes the function that removes a client's secrets from texts. */
export function redactor({ token, key }: Credentials, { password }: URL): Redact {
  const secrets = [...(key ? token.split(':').slice(1) : [token]), password].filter(Boolean);
  const forms = secrets.flatMap((secret) => [secret, encodeURIComponent(secret)]);
  return (text) =>
    forms.reduce(
      (redacted, secret) => redacted.replaceAll(secret, '[secret]'),
      text.replace(/\/\/[^/\s@]*@/g, '//'),
    );
}

/**
 * Removes secrets from a body, in which JSON may write any character as an escape.
 *
 * It works on the text, since a body that is nested deeply can be parsed, but not walked.
 */
export function redactBody(text: string, redact: Redact): string {
  // Quotes and backslashes stay escaped.
  const plain = text.replace(/\\(u00[2-7][\da-fA-F]|.)/g, (escaped) =>
    /\/|u00(?!22|5[cC])/.test(escaped) ? JSON.parse(`"${escaped}"`) : escaped,
  );
  return redact(plain);
}

/**
 * Removes secrets from a foreign error, such as of a `fetch` that puts its request into its errors: the copy has only the
 * facts of the failure.
 */
export function redactError(error: unknown, redact: Redact, depth = DEPTH): unknown {
  if (!isObject(error)) return redact(String(error));
  const { cause } = error;
  const texts = ['name', 'message', 'stack', 'code'].flatMap((name) =>
    name in error ? [[name, redact(String(error[name]))]] : [],
  );
  return Object.assign(
    new Error('', cause && depth > 0 ? { cause: redactError(cause, redact, depth - 1) } : {}),
    Object.fromEntries(texts),
  );
}
