import { type ApiKey, isApiKey, parseApiKey } from '../models/api-key.ts';
import { check } from './check.ts';

/** The caller's credentials, as a client keeps them. */
export interface Credentials {
  /** The token as it was given; empty where there is none. */
  readonly token: string;
  /**
   * Tells apart who may see what, without telling the token; empty where there is none. Keys of one system have different scopes, and nothing but the whole key
   * says that it is genuine: what a key says of itself can be forged.
   */
  readonly viewer: string;
  /** The unverified content of an API key. */
  readonly key: ApiKey | null;
}

/** @throws TypeError where the token can't be one; the error does not repeat it */
export function readCredentials(token: string | null | undefined): Credentials {
  const text = String(token ?? '').trim();
  // Other characters can't be sent in a header, and the error of fetch would contain the token.
  check(
    token == null || (typeof token === 'string' && /^[!-~]+$/.test(text)),
    '`token` must be a token or API key, not empty, without Bearer',
  );
  return { token: text, viewer: text && hash(text), key: isApiKey(text) ? parseApiKey(text) : null };
}

/** FNV-1a with 64 bits: distinguishes tokens, and is far too short to reveal them. */
function hash(text: string): string {
  let value = 0xcbf29ce484222325n;
  for (const character of text)
    value = BigInt.asUintN(64, (value ^ BigInt(character.charCodeAt(0))) * 0x100000001b3n);
  return value.toString(16);
}
