import { CLOCK_DRIFT, PERIOD } from '../client/bucket.ts';
import type { BucketReference, LimiterResponse } from '../client/limiter.ts';

/** All processes together stay below the limit by this factor, since turns begin a little early or late. */
const MARGIN = 1.1;
/** Milliseconds without requests at the start, as earlier requests may still fill the server's bucket. */
const DRAIN = PERIOD;

/** The last known state of all processes. */
export interface Share {
  /** How many processes there are, this one included. */
  readonly processes: number;
  /** The index of this process, from 0. */
  readonly rank: number;
  /** Milliseconds to add to the local clock for the shared one. */
  readonly clockOffset: number;
}

/**
 * The part of a limit that a process may use while nothing can be shared. Time is divided into turns of one request each, and
 * each process has every n-th turn by the last shared clock. So no two processes send at once, and together they stay below
 * the limit.
 */
export class LocalShare {
  readonly #share: Share;
  readonly #startsAt: number;
  /** By bucket: when the next request may be sent at the earliest. */
  readonly #notBefore = new Map<string, number>();
  /** By bucket: the end of the server's `retry_after`. */
  readonly #heldUntil = new Map<string, number>();

  constructor(share: Share, now: number) {
    this.#share = share;
    this.#startsAt = now + DRAIN;
  }

  /** Milliseconds until the next turn in all buckets. */
  waitFor(buckets: readonly BucketReference[], now: number): number {
    return this.#turnAt(buckets, now) - now;
  }

  /** Milliseconds until the server accepts requests again. */
  holdOf(buckets: readonly BucketReference[], now: number): number {
    return Math.max(0, ...buckets.map(({ id }) => (this.#heldUntil.get(id) ?? 0) - now));
  }

  take(buckets: readonly BucketReference[], now: number): void {
    const turn = this.#turnLength(buckets);
    // At a random point of the next turn.
    const next = (Math.floor((now + this.#share.clockOffset) / turn) + 1) * turn - this.#share.clockOffset;
    for (const { id } of buckets) this.#notBefore.set(id, Math.max(next, this.#notBefore.get(id) ?? 0));
  }

  /** Takes a response into account. */
  settle(buckets: readonly BucketReference[], { retryAfter }: LimiterResponse, now: number): void {
    if (retryAfter === undefined) return;
    for (const { id } of buckets) {
      this.#notBefore.set(id, Math.max(now + Math.max(retryAfter, PERIOD), this.#notBefore.get(id) ?? 0));
      this.#heldUntil.set(id, Math.max(now + retryAfter, this.#heldUntil.get(id) ?? 0));
    }
  }

  #turnAt(buckets: readonly BucketReference[], now: number): number {
    const { processes, rank, clockOffset } = this.#share;
    const turn = this.#turnLength(buckets);
    const earliest = Math.max(now, this.#startsAt, ...buckets.map(({ id }) => this.#notBefore.get(id) ?? 0));
    const index = Math.floor((earliest + clockOffset) / turn);
    const missing = (((rank - index) % processes) + processes) % processes;
    return missing === 0 ? earliest : (index + missing) * turn - clockOffset;
  }

  #turnLength(buckets: readonly BucketReference[]): number {
    const slowest = Math.min(...buckets.map(({ limit }) => limit));
    return (PERIOD / slowest) * CLOCK_DRIFT * MARGIN;
  }
}
