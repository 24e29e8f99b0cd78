import type { LimiterAnswer } from './limiter.ts';

/** Limits count requests a second. */
export const PERIOD = 1000;
/** Clocks run apart, and a long run at the edge of the limit would add that up: go slower by a thousandth. */
export const CLOCK_DRIFT = 1.001;
/** Milliseconds that a coarse clock or a rounded time may hide. */
export const CLOCK_GRAIN = 5;
/** Milliseconds after which a request is taken to have arrived, with or without a response. Round trips that are shorter make it less. */
export const LONGEST_DELAY = 250;
/** The share of the limit that is taken when others are found to use the same bucket: a little less than half. */
export const FIRST_SHARE = 0.45;
/** The rate after another rate-limited request, as a factor. */
export const DECREASE = 0.7;
/** How much the rate grows with each response, as a share of the limit: always, and where the bucket is empty. */
export const INCREASE = 0.01;
export const INCREASE_WHERE_EMPTY = 0.2;
/** How much of the rate is lost with each response where the bucket is all but full. */
export const DECREASE_WHERE_FULL = 0.8;
/** Milliseconds after the last request for which others are remembered. */
const LONGEST_MEMORY = 60_000;
/** Requests a second, however many others there are. */
export const LOWEST_RATE = 0.3;
/** Others that share a bucket are out of step by so much of the time from one request to the next. */
export const JITTER = 0.04;
/** Milliseconds of room that a bucket has gained when the first request after a rate-limited one is sent. */
export const ROOM = 450;
/** Milliseconds over which clients spread, for each request that others had in the bucket against one of one's own. */
export const SPREAD = 400;
/** The same when it happens again, in times from one request to the next. */
export const SPREAD_AGAIN = 1.5;

/** A request's place in a bucket: the server counts it or will. */
export interface Place {
  /** Infinite until it is sent. */
  sentAt: number;
  /** Whether the bucket has counted it. */
  isCounted: boolean;
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
 * explain. Then requests are sent at a rate that adapts (AIMD): it begins at {@link FIRST_SHARE}; it falls when a
 * request is rate limited, once for all that were on their way; it grows with each response, faster the emptier the bucket
 * is, and shrinks where it is more than half full, before anything is rate limited. At the full rate the others are forgotten.
 * After a rate-limited request all wait until there is room again, and for a random time more, since
 * others have been told the same at the same moment.
 */
export class Bucket {
  limit: number;
  /** The server's theoretical arrival time is not later than this, but for requests on their way, and for others. */
  #arrivalTime = 0;
  /** Requests that may not have arrived yet. */
  readonly #onTheirWay: Place[] = [];
  /** The longest round trip of late; it fades. */
  #roundTrip = LONGEST_DELAY;
  #heldFrom = 0;
  #heldUntil = 0;
  /** Requests a second among others; infinite where nothing is known of any. */
  #rate = Number.POSITIVE_INFINITY;
  #lastTakenAt = 0;
  /** The random part of the time from one request to the next, around 1. */
  #step = 1;
  /** When the bucket has room again after a request was rate limited. */
  #resumesAt = 0;
  #limitedAt = Number.NEGATIVE_INFINITY;

  constructor(limit: number) {
    this.limit = limit;
  }

  /** Whether nothing would be lost by forgetting this bucket but a limit that will be learned again. */
  isIdle(now: number): boolean {
    return now > Math.max(this.#heldUntil, this.#lastTakenAt + LONGEST_MEMORY);
  }

  /** Milliseconds for which the server wants to be left alone. */
  holdAt(now: number): number {
    this.#advance(now);
    return Math.max(0, this.#heldUntil - now);
  }

  /** Milliseconds of the last hold that lie after a time. */
  heldSince(since: number, now: number): number {
    return Math.max(0, Math.min(now, this.#heldUntil) - Math.max(since, this.#heldFrom));
  }

  /**
   * The time at which the next request may be sent; infinite where something else must come first: a response, or the
   * sending of a request that has a place.
   */
  readyAt(now: number): number {
    this.#advance(now);
    const burst = Math.max(this.limit - 1, 1);
    const toCome = this.#onTheirWay.length;
    let at = Math.max(now, this.#heldUntil);
    if (toCome >= burst) {
      const oldest = Math.min(...this.#onTheirWay.map(({ sentAt }) => sentAt));
      at = Math.max(at, oldest + this.#longestDelay);
    }
    if (this.#arrivalTime > now) {
      const latest = this.#arrivalTime + toCome * this.#interval;
      at = Math.max(at, latest - ((burst - 1) * PERIOD) / this.limit + CLOCK_GRAIN);
    }
    if (this.#rate === Number.POSITIVE_INFINITY) return at;
    return Math.max(at, this.#resumesAt, this.#lastTakenAt + (this.#step * PERIOD) / this.#rate);
  }

  /** Takes a place, for a request that is to be sent as soon as it has one in each bucket. */
  take(now: number): Place {
    const place = { sentAt: Number.POSITIVE_INFINITY, isCounted: false };
    this.#onTheirWay.push(place);
    this.#lastTakenAt = now;
    this.#step = 1 + JITTER * (2 * Math.random() - 1);
    return place;
  }

  /** The server did not count a request here. */
  giveBack(place: Place): void {
    if (place.isCounted) this.#arrivalTime -= this.#interval;
    else this.#arrive(place);
  }

  /**
   * A response came that this bucket counts, or none will come. It may have been sent with a place in
   * another bucket.
   */
  count(place: Place, now: number, { limit, remaining, retryAfter }: LimiterAnswer = {}): void {
    if (limit !== undefined && limit >= 1) this.limit = limit;
    this.#advance(now);
    const own = Math.max(0, this.#arrivalTime - now) / this.#interval;
    if (!place.isCounted) this.#countOne(place, now);
    if (retryAfter === undefined && remaining === undefined) return;
    this.#roundTrip = Math.max(now - place.sentAt, this.#roundTrip * 0.9);
    if (retryAfter !== undefined) this.#slowDown(place, now, own, retryAfter);
    else if (remaining !== undefined) this.#heedRemaining(place, now, remaining);
  }

  /** @param own - requests of one's own that the bucket held before */
  #slowDown({ sentAt }: Place, now: number, own: number, retryAfter: number): void {
    if (now >= this.#heldUntil) this.#heldFrom = now;
    this.#heldUntil = Math.max(this.#heldUntil, now + retryAfter);
    this.#arrivalTime = now + PERIOD;
    // What was on its way when the rate was last lowered tells nothing new.
    if (sentAt <= this.#limitedAt) return;
    this.#limitedAt = now;
    const isNew = this.#rate === Number.POSITIVE_INFINITY;
    this.#rate = isNew ? this.limit * FIRST_SHARE : Math.max(LOWEST_RATE, this.#rate * DECREASE);
    const others = Math.max(0, this.limit - 1 - own);
    const spread = isNew ? (SPREAD * others) / (own + 1) : (SPREAD_AGAIN * PERIOD) / this.#rate;
    const edge = ((this.limit - 2) * PERIOD) / this.limit;
    this.#resumesAt = now + PERIOD - edge + ROOM + Math.random() * spread;
  }

  #heedRemaining({ sentAt }: Place, now: number, remaining: number): void {
    const interval = PERIOD / this.limit;
    const earliest = sentAt + PERIOD - (remaining + 1) * interval;
    const latest = this.#arrivalTime + this.#onTheirWay.length * this.#interval;
    if (earliest > latest) {
      this.#arrivalTime = now + PERIOD - remaining * interval;
      this.#rate = Math.min(this.#rate, this.limit * FIRST_SHARE);
    } else if (this.#rate < Number.POSITIVE_INFINITY) {
      // From −1 where it is full to 1 where it is empty. Of a limit of 3 it is always 0: nothing is told.
      const room = (2 * (remaining + 0.5)) / this.limit - 1;
      this.#rate *= 1 + DECREASE_WHERE_FULL * Math.min(0, room);
      this.#rate += this.limit * (INCREASE + INCREASE_WHERE_EMPTY * Math.max(0, room));
      this.#rate = Math.max(this.#rate, LOWEST_RATE);
      if (this.#rate >= this.limit) this.#rate = Number.POSITIVE_INFINITY;
    }
  }

  /** Counts what has been on its way for so long that it has arrived. */
  #advance(now: number): void {
    const delay = this.#longestDelay;
    for (const place of this.#onTheirWay.filter(({ sentAt }) => sentAt + delay <= now))
      this.#countOne(place, place.sentAt + delay);
  }

  #countOne(place: Place, arrivedAt: number): void {
    this.#arrive(place);
    place.isCounted = true;
    this.#arrivalTime = Math.max(this.#arrivalTime, arrivedAt) + this.#interval;
  }

  #arrive(place: Place): void {
    const index = this.#onTheirWay.indexOf(place);
    if (index >= 0) this.#onTheirWay.splice(index, 1);
  }

  get #longestDelay(): number {
    return Math.min(LONGEST_DELAY, 2 * this.#roundTrip);
  }

  get #interval(): number {
    return (PERIOD / this.limit) * CLOCK_DRIFT;
  }
}
