import { rateLimits } from '../../generated/v2/rate-limits.ts';
import type { Credentials } from './credentials.ts';
import type { BucketReference } from './limiter.ts';

/** Requests a second, until the server tells. */
const READS = 10;
const UPDATES = 3;
const OWN = 'own_system';

/**
 * Knows which buckets a request may be counted in. The document's operation table gives the scopes that are possible; the
 * server's answers tell which it was. While that is open, a place is taken in each of them, and given back where it was
 * not needed.
 */
export class Buckets {
  readonly #baseUrl: string;
  readonly #identity: string;
  /** By scope. */
  readonly #buckets = new Map<string, BucketReference>();
  /** What names the caller's own system, by kind. */
  readonly #own = new Map<string, string>();
  /** Whether the server counts requests to the caller's own system apart, which is not documented. */
  #countsOwnApart: boolean | undefined;
  /** The scope that the server answered, where it does not depend on whose system is meant. */
  readonly #told = new Map<string, readonly string[]>();

  constructor(baseUrl: string, { identity, key }: Credentials) {
    this.#baseUrl = baseUrl;
    this.#identity = identity;
    this.addOwnSystem({ uuid: key?.systemId });
  }

  /** Remembers what names the caller's own system, as an answer tells it. */
  addOwnSystem({ id, uuid }: { readonly id?: unknown; readonly uuid?: unknown }): void {
    for (const reference of [id, uuid]) {
      if (typeof reference === 'string' && reference !== '@me')
        this.#own.set(kindOf(plain(reference)), plain(reference));
    }
  }

  /** All buckets that a request may be counted in. */
  of(method: string, path: string): readonly BucketReference[] {
    const isOwn = this.#isOwn(path);
    const scopes = this.#scopes(method, path);
    const mayBeOwn = isOwn !== false && this.#countsOwnApart !== false;
    const mayBeGeneric = !(isOwn && this.#countsOwnApart);
    const possible = scopes.filter((scope) => (scope.startsWith(OWN) ? mayBeOwn : mayBeGeneric));
    return possible.map((scope) => this.#bucket(method, scope));
  }

  /**
   * Takes what the server answered in `X-RateLimit-Scope`.
   *
   * @returns the bucket that the request was counted in
   */
  learn(method: string, path: string, scope: string): BucketReference {
    const known = this.#scopes(method, path);
    const isOwn = scope.startsWith(OWN);
    const dependsOnSystem = known.includes(scope) && known.some((possible) => possible.startsWith(OWN));
    if (!dependsOnSystem) this.#told.set(routeOf(method, path), [scope]);
    else if (isOwn || this.#isOwn(path)) this.#countsOwnApart = isOwn;
    if (isOwn) this.addOwnSystem({ id: systemIn(path) });
    return this.#bucket(method, scope);
  }

  #scopes(method: string, path: string): readonly string[] {
    const route = routeOf(method, path);
    return this.#told.get(route) ?? rateLimits[route] ?? rateLimits[method] ?? [];
  }

  #bucket(method: string, scope: string): BucketReference {
    const owner = scope.startsWith(OWN) ? this.#identity : '';
    const bucket = this.#buckets.get(scope) ?? {
      id: `${scope} ${this.#baseUrl} ${owner}`,
      limit: method === 'GET' ? READS : UPDATES,
    };
    this.#buckets.set(scope, bucket);
    return bucket;
  }

  /** Undefined where it can't be told: paths of members and groups, for example, don't say whose they are. */
  #isOwn(path: string): boolean | undefined {
    if (this.#identity === '') return false;
    const reference = systemIn(path);
    if (reference === undefined) return undefined;
    if (reference === '@me') return true;
    const own = this.#own.get(kindOf(plain(reference)));
    return own === undefined ? undefined : own === plain(reference);
  }
}

function routeOf(method: string, path: string): string {
  return `${method} ${/^\/([^/?]*\/?)/.exec(path)?.[1]}`;
}

function systemIn(path: string): string | undefined {
  return /^\/systems\/([^/?]+)/.exec(path)?.[1];
}

function plain(reference: string): string {
  return reference.toLowerCase().replaceAll('-', '');
}

/**
 * A system has one id and one UUID, so that knowing the own one tells all others apart. It may have many Discord accounts:
 * each of them is a kind of its own.
 */
function kindOf(reference: string): string {
  if (reference.length < 10) return 'id';
  return reference.length > 20 ? 'uuid' : reference;
}
