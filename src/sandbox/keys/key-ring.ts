import { type ApiKey, createApiKeyPair, signApiKey, verifyApiKey } from '../../models/api-key.ts';

type KeyPair = Awaited<ReturnType<typeof createApiKeyPair>>;

/** The keys that a sandbox has given out. What it signs with is its own: no other sandbox takes its keys. */
export class KeyRing {
  readonly #newId: () => string;
  readonly #keys = new Map<string, ApiKey>();
  #pair: Promise<KeyPair> | undefined;

  /** @param newId - makes the ids of keys */
  constructor(newId: () => string) {
    this.#newId = newId;
  }

  /** @returns the key as it is sent, besides what stands in it */
  async create(said: Omit<ApiKey, 'id'>): Promise<{ readonly content: ApiKey; readonly key: string }> {
    const content = { id: this.#newId(), ...said };
    // Made when the first key is asked for, so that a sandbox without keys starts no later.
    this.#pair ??= createApiKeyPair();
    const key = await signApiKey(content, (await this.#pair).privateKey);
    this.#keys.set(content.id, content);
    return { content, key };
  }

  /** Those that were neither revoked nor forgotten. */
  list(): readonly ApiKey[] {
    return [...this.#keys.values()];
  }

  /** @returns whether there was such a key */
  revoke(id: string): boolean {
    return this.#keys.delete(id);
  }

  /** Forgets all keys, as if they had been revoked. */
  clear(): void {
    this.#keys.clear();
  }

  /**
   * Reads the key in a header, and checks that this sandbox has signed it; whether it counts, {@link current} tells.
   *
   * @returns the id of the key; undefined where there is none, or a malformed or forged one
   */
  async identify(authorization: string): Promise<string | undefined> {
    const key = /^Bearer +(pkapi:.*)$/is.exec(authorization)?.[1];
    if (key === undefined || this.#pair === undefined) return undefined;
    const genuine = await verifyApiKey(key, (await this.#pair).publicKey);
    return genuine?.id;
  }

  /** What stands in a key; undefined where it was revoked. */
  current(id: string): ApiKey | undefined {
    return this.#keys.get(id);
  }
}
