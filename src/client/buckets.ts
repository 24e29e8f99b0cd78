import { rateLimits } from '../../generated/v2/rate-limits.ts';
import type { Credentials } from './credentials.ts';
import type { BucketReference } from './limiter.ts';
import { createOwnReferences, type OwnReferences } from './own-references.ts';

/** Requests a second, until the server tells. */
const READS = 10;
const UPDATES = 3;
/** The references of a path, as far as they nest: the last one decides whose a request is. */
const REFERENCES = /^\/(systems|members|groups)\/([^/?]+)(?:\/switches\/([^/?]+))?/;

/**
 * Knows which buckets a request may be counted in. The document's operation table gives the scopes that are possible;
 * responses tell which it was, and whose the systems, members, groups and switches are. Where that is not known, a GET may be
 * counted in either bucket. Updates are taken for the caller's own: others may not make them.
 */
export interface Buckets {
  /** Whose the references are that responses have told of. */
  readonly own: OwnReferences;
  /** Whether a request is about the caller's own system; undefined where that is not known. */
  readonly isOwn: (path: string) => boolean | undefined;
  /** All buckets that a request may be counted in. */
  readonly of: (method: string, path: string) => readonly BucketReference[];
  /**
   * Takes the value of `X-RateLimit-Scope`.
   *
   * @returns the bucket that the request was counted in
   */
  readonly learn: (method: string, path: string, scope: string) => BucketReference;
}

/** @param origin - of the server: paths of all its versions are counted in the same buckets */
export function createBuckets(origin: string, { identity, key }: Credentials): Buckets {
  const own = createOwnReferences();
  if (key) own.set(key.systemId, true, true);
  /** Whether the server counts requests to the caller's own system apart, which is not documented. */
  let countsOwnApart = true;
  /** The scope that the server named, where it does not depend on whose system is meant. */
  const told = new Map<string, readonly string[]>();

  const scopesOf = (method: string, path: string) => {
    const route = routeOf(method, path);
    return told.get(route) ?? rateLimits[route] ?? rateLimits[method] ?? [];
  };
  const bucketOf = (method: string, scope: string) => ({
    id: `${scope} ${origin}${isOwnScope(scope) ? ` ${identity}` : ''}`,
    limit: method === 'GET' ? READS : UPDATES,
  });
  const isOwn: Buckets['isOwn'] = (path) => {
    const { isSystem, reference } = lastReference(path);
    return identity !== '' && reference !== undefined && own.has(reference, isSystem);
  };

  return {
    own,
    isOwn,
    of(method, path) {
      const scopes = scopesOf(method, path);
      const isExpected = countsOwnApart && (isOwn(path) ?? (method === 'GET' ? undefined : true));
      const possible = scopes.filter((scope) => (isExpected ?? isOwnScope(scope)) === isOwnScope(scope));
      return (possible.length > 0 ? possible : scopes).map((scope) => bucketOf(method, scope));
    },
    learn(method, path, scope) {
      const scopes = scopesOf(method, path);
      const { isSystem, reference } = lastReference(path);
      if (scopes.includes(scope) && scopes.some(isOwnScope)) {
        if (isOwnScope(scope) || reference === '@me') countsOwnApart = isOwnScope(scope);
        if (reference !== undefined && countsOwnApart) own.set(reference, isOwnScope(scope), isSystem);
      } else told.set(routeOf(method, path), [scope]);
      return bucketOf(method, scope);
    },
  };
}

function isOwnScope(scope: string): boolean {
  return scope.startsWith('own_system');
}

/** The first part of the path, with a slash where more follows. */
function routeOf(method: string, path: string): string {
  const [, route] = /^\/([^/?]*\/?)/.exec(path) ?? [];
  return `${method} ${route}`;
}

function lastReference(path: string) {
  const [, kind, first, nested] = REFERENCES.exec(path) ?? [];
  return { isSystem: kind === 'systems' && nested === undefined, reference: nested ?? first };
}
