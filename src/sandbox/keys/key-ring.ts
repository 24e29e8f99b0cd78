import {
  type ApiKey,
  createApiKeyPair,
  parseApiKey,
  signApiKey,
  verifyApiKey,
} from '../../models/api-key.ts';
import type { Table } from '../store/table.ts';
import { exportPublicKey, importPublicKey, type KeptKey, type PublicKey } from './kept-key.ts';

/** The key pair that signs API keys; the private part never leaves the process. */
interface Signer {
  readonly privateKey: CryptoKey;
  readonly publicKey: PublicKey;
}

/**
 * The keys that a sandbox has created. It has its own key pair, so other sandboxes reject its keys. Its signatures can be
 * verified as long as the key is valid, also by the next sandbox with the same storage.
 */
export class KeyRing {
  readonly #newId: () => string;
  readonly #table: () => Table<KeptKey>;
  readonly #keep: () => void;
  readonly #verifiers = new WeakMap<PublicKey, Promise<CryptoKey>>();
  #signer: Promise<Signer> | undefined;

  /**
   * @param newId - makes the ids of keys
   * @param table - the keys of the world at present
   * @param keep - called after each change; throws where it cannot be kept, and has taken it back then
   */
  constructor(newId: () => string, table: () => Table<KeptKey>, keep: () => void) {
    this.#newId = newId;
    this.#table = table;
    this.#keep = keep;
  }

  get #keys(): Table<KeptKey> {
    return this.#table();
  }

  /** @returns the key as it is sent, besides what stands in it */
  async create(said: Omit<ApiKey, 'id'>): Promise<{ readonly content: ApiKey; readonly key: string }> {
    // Made with the first key, so that a sandbox without keys starts as fast.
    const signer = this.#signer ?? createSigner();
    this.#signer = signer;
    const { privateKey, publicKey } = await signer;
    const content = { id: this.#unusedId(), ...said };
    const key = await signApiKey(content, privateKey);
    if (this.#signer !== signer) throw new TypeError('The keys were cleared while this one was made');
    this.#keys.put(content.id, { ...content, publicKey });
    this.#keep();
    return { content, key };
  }

  /** The keys that are neither revoked nor forgotten. */
  list(): readonly ApiKey[] {
    return this.#keys.values;
  }

  /** @returns whether there was such a key */
  revoke(id: string): boolean {
    const wasThere = this.#keys.get(id) !== undefined;
    this.#keys.delete(id);
    this.#keep();
    return wasThere;
  }

  /** Forgets what keys were signed with, once the keys are gone: none of them counts again, even where an id does. */
  forgetSigner(): void {
    this.#signer = undefined;
  }

  /**
   * Reads the key in a header, and verifies that this sandbox created it; {@link current} tells whether it is still valid.
   *
   * @returns the id of the key; undefined where there is none, or a malformed, forged or revoked one. Only where there may
   * be one, there is something to wait for
   */
  identify(authorization: string): Promise<string | undefined> | undefined {
    const key = /^Bearer +(pkapi:.*)$/is.exec(authorization)?.[1];
    const held = key === undefined ? undefined : this.#keys.get(claimedId(key) ?? '');
    return key === undefined || held === undefined ? undefined : this.#verify(key, held.publicKey);
  }

  async #verify(key: string, publicKey: PublicKey): Promise<string | undefined> {
    const genuine = await verifyApiKey(key, await this.#verifier(publicKey));
    return genuine?.id;
  }

  /** The content of a key; undefined where it was revoked. */
  current(id: string): ApiKey | undefined {
    return this.#keys.get(id);
  }

  #verifier(publicKey: PublicKey): Promise<CryptoKey> {
    const verifier = this.#verifiers.get(publicKey) ?? importPublicKey(publicKey);
    this.#verifiers.set(publicKey, verifier);
    return verifier;
  }

  /** With a seed, ids come again after a restart; kept keys have some of them. */
  #unusedId(): string {
    let id = this.#newId();
    while (this.#keys.get(id) !== undefined) id = this.#newId();
    return id;
  }
}

async function createSigner(): Promise<Signer> {
  const { privateKey, publicKey } = await createApiKeyPair();
  return { privateKey, publicKey: await exportPublicKey(publicKey) };
}

/** From a key that is not verified yet. */
function claimedId(key: string): string | undefined {
  try {
    return parseApiKey(key).id;
  } catch {
    return undefined;
  }
}
