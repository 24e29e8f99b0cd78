import { didYouMean } from '../../models/nearest.ts';
import type { Instant } from '../formats/instant.ts';
import { nameOf, type Shape } from '../world/shape.ts';

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
  /** UUID of the caller's own system, where the last reference of the path belongs to it. */
  readonly ownSystem: string | undefined;
  /** Which of the known applications calls, if one does. */
  readonly app?: string | undefined;
}

export interface RateLimitResult {
  readonly headers: Readonly<Record<string, string>>;
  /** The body of the error response; undefined where the request passes. */
  readonly errorBody?: {
    readonly message: string;
    readonly retry_after: number;
    readonly scope: string;
    readonly code: 0;
  };
}

/** The state of a bucket at one moment. */
export interface RateLimitBucket {
  readonly scope: string;
  /**
   * The requests that it counts: those from one address, to the caller's own system, of one application, or of all callers
   * after `exhaust`.
   */
  readonly kind: 'address' | 'system' | 'app' | 'everyone';
  /** The address, the UUID of the system, or the name of the application; null for all callers. */
  readonly key: string | null;
  /** Requests in one second. */
  readonly limit: number;
  /** As the header `X-RateLimit-Remaining` says. */
  readonly remaining: number;
  /** When it is full again; null where it is full. */
  readonly fullAt: Instant | null;
}

interface Bucket extends Pick<RateLimitBucket, 'scope' | 'kind' | 'key'> {
  /** In milliseconds since 1970. */
  emptyAt: number;
}

const period = 1000;
/** Requests a second by the end of the scope's name. */
const rates: readonly (readonly [end: string, rate: number])[] = [
  ['update', 3],
  ['token2', 20],
];
const otherRate = 10;
/** Of applications that have a limit of their own. */
export const appScope = 'token2';
/** The most buckets, as one machine can have millions of addresses; the oldest is removed. */
const mostBuckets = 10_000;
/** Against errors of binary fractions. */
const tolerance = 1e-6;

/** The scopes of a request that no operation describes. */
export function scopesOf(method: string): RateLimitScopes {
  const kind = method === 'GET' ? 'get' : 'update';
  return { scope: `generic_${kind}`, ownSystemScope: `own_system_${kind}` };
}

/**
 * Limits by the generic cell rate algorithm: a bucket keeps the time at which it would be empty again. The server has
 * an off-by-one error: it passes a request only where, rounded down, another one is left; and the rejected one is counted,
 * too. `X-RateLimit-Remaining` loses one more to rounding.
 */
export class RateLimiter {
  readonly mode: RateLimitMode;
  readonly #factor: number;
  #buckets = new Map<string, Bucket>();
  #exhausted = new Map<string, number>();

  readonly #scope: Shape<string>;

  /**
   * @param scopes - every scope that requests may count under
   * @param factor - how many times the requests of the real server each limit allows
   */
  constructor(mode: RateLimitMode, scopes: Iterable<string>, factor = 1) {
    this.mode = mode;
    this.#factor = factor;
    this.#scope = nameOf(
      'a scope such as generic_get',
      scopes,
      (word, known) => didYouMean(word, known) || `; known: ${known.join(', ')}`,
    );
  }

  reset(): void {
    this.#buckets = new Map();
    this.#exhausted = new Map();
  }

  /**
   * Exhausts a scope for all callers; it is full again one second later.
   *
   * @throws {WorldError} where there is no such scope
   */
  exhaust(scope: string, now: Instant): void {
    if (typeof now !== 'bigint')
      throw new TypeError('The time must be an instant, as sandbox.clock.now() gives it');
    this.#exhausted.set(this.#scope.readAt(scope, 'exhaust'), toMilliseconds(now) + period);
  }

  /** All buckets that were used since the start or the last reset. */
  buckets(now: Instant): readonly RateLimitBucket[] {
    if (this.mode === 'off') return [];
    const time = toMilliseconds(now);
    const usedUp = [...this.#exhausted]
      .filter(([, emptyAt]) => emptyAt > time)
      .map(([scope, emptyAt]): Bucket => ({ scope, kind: 'everyone', key: null, emptyAt }));
    return [...usedUp, ...this.#buckets.values()].map((bucket) => this.#describe(bucket, time));
  }

  #describe({ scope, kind, key, emptyAt: own }: Bucket, now: number): RateLimitBucket {
    const rate = this.#rateOf(scope);
    const emptyAt = Math.max(now, own, this.#exhausted.get(scope) ?? 0);
    const isFull = emptyAt === now;
    const left = rate - ((emptyAt - now) / period) * rate + tolerance;
    const fullAt = isFull ? null : toInstant(emptyAt);
    return { scope, kind, key, limit: rate, remaining: isFull ? rate : this.#remaining(left), fullAt };
  }

  check(scopes: RateLimitScopes, caller: RateLimitCaller, now: Instant): RateLimitResult {
    if (this.mode === 'off') return { headers: {} };
    const generic = this.mode === 'documented' ? (scopes.documentedScope ?? scopes.scope) : scopes.scope;
    return this.#spend(this.#choose(scopes, generic, caller), generic, toMilliseconds(now));
  }

  /** The application takes precedence over the system, and the system over the address. */
  #choose({ ownSystemScope }: RateLimitScopes, generic: string, caller: RateLimitCaller): Bucket {
    const { address, ownSystem, app } = caller;
    if (this.mode === 'server' && app !== undefined) return this.#bucket(appScope, 'app', app);
    if (this.mode === 'server' && ownSystem !== undefined && ownSystemScope !== undefined) {
      return this.#bucket(ownSystemScope, 'system', ownSystem);
    }
    return this.#bucket(generic, 'address', address);
  }

  /** Created where it is unknown: buckets that were removed would be full. */
  #bucket(scope: string, kind: 'address' | 'system' | 'app', key: string): Bucket {
    const name = `${scope} ${key}`;
    const found = this.#buckets.get(name);
    if (found !== undefined) return found;
    if (this.#buckets.size >= mostBuckets) this.#buckets.delete(first(this.#buckets.keys()) ?? '');
    const made = { scope, kind, key, emptyAt: 0 };
    this.#buckets.set(name, made);
    return made;
  }

  #rateOf(scope: string): number {
    return (rates.find(([end]) => scope.endsWith(end))?.[1] ?? otherRate) * this.#factor;
  }

  /** As the header tells it. */
  #remaining(left: number): number {
    return Math.max(0, Math.floor(this.mode === 'server' ? left - 2 * tolerance : left));
  }

  #spend(bucket: Bucket, nameInBody: string, now: number): RateLimitResult {
    const { scope } = bucket;
    const rate = this.#rateOf(scope);
    const interval = period / rate;
    const emptyAt = Math.max(now, bucket.emptyAt, this.#exhausted.get(scope) ?? 0) + interval;
    const left = (now + period - emptyAt) / interval + tolerance;
    if (left >= 0) bucket.emptyAt = emptyAt;
    const isServer = this.mode === 'server';
    const passes = isServer ? Math.floor(left) > 0 : left >= 0;
    const resetAt = left >= 0 ? emptyAt : emptyAt - interval;
    const headers = {
      'X-RateLimit-Limit': String(rate),
      'X-RateLimit-Remaining': String(this.#remaining(left)),
      'X-RateLimit-Reset': String(Math.floor(isServer ? now / 1000 : resetAt)),
      'X-RateLimit-Scope': scope,
    };
    if (passes) return { headers };
    const wait = Math.max(0, Math.ceil(-left * interval));
    return {
      headers,
      errorBody: { message: '429: too many requests', retry_after: wait, scope: nameInBody, code: 0 },
    };
  }
}

function first<Item>(items: Iterable<Item>): Item | undefined {
  const [item] = items;
  return item;
}

function toMilliseconds(instant: Instant): number {
  return Number(instant / 1000n) / 1000;
}

function toInstant(milliseconds: number): Instant {
  return BigInt(Math.round(milliseconds * 1000)) * 1000n;
}
