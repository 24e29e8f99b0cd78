import type { ApiKey } from '../../models/api-key.ts';
import type { KeptRecord } from '../storage/storage.ts';
import { list, object, type Read, text } from '../world/shape.ts';

const coordinate = text('a coordinate of 32 bytes in base64url', (value) => /^[\w-]{43}$/.test(value));
const words = text('a string', () => true);
const publicKeyShape = object({ x: coordinate, y: coordinate });
const keptKeyShape = object({
  id: words,
  systemId: words,
  type: words,
  scopes: list(words),
  publicKey: publicKeyShape,
});

/** A public key on P-256 as a JSON Web Key, which can verify signatures, but not make them. */
export type PublicKey = Read<typeof publicKeyShape>;

/** The content of an API key, and the public key that verifies its signature, but not the signature itself. */
export interface KeptKey extends ApiKey {
  readonly publicKey: PublicKey;
}

/**
 * The API keys in a storage.
 *
 * @throws {WorldError} naming the path of what is wrong
 */
export function keptKeys(records: readonly KeptRecord[]): readonly KeptKey[] {
  const keys = records.filter(({ kind }) => kind === 'key');
  return keys.map(({ content }, index) => keptKeyShape.readAt(content, `keys[${index}]`));
}

/** @param key - an ECDSA key on P-256 that may be exported */
export async function exportPublicKey(key: CryptoKey): Promise<PublicKey> {
  const { x = '', y = '' } = await crypto.subtle.exportKey('jwk', key);
  return { x, y };
}

export function importPublicKey({ x, y }: PublicKey): Promise<CryptoKey> {
  const algorithm = { name: 'ECDSA', namedCurve: 'P-256' };
  return crypto.subtle.importKey('jwk', { kty: 'EC', crv: 'P-256', x, y }, algorithm, true, ['verify']);
}
