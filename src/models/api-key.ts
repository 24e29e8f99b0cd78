import { hasScope } from './has-scope.ts';
import type { WebCryptoKey } from './web-types.ts';

/** A level of access to a part of a system; each includes the previous ones. */
export type ApiKeyLevel = 'publicread' | 'read' | 'write';
/** A part of a system that a key gives access to; `switches` includes `fronters`, and `all` includes every part. */
export type ApiKeyPart = 'system' | 'members' | 'groups' | 'fronters' | 'switches' | 'all';
/** A scope of a key; `identify` only tells whose key it is. */
export type ApiKeyScope = 'identify' | `${ApiKeyLevel}:${ApiKeyPart}`;
/** The origin of a key. */
export type ApiKeyType = 'dashboard' | 'user_created' | 'external_app';

/** The scope that an operation needs: the document's `x-api-key-scope`. */
export interface ApiKeyNeed {
  readonly part: ApiKeyPart;
  readonly level: ApiKeyLevel;
  /** Whether the scope `identify` is enough. */
  readonly identify?: boolean;
}

/** The content of a key, which anyone can read. */
export interface ApiKey {
  /** The key's own id. */
  readonly id: string;
  /** The UUID of the system that the key belongs to. */
  readonly systemId: string;
  /** `dashboard`, `user_created` or `external_app`. */
  readonly type: string;
  /** `identify`, or a level and a part such as `read:members`. */
  readonly scopes: readonly string[];
}

const PREFIX = 'pkapi:';
const KEY = /^pkapi:([^:\s]+):([\w-]+)$/;
/** Of 64 bytes in base64url, without padding. */
const SIGNATURE_LENGTH = 86;
const ALGORITHM = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' };

/** Tells an API key from a legacy token, by its first letters alone. */
export function isApiKey(token: string): boolean {
  return token.startsWith(PREFIX);
}

/**
 * Reads the content of a key, **without** checking that it is genuine.
 *
 * Source: the security scheme `ApiKey` of the document.
 *
 * @param key - `pkapi:<base64 JSON>:<signature>`
 * @throws TypeError where the text is no key; the error does not repeat it
 */
export function parseApiKey(key: string): ApiKey {
  const content = readPayload(KEY.exec(key)?.[1]);
  if (content) return content;
  throw new TypeError('An API key must be pkapi:<base64 JSON>:<signature>');
}

/**
 * Tells whether scopes allow what an operation needs. A level includes the lower ones, `switches` includes `fronters`, and
 * `all` includes every part; `identify` allows only operations that need nothing else.
 *
 * Source: the security scheme `ApiKey` of the document.
 *
 * @param scopes - the scopes of a key; unknown ones allow nothing
 * @param need - the `apiKeyScope` of an operation
 */
export function scopeAllows(scopes: readonly string[], need: ApiKeyNeed): boolean {
  const mayIdentify = need.identify === true && scopes.includes('identify');
  return mayIdentify || hasScope(scopes, `${need.level}:${need.part}`);
}

/**
 * Checks that a key is genuine, and reads it.
 *
 * Source: the security scheme `ApiKey` of the document.
 *
 * @param key - `pkapi:<base64 JSON>:<signature>`
 * @param publicKey - an ECDSA key on P-256 that may verify
 * @returns null where the text is no key or the signature is not by that key
 */
export async function verifyApiKey(key: string, publicKey: WebCryptoKey): Promise<ApiKey | null> {
  const [, payload = '', urlSafe = ''] = KEY.exec(key) ?? [];
  if (urlSafe.length !== SIGNATURE_LENGTH) return null;
  const signature = decodeBase64(urlSafe.replaceAll('-', '+').replaceAll('_', '/'));
  const genuine = await crypto.subtle.verify(ALGORITHM, publicKey, signature, encodeText(payload));
  return genuine ? readPayload(payload) : null;
}

/**
 * Makes a key, for tests and for servers in place of PluralKit's.
 *
 * Source: the security scheme `ApiKey` of the document.
 *
 * @param content - the content of the key
 * @param privateKey - an ECDSA key on P-256 that may sign
 * @returns `pkapi:<base64 JSON>:<signature>`
 */
export async function signApiKey(content: ApiKey, privateKey: WebCryptoKey): Promise<string> {
  const { id, systemId, type, scopes } = content;
  const payload = encodeBase64(encodeText(JSON.stringify({ tid: id, sid: systemId, type, scopes })));
  const signature = await crypto.subtle.sign(ALGORITHM, privateKey, encodeText(payload));
  const urlSafe = encodeBase64(new Uint8Array(signature))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '');
  return `${PREFIX}${payload}:${urlSafe}`;
}

/** Makes a pair of keys that {@link signApiKey} and {@link verifyApiKey} take; both can be exported. */
export async function createApiKeyPair(): Promise<{ privateKey: WebCryptoKey; publicKey: WebCryptoKey }> {
  return crypto.subtle.generateKey(ALGORITHM, true, ['sign', 'verify']);
}

function readPayload(payload = ''): ApiKey | null {
  try {
    const content: unknown = JSON.parse(new TextDecoder().decode(decodeBase64(payload)));
    const { tid: id, sid: systemId, type, scopes } = Object(content);
    // A text has no `values`.
    const isValid = [id, systemId, type, ...scopes.values()].every((value) => typeof value === 'string');
    return isValid ? { id, systemId, type, scopes } : null;
  } catch {
    return null;
  }
}

function decodeBase64(text: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(atob(text), (byte) => byte.charCodeAt(0));
}

function encodeText(text: string): Uint8Array<ArrayBuffer> {
  return new TextEncoder().encode(text);
}

function encodeBase64(bytes: Uint8Array): string {
  return btoa(String.fromCharCode(...bytes));
}
