import { rateLimits } from '../../generated/v2/rate-limits.ts';
import type { Credentials } from './credentials.ts';
import type { BucketReference } from './limiter.ts';
import { OwnReferences } from './own-references.ts';

/** Requests a second, until the server tells. */
const READS = 10;
const UPDATES = 3;
const OWN = 'own_system';
/** The references of a path, as far as they nest: the last one decides whose a request is. */
const REFERENCES = /^\/(systems|members|groups)\/([^/?]+)(?:\/switches\/([^/?]+))?/;

/**
 * Knows which buckets a request may be counted in. The document's operation table gives the scopes that are possible;
 * responses tell which it was, and whose the systems, members, groups and switches are. Where that is not known, a GET may be
 * counted in either bucket. Updates are taken for the caller's own: others may not make them.
 */
export class Buckets {
  readonly #origin: string;
  readonly #identity: string;
  /** By scope. */
  readonly #buckets = new Map<string, BucketReference>();
  /** Whose the references are that responses have told of. */
  readonly own: OwnReferences;
  /** Whether the server counts requests to the caller's own system apart, which is not documented. */
  #countsOwnApart = true;
  /** The scope that the server named, where it does not depend on whose system is meant. */
  readonly #told = new Map<string, readonly string[]>();

  /** @param origin - of the server: paths of all its versions are counted in the same buckets */
  constructor(origin: string, { identity, key }: Credentials) {
    this.#origin = origin;
    this.#identity = identity;
    this.own = new OwnReferences(key?.systemId);
  }

  /** All buckets that a request may be counted in. */
  of(method: string, path: string): readonly BucketReference[] {
    const scopes = this.#scopes(method, path);
    const isOwn = this.#countsOwnApart && (this.isOwn(path) ?? (method === 'GET' ? undefined : true));
    const possible = scopes.filter((scope) => isOwn === undefined || scope.startsWith(OWN) === isOwn);
    return (possible.length > 0 ? possible : scopes).map((scope) => this.#bucket(method, scope));
  }

  /**
   * Takes the value of `X-RateLimit-Scope`.
   *
   * @returns the bucket that the request was counted in
   */
  learn(method: string, path: string, scope: string): BucketReference {
    const known = this.#scopes(method, path);
    const isOwn = scope.startsWith(OWN);
    const { reference } = lastReference(path);
    if (!known.includes(scope) || !known.some((possible) => possible.startsWith(OWN)))
      this.#told.set(routeOf(method, path), [scope]);
    else if (isOwn || reference === '@me') this.#countsOwnApart = isOwn;
    if (reference !== undefined && known.includes(scope) && this.#countsOwnApart)
      this.own.set(reference, isOwn);
    return this.#bucket(method, scope);
  }

  #scopes(method: string, path: string): readonly string[] {
    const route = routeOf(method, path);
    return this.#told.get(route) ?? rateLimits[route] ?? rateLimits[method] ?? [];
  }

  #bucket(method: string, scope: string): BucketReference {
    const owner = scope.startsWith(OWN) ? ` ${this.#identity}` : '';
    const bucket = this.#buckets.get(scope) ?? {
      id: `${scope} ${this.#origin}${owner}`,
      limit: method === 'GET' ? READS : UPDATES,
    };
    this.#buckets.set(scope, bucket);
    return bucket;
  }

  /** Whether a request is about the caller's own system; undefined where that is not known. */
  isOwn(path: string): boolean | undefined {
    const { isSystem, reference } = lastReference(path);
    if (this.#identity === '' || reference === undefined) return false;
    return isSystem ? this.own.hasSystem(reference) : this.own.has(reference);
  }
}

function routeOf(method: string, path: string): string {
  const end = path.indexOf('/', 1) + 1 || path.indexOf('?');
  return `${method} ${path.slice(1, end > 0 ? end : undefined)}`;
}

function lastReference(path: string) {
  const [, kind, first, nested] = REFERENCES.exec(path) ?? [];
  return { isSystem: kind === 'systems' && nested === undefined, reference: nested ?? first };
}
