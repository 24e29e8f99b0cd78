/**
 * A bounded cache for message lookups, apart from the main entry, so that only its users download it.
 */
import { LRUCache } from 'lru-cache';
import type { Cache } from './client/cache.ts';
import { checkOptions, isInteger } from './models/check-options.ts';

export type { Cache } from './client/cache.ts';

/** Options of {@link createCache}. */
export interface CacheOptions {
  /**
   * How many lookups it remembers; beyond that, it forgets the one that was not used for the longest time. One takes a few kilobytes of
   * memory.
   *
   * @default 1000
   */
  readonly max?: number | undefined;
}

/** Timers can't be set further ahead: about 24 days. */
const LONGEST_TTL = 2 ** 31 - 2;

/**
 * Makes a cache in memory for the option `cache` of `PluralKit`. It is bounded, and drops what is too old at once, as
 * messages hold what may be private. Times are kept by a monotonic clock.
 *
 * @example
 * const pk = new PluralKit({ token, userAgent, cache: createCache({ max: 5000 }) });
 * @throws TypeError naming the option that is wrong
 */
export function createCache(options: CacheOptions = {}): Cache {
  checkOptions(options, { max: isInteger(1) });
  const { max = 1000 } = options;
  const entries = new LRUCache<string, object>({ max, ttl: 1, ttlAutopurge: true });
  return {
    get: (key) => entries.get(key),
    set(key, value, ttl) {
      if (typeof value !== 'object' || value === null || !(ttl > 0)) return;
      entries.set(key, value, { ttl: Math.ceil(Math.min(ttl, LONGEST_TTL)) });
    },
  };
}
