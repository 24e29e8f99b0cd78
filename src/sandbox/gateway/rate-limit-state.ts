import { formatInstant, type Instant } from '../formats/instant.ts';
import type { Store } from '../store/store.ts';
import type { RateLimitBucket, RateLimiter, RateLimitMode } from './rate-limiter.ts';

/** The present state of the rate limits. */
export interface RateLimitState {
  readonly mode: RateLimitMode;
  /** Those that requests were counted under since the start or the last reset, and those that were used up at will. */
  readonly buckets: readonly RateLimitBucketState[];
}

/** A bucket, as JSON. */
export interface RateLimitBucketState extends Omit<RateLimitBucket, 'key' | 'fullAt'> {
  /** The address, or the id of the system; null for all callers. */
  readonly key: string | null;
  /** When it is full again, by the sandbox's clock: `2026-01-02T03:04:05.3Z`; null where it is full. */
  readonly fullAt: string | null;
}

export function describeRateLimits(limiter: RateLimiter, store: Store, now: Instant): RateLimitState {
  const buckets = limiter.buckets(now).map(({ key, fullAt, ...bucket }) => ({
    ...bucket,
    key: bucket.kind === 'system' ? (store.system(key ?? '')?.id ?? key) : key,
    fullAt: fullAt === null ? null : formatInstant(fullAt),
  }));
  return { mode: limiter.mode, buckets };
}
