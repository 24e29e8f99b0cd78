import { type ApiKey, type ApiKeyNeed, type ApiKeyPart, scopeAllows } from '../../models/api-key.ts';
import type { SystemRecord } from '../store/records.ts';
import type { Store } from '../store/store.ts';
import type { Audience } from '../views/audience.ts';

/**
 * The caller and their permissions, computed once for each request.
 *
 * A token has all permissions for its system. A key has those of its scopes, by part: every object in a response is shown
 * by the level of its own part, wherever it is, and a list by the level of the list's part.
 */
export class Access {
  /** The system of the token or key, whatever the scopes of the key. */
  readonly viewer: SystemRecord | undefined;
  readonly #scopes: readonly string[] | undefined;

  /** @param scopes - those of the key; undefined where no key limits what is allowed */
  constructor(viewer?: SystemRecord, scopes?: readonly string[]) {
    this.viewer = viewer;
    this.#scopes = scopes;
  }

  /** Whether a key, if there is one, has the needed scope. */
  allows(need: ApiKeyNeed): boolean {
    return this.#scopes === undefined || scopeAllows(this.#scopes, need);
  }

  /** How the caller sees a part of a system. */
  audience(systemUuid: string, part: ApiKeyPart): Audience {
    return this.viewer?.uuid === systemUuid && this.allows({ part, level: 'read' }) ? 'owner' : 'other';
  }
}

/**
 * Finds the caller. A token or key that is unknown, malformed, forged or revoked counts as none.
 *
 * @param authorization - the header, empty where there is none
 * @param key - what stands in the key in the header, where there is one that counts
 */
export function accessOf(store: Store, authorization: string, key: ApiKey | undefined): Access {
  if (authorization === '') return new Access();
  if (key === undefined) return new Access(store.systemByToken(authorization));
  const viewer = store.system(key.systemId);
  return viewer === undefined ? new Access() : new Access(viewer, key.scopes);
}
