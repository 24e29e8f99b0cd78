import { isApiKey } from '../../../models/api-key.ts';

/** The value of the `Authorization` header for what a user has typed: a token, an API key, or the whole value. */
export function authorizationOf(typed: string): string {
  const text = typed.trim();
  return isApiKey(text) ? `Bearer ${text}` : text;
}
