import type { Instant } from './formats/instant.ts';

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
  #emptyAt = new Map<string, number>();
  #exhausted = new Map<string, number>();

  constructor(mode: RateLimitMode) {
    this.mode = mode;
  }

  reset(): void {
    this.#emptyAt = new Map();
    this.#exhausted = new Map();
  }

  /** Spends all of a scope for everybody, for one second. */
  exhaust(scope: string, now: Instant): void {
    this.#exhausted.set(scope, toMilliseconds(now) + period);
  }

  check(scopes: RateLimitScopes, caller: RateLimitCaller, now: Instant): RateLimitResult {
    if (this.mode === 'off') return { headers: {} };
    const own = this.mode === 'server' && caller.ownSystem !== undefined ? scopes.ownSystemScope : undefined;
    const generic = this.mode === 'documented' ? (scopes.documentedScope ?? scopes.scope) : scopes.scope;
    const scope = own ?? generic;
    const key = `${scope} ${own === undefined ? caller.address : caller.ownSystem}`;
    return this.#spend(key, scope, generic, toMilliseconds(now));
  }

  #spend(key: string, scope: string, nameInBody: string, now: number): RateLimitResult {
    const rate = scope.endsWith('update') ? updateRate : getRate;
    const interval = period / rate;
    const emptyAt = Math.max(now, this.#emptyAt.get(key) ?? 0, this.#exhausted.get(scope) ?? 0) + interval;
    const left = (now + period - emptyAt) / interval + tolerance;
    if (left >= 0) this.#emptyAt.set(key, emptyAt);
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

function toMilliseconds(instant: Instant): number {
  return Number(instant / 1000n) / 1000;
}
