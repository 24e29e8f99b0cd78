import { rateLimits } from '../../generated/v2/rate-limits.ts';
import type { Credentials } from './credentials.ts';
import type { BucketReference } from './limiter.ts';
import { createOwnReferences, type OwnReferences } from './own-references.ts';

/** Requests a second, until a response has the real limit. */
const READS = 10;
const UPDATES = 3;
/** The first part of a path, with a slash where more follows, and its references, as far as they nest. */
const PATH = /^\/([^/?]*\/?)([^/?]*)(?:\/switches\/([^/?]+))?/;

/** The buckets of one request, as far as they are known by now. */
export interface Buckets {
  /** The owners of references, learned from responses. */
  readonly own: OwnReferences;
  /** Whether the request is about the caller's own system; undefined where that is not known. */
  readonly isOwn: () => boolean | undefined;
  /** All buckets that the request may be counted in. */
  readonly possible: () => readonly BucketReference[];
  /**
   * Takes the value of `X-RateLimit-Scope` into account.
   *
   * @returns the bucket that the request was counted in
   */
  readonly learn: (scope: string) => BucketReference;
}

/**
 * Knows which buckets a request may be counted in. The document's operation table gives the scopes that are possible;
 * responses tell which it was, and whose the systems, members, groups and switches are. Where that is not known, a GET may be
 * counted in either bucket. Updates are taken for the caller's own: others may not make them.
 */
export type BucketsOf = (method: string, path: string) => Buckets;

/** @param origin - of the server: paths of all its versions are counted in the same buckets */
export function createBuckets(origin: string, { viewer, key }: Credentials): BucketsOf {
  const own = createOwnReferences();
  /** Tells systems apart without telling the token. */
  const identity = key?.systemId ?? viewer;
  if (key) own.set(identity, true, true);
  /** Whether the server counts requests to the caller's own system apart, which is not documented. */
  let countsOwnApart = true;
  /** By method and first part of the path: as the document has them, or the one that the server named where it does not depend on whose system is meant. */
  const known = new Map<string, readonly BucketReference[]>();

  return (method, path) => {
    const [, part, first, nested] = PATH.exec(path) ?? [];
    const name = `${method} ${part}`;
    const isSystem = part === 'systems/' && !nested;
    /** The last one decides whose the request is. */
    const reference = nested ?? first;
    const isOwn = () => !!(identity && reference) && own.has(reference, isSystem);
    const bucketOf = (scope: string) => ({
      id: `${scope} ${origin}${isOfOwn(scope) ? ` ${identity}` : ''}`,
      limit: method === 'GET' ? READS : UPDATES,
    });
    if (!known.has(name)) known.set(name, (rateLimits[name] ?? rateLimits[method] ?? []).map(bucketOf));
    const all = () => known.get(name) ?? [];
    return {
      own,
      isOwn,
      possible() {
        const isExpected = countsOwnApart && (isOwn() ?? (method !== 'GET' || undefined));
        const possible = all().filter(({ id }) => isExpected !== !isOfOwn(id));
        return possible.length > 0 ? possible : all();
      },
      learn(scope) {
        const told = bucketOf(scope);
        if (all().some(({ id }) => id === told.id) && all().some(({ id }) => isOfOwn(id))) {
          const isOwnBucket = isOfOwn(scope);
          if (isOwnBucket || reference === '@me') countsOwnApart = isOwnBucket;
          if (identity && reference && countsOwnApart) own.set(reference, isOwnBucket, isSystem);
        } else known.set(name, [told]);
        return told;
      },
    };
  };
}

/** @param name - of a scope, or of its bucket */
function isOfOwn(name: string): boolean {
  return name.startsWith('own_');
}
