import { type ApiKey, type ApiKeyNeed, isApiKey, parseApiKey, scopeAllows } from '../models/api-key.ts';
import { check } from './check.ts';

/** Who calls, as a client keeps it. */
export interface Credentials {
  /** The token as it was given, for keeping it out of errors; empty where there is none. */
  readonly token: string;
  /** What stands in `Authorization`. */
  readonly authorization: string | null;
  /** Tells systems apart without telling the token: the system's UUID where a key says it, or a hash. */
  readonly identity: string;
  /**
   * Tells apart who may see what, without telling the token. Keys of one system have different scopes, and nothing but the whole key says that it is
   * genuine: what a key says of itself can be forged.
   */
  readonly viewer: string;
  /** What an API key says of itself. */
  readonly key: ApiKey | null;
}

/**
 * Reads a token: a legacy one is sent as it is, an API key as a bearer.
 *
 * @throws TypeError where it is neither; the error does not repeat it
 */
export function readCredentials(token: string | null | undefined): Credentials {
  const text = String(token ?? '')
    .trim()
    .replace(/^Bearer\s+/i, '');
  if (token === undefined || token === null)
    return { token: text, authorization: null, identity: text, viewer: text, key: null };
  // What is not printable can't stand in a header, and fetch would repeat the token in its complaint.
  check(
    /^[!-~]+$/.test(text),
    '`token` must be the text that pk;token gives, alone: it is empty, or has spaces or other characters in it',
  );
  const viewer = hash(text);
  const key = isApiKey(text) ? parseApiKey(text) : null;
  return {
    token: text,
    authorization: key ? `Bearer ${text}` : text,
    identity: key?.systemId ?? viewer,
    viewer,
    key,
  };
}

/** Whether a key may do what needs a scope, such as `read:members`. */
export function hasScope(key: ApiKey, scope: string): boolean {
  const [level, part] = scope.split(':');
  return scopeAllows(key.scopes, { level, part } as ApiKeyNeed);
}

/** FNV-1a, 64 bits: tells tokens apart, and is far too short to tell anything of them. */
function hash(text: string): string {
  let value = 0xcbf29ce484222325n;
  for (const character of text)
    value = BigInt.asUintN(64, (value ^ BigInt(character.charCodeAt(0))) * 0x100000001b3n);
  return value.toString(16);
}
