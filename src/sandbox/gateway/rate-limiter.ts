import type { Instant } from '../formats/instant.ts';

/** How rate limits work: as the server's code does, as its documentation says, or not at all. */
export type RateLimitMode = 'server' | 'documented' | 'off';

/** The limits that an operation counts under. */
export interface RateLimitScopes {
  readonly scope: string;
  readonly ownSystemScope?: string;
  readonly documentedScope?: string;
}

export interface RateLimitCaller {
  readonly address: string;
  /** UUID of the caller's own system, where the call is about it. */
  readonly ownSystem: string | undefined;
}

export interface RateLimitResult {
  readonly headers: Readonly<Record<string, string>>;
  /** The body of the refusal; undefined where the request passes. */
  readonly refusal?: {
    readonly message: string;
    readonly retry_after: number;
    readonly scope: string;
    readonly code: 0;
  };
}

/** What a limit is like at one moment, for those whose requests it counts. */
export interface RateLimitBucket {
  readonly scope: string;
  /** Whose requests it counts: those from one address, those about one's own system, or all where it was used up at will. */
  readonly kind: 'address' | 'system' | 'everyone';
  /** The address, or the UUID of the system; null for everyone. */
  readonly key: string | null;
  /** Requests in one second. */
  readonly limit: number;
  /** As the header `X-RateLimit-Remaining` says; of these, the server's slip refuses the last. */
  readonly remaining: number;
  /** When the whole limit is there again; null where it is. */
  readonly fullAt: Instant | null;
}

interface Bucket extends Pick<RateLimitBucket, 'scope' | 'kind' | 'key'> {
  /** In milliseconds since 1970. */
  emptyAt: number;
}

const period = 1000;
const getRate = 10;
const updateRate = 3;
/** Against errors of binary fractions. */
const tolerance = 1e-6;

/**
 * Limits by the generic cell rate algorithm: a bucket keeps the time at which it would be empty again. The server has
 * a slip in it: it passes a request only where, rounded down, another one is left; and one that is refused so has spent
 * its place all the same.
 */
export class RateLimiter {
  readonly mode: RateLimitMode;
  #buckets = new Map<string, Bucket>();
  #exhausted = new Map<string, number>();

  constructor(mode: RateLimitMode) {
    this.mode = mode;
  }

  reset(): void {
    this.#buckets = new Map();
    this.#exhausted = new Map();
  }

  /** Spends all of a scope for everyone; it is full again one second later. */
  exhaust(scope: string, now: Instant): void {
    this.#exhausted.set(scope, toMilliseconds(now) + period);
  }

  /** All that was counted under, or used up, since the start or the last reset. */
  buckets(now: Instant): readonly RateLimitBucket[] {
    if (this.mode === 'off') return [];
    const time = toMilliseconds(now);
    const usedUp = [...this.#exhausted]
      .filter(([, emptyAt]) => emptyAt > time)
      .map(([scope, emptyAt]): Bucket => ({ scope, kind: 'everyone', key: null, emptyAt }));
    return [...usedUp, ...this.#buckets.values()].map((bucket) => this.#describe(bucket, time));
  }

  #describe({ scope, kind, key, emptyAt: own }: Bucket, now: number): RateLimitBucket {
    const rate = rateOf(scope);
    const emptyAt = Math.max(now, own, this.#exhausted.get(scope) ?? 0);
    const left = rate - ((emptyAt - now) / period) * rate + tolerance;
    const fullAt = emptyAt > now ? toInstant(emptyAt) : null;
    return { scope, kind, key, limit: rate, remaining: Math.max(0, Math.floor(left)), fullAt };
  }

  check(scopes: RateLimitScopes, caller: RateLimitCaller, now: Instant): RateLimitResult {
    if (this.mode === 'off') return { headers: {} };
    const own = this.mode === 'server' && caller.ownSystem !== undefined ? scopes.ownSystemScope : undefined;
    const generic = this.mode === 'documented' ? (scopes.documentedScope ?? scopes.scope) : scopes.scope;
    const scope = own ?? generic;
    const bucket =
      own === undefined || caller.ownSystem === undefined
        ? this.#bucket(scope, 'address', caller.address)
        : this.#bucket(scope, 'system', caller.ownSystem);
    return this.#spend(bucket, generic, toMilliseconds(now));
  }

  #bucket(scope: string, kind: 'address' | 'system', key: string): Bucket {
    const name = `${scope} ${key}`;
    const found = this.#buckets.get(name);
    if (found !== undefined) return found;
    const made = { scope, kind, key, emptyAt: 0 };
    this.#buckets.set(name, made);
    return made;
  }

  #spend(bucket: Bucket, nameInBody: string, now: number): RateLimitResult {
    const { scope } = bucket;
    const rate = rateOf(scope);
    const interval = period / rate;
    const emptyAt = Math.max(now, bucket.emptyAt, this.#exhausted.get(scope) ?? 0) + interval;
    const left = (now + period - emptyAt) / interval + tolerance;
    if (left >= 0) bucket.emptyAt = emptyAt;
    const passes = this.mode === 'server' ? Math.floor(left) > 0 : left >= 0;
    const resetAt = left >= 0 ? emptyAt : emptyAt - interval;
    const headers = {
      'X-RateLimit-Limit': String(rate),
      'X-RateLimit-Remaining': String(Math.max(0, Math.floor(left))),
      'X-RateLimit-Reset': String(Math.floor(this.mode === 'server' ? resetAt / 1000 : resetAt)),
      'X-RateLimit-Scope': scope,
    };
    if (passes) return { headers };
    const wait = Math.max(0, Math.ceil(-left * interval));
    return {
      headers,
      refusal: { message: '429: too many requests', retry_after: wait, scope: nameInBody, code: 0 },
    };
  }
}

function rateOf(scope: string): number {
  return scope.endsWith('update') ? updateRate : getRate;
}

function toMilliseconds(instant: Instant): number {
  return Number(instant / 1000n) / 1000;
}

function toInstant(milliseconds: number): Instant {
  return BigInt(Math.round(milliseconds * 1000)) * 1000n;
}
