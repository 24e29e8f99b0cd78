import type { LimiterResponse } from './limiter.ts';

/** Milliseconds per second, as limits are requests a second. */
export const PERIOD = 1000;
/** Clocks drift, which would add up over a long run at the limit: go slower by a thousandth. */
export const CLOCK_DRIFT = 1.001;
/** The error of a coarse clock or a rounded time, in milliseconds. */
export const CLOCK_GRAIN = 5;
/** Milliseconds after which a request is assumed to have arrived, with or without a response. Shorter round trips reduce it. */
export const LONGEST_DELAY = 250;
/** What is left of the rate after a rate-limited request. The first time it is a little less than half of the limit. */
export const DECREASE = 0.45;
/** How much the rate grows with each response, as a share of the limit: always, and where the bucket is empty. Where it is full, it shrinks by the latter. */
export const INCREASE = 0.01;
export const INCREASE_WHERE_EMPTY = 0.1;
/** Milliseconds after the last request until other callers are forgotten. */
const LONGEST_MEMORY = 60_000;
/** Requests a second, however many others there are. */
export const LOWEST_RATE = 0.3;
/** Milliseconds of room that a bucket has gained when the first request after a rate-limited one is sent. */
export const ROOM = 450;
/** Milliseconds over which clients spread, for each request that others had in the bucket against one of the client's own. */
export const SPREAD = 500;
/** The same when it happens again, in times from one request to the next. */
export const SPREAD_AGAIN = 1.5;

/** A request's place in a bucket: the server counts it or will. */
export interface Place {
  /** Infinite until it is sent. */
  sentAt: number;
}

/**
 * One bucket as the server keeps it, seen from afar. It holds no timers and reads no clock: times are milliseconds of one
 * monotonic clock.
 *
 * **The server** runs a GCRA. Its theoretical arrival time moves by one interval (100 ms at 10 a second) with each request
 * and never lies before now. A request passes while it lies at most (limit − 2) intervals ahead; one that finds it up to an
 * interval further is rate limited and spends its place all the same; one that finds it further still costs nothing.
 *
 * **Alone.** Of two requests sent 100 ms apart, the first may be slow and the second fast, so that they arrive closer
 * together. A request that got a response surely arrived before it. So requests are counted at
 * their responses, and those that are on their way count as if they arrived with the next one. What was sent
 * {@link LONGEST_DELAY} ago is taken to have arrived, so that a slow link carries many requests at once, and a request that
 * hangs holds up nobody. As long as delays vary by less, no request is rate limited, at the price of one delay
 * for each busy spell.
 *
 * **Among others** who use the same bucket, which a rate-limited request tells, or fewer `remaining` than the own requests
 * explain. Then requests are sent at a rate that adapts (AIMD): it falls to {@link DECREASE} of what it was when a
 * request is rate limited, once for all that were on their way; it grows with each response, faster the emptier the bucket
 * is, and shrinks where it is more than half full, before anything is rate limited. At the full rate the others are forgotten.
 * After a rate-limited request all wait until there is room again, and for a random time more, since
 * others have been told the same at the same moment.
 */
export interface Bucket {
  /** The end of the server's `retry_after`. */
  readonly heldUntil: () => number;
  /** Whether this bucket can be removed: only its limit would have to be learned again. */
  readonly isIdle: (now: number) => boolean;
  /**
   * The time at which the next request may be sent; infinite where it depends on a response, or on a request that has a
   * place and is not sent yet.
   */
  readonly readyAt: (now: number) => number;
  /** Takes a place, for a request that is to be sent as soon as it has one in each bucket. */
  readonly take: (now: number) => Place;
  /** The server did not count a request here. */
  readonly giveBack: (place: Place) => void;
  /** Called with a response that this bucket counts, or without one where none will come. */
  readonly count: (place: Place, now: number, response?: LimiterResponse) => void;
}

/** @param limit - requests a second, as far as is known before the first response */
export function createBucket(limit: number): Bucket {
  /** The server's theoretical arrival time is not later than this, but for requests on their way, and for others. */
  let arrivalTime = 0;
  /** Requests that may not have arrived yet. */
  const onTheirWay = new Set<Place>();
  /** The longest recent round trip; it decays. */
  let roundTrip = LONGEST_DELAY;
  let heldUntil = 0;
  /** Requests a second among other callers; infinite while none are known. */
  let rate = Infinity;
  let lastTakenAt = 0;
  /** When the bucket has room again after a request was rate limited. */
  let resumesAt = 0;
  let limitedAt = -Infinity;

  const step = () => PERIOD / limit;
  const longestDelay = () => Math.min(LONGEST_DELAY, 2 * roundTrip);

  const arrive = (place: Place, arrivedAt: number) => {
    if (onTheirWay.delete(place)) arrivalTime = Math.max(arrivalTime, arrivedAt) + step() * CLOCK_DRIFT;
  };

  /** Counts requests that have been in flight for so long that they must have arrived. */
  const advance = (now: number) => {
    const delay = longestDelay();
    for (const place of onTheirWay) if (place.sentAt + delay <= now) arrive(place, place.sentAt + delay);
  };

  return {
    heldUntil: () => heldUntil,
    isIdle: (now) => now > Math.max(heldUntil, lastTakenAt + LONGEST_MEMORY),
    readyAt(now) {
      advance(now);
      const burst = Math.max(limit - 1, 1);
      const toCome = onTheirWay.size;
      let at = Math.max(now, heldUntil, resumesAt, lastTakenAt + PERIOD / rate);
      if (toCome >= burst)
        at = Math.max(at, Math.min(...[...onTheirWay].map(({ sentAt }) => sentAt)) + longestDelay());
      if (arrivalTime > now)
        at = Math.max(at, arrivalTime + (toCome * CLOCK_DRIFT - burst + 1) * step() + CLOCK_GRAIN);
      return at;
    },
    take(now) {
      const place = { sentAt: Infinity };
      onTheirWay.add(place);
      lastTakenAt = now;
      return place;
    },
    giveBack(place) {
      if (!onTheirWay.delete(place)) arrivalTime -= step() * CLOCK_DRIFT;
    },
    count(place, now, { limit: told, remaining, retryAfter } = {}) {
      if (told && told >= 1) limit = told;
      advance(now);
      const own = Math.max(0, arrivalTime - now) / (step() * CLOCK_DRIFT);
      arrive(place, now);
      const isRateLimited = retryAfter !== undefined;
      const left = isRateLimited ? 0 : remaining;
      if (left === undefined) return;
      const { sentAt } = place;
      roundTrip = Math.max(now - sentAt, roundTrip * 0.9);
      const earliest = sentAt + PERIOD - (left + 1) * step();
      const isShared = earliest > arrivalTime + onTheirWay.size * step() * CLOCK_DRIFT;
      if (isRateLimited || isShared) arrivalTime = now + PERIOD - left * step();
      if (isRateLimited) {
        heldUntil = Math.max(heldUntil, now + retryAfter);
        // Requests that were in flight when the rate was last lowered tell nothing new.
        if (sentAt <= limitedAt) return;
        limitedAt = now;
        const isNew = rate === Infinity;
        rate = Math.max(LOWEST_RATE, Math.min(limit, rate) * DECREASE);
        const spread = isNew ? (SPREAD * (limit - 1 - own)) / (own + 1) : (SPREAD_AGAIN * PERIOD) / rate;
        // The bucket is full, and has room again two steps later.
        resumesAt = now + 2 * step() + ROOM + Math.random() * spread;
      } else if (isShared) rate = Math.min(rate, limit * DECREASE);
      else if (rate < Infinity) {
        // From −1 where it is full to 1 where it is empty. Of a limit of 3 it is always 0: nothing is told.
        const room = (2 * left + 1) / limit - 1;
        rate = Math.max(LOWEST_RATE, rate + limit * (INCREASE + INCREASE_WHERE_EMPTY * room));
        if (rate >= limit) rate = Infinity;
      }
    },
  };
}
