import type { LimiterAnswer } from './limiter.ts';

/** Limits count requests a second. */
const PERIOD = 1000;
/** Clocks run apart, and a long run at the edge of the limit would add that up: go slower by a thousandth. */
const CLOCK_DRIFT = 1.001;
/** Milliseconds that a coarse clock or a rounded time may hide. */
const CLOCK_GRAIN = 5;
/** UNIX time is above this in milliseconds and below it in seconds. */
const EARLIEST_MILLISECONDS = 1e11;

/**
 * One bucket as the server keeps it, seen from afar.
 *
 * The server runs a GCRA: each request that passes moves a mark by one interval (100 ms at 10 a second), the mark never
 * lies before now, and a request passes while the mark lies at most (limit − 2) intervals ahead: the last place of a full
 * burst is refused, and spent all the same.
 *
 * Pacing by the times of sending is not enough. Of two requests sent 100 ms apart, the first may be slow and the second
 * fast, so that they arrive closer together, and at the edge of the limit any such squeeze is refused. What is sure of
 * a request that was answered is that it arrived *before its answer*; of one that will be sent, that it arrives *after its
 * sending*. So the mark is counted from answers, which gives a time that the server's mark can't lie behind; and requests
 * without an answer yet may all arrive just before the next one, so each of them counts a whole interval on top. With
 * that, no delay of any request on its way can make the server refuse one. It costs one round trip for each busy spell,
 * not one for each request, since within a spell the mark moves by the interval alone.
 *
 * A server may also count by windows, fixed or sliding, as the documentation reads. So no more requests than the limit
 * may arrive within one second, by the same bounds, until an answer shows the server that is known: it gives
 * `X-RateLimit-Reset` in seconds where the documentation has milliseconds.
 */
export class Bucket {
  limit: number;
  /** Requests sent and not answered. */
  #pending = 0;
  /** The server's mark is not later than this, but for what is pending. */
  #mark = 0;
  /** When answers came, within the last second, oldest first. */
  readonly #answered: number[] = [];
  #heldUntil = 0;
  #countsByWindow = true;

  constructor(limit: number) {
    this.limit = limit;
  }

  /** Whether nothing would be lost by forgetting this bucket but a limit that will be learned again. */
  isIdle(now: number): boolean {
    return this.#pending === 0 && now > Math.max(this.#mark, this.#heldUntil) + PERIOD;
  }

  /** The time at which the next request may be sent; infinite where an answer must come first. */
  readyAt(now: number): number {
    const burst = Math.max(this.limit - 1, 1);
    if (this.#pending >= burst) return Number.POSITIVE_INFINITY;
    let at = Math.max(now, this.#heldUntil);
    if (this.#mark > now) {
      const ahead = this.#pending * this.#interval - ((burst - 1) * PERIOD) / this.limit;
      at = Math.max(at, this.#mark + ahead + CLOCK_GRAIN);
    }
    return Math.max(at, this.#windowOpensAt(now));
  }

  /** A request was sent. */
  send(): void {
    this.#pending++;
  }

  /** A request was answered but counted in another bucket. */
  free(): void {
    this.#pending--;
  }

  /**
   * A request was answered that this bucket counts, or will never be answered.
   *
   * @param sentAt - when it was sent
   */
  count(sentAt: number, now: number, answer: LimiterAnswer = {}): void {
    const { limit, remaining, reset, retryAfter } = answer;
    if (limit !== undefined && limit >= 1) this.limit = limit;
    if (reset !== undefined) this.#countsByWindow = reset > EARLIEST_MILLISECONDS;
    this.#mark = Math.max(this.#mark, now) + this.#interval;
    if (this.#countsByWindow) this.#answered.push(now);
    if (retryAfter !== undefined) {
      // The mark of a bucket that refuses may lie a whole burst ahead, whatever was known of it.
      this.#mark = Math.max(this.#mark, now + PERIOD);
      this.#heldUntil = Math.max(this.#heldUntil, now + Math.max(retryAfter, this.#interval));
    } else if (remaining !== undefined) {
      this.#heedRemaining(remaining, sentAt, now);
    }
  }

  /** Someone else spends from the same bucket where the server has less left than the requests sent from here explain. */
  #heedRemaining(remaining: number, sentAt: number, now: number): void {
    if (this.#countsByWindow) {
      const sentFromHere = this.#pending + this.#recent(now).length;
      if (remaining < 1 && sentFromHere < this.limit)
        this.#heldUntil = Math.max(this.#heldUntil, now + PERIOD);
      return;
    }
    const interval = PERIOD / this.limit;
    const earliestMark = sentAt + PERIOD - (remaining + 1) * interval;
    if (earliestMark > this.#mark + this.#pending * this.#interval) {
      this.#mark = now + PERIOD - remaining * interval;
    }
  }

  #windowOpensAt(now: number): number {
    if (!this.#countsByWindow || this.#pending + this.#answered.length < this.limit) return now;
    const recent = this.#recent(now);
    const excess = this.#pending + recent.length - (this.limit - 1);
    if (excess <= 0) return now;
    return (recent[excess - 1] ?? Number.POSITIVE_INFINITY) + PERIOD + CLOCK_GRAIN;
  }

  #recent(now: number): readonly number[] {
    const old = this.#answered.findIndex((time) => time > now - PERIOD - CLOCK_GRAIN);
    this.#answered.splice(0, old < 0 ? this.#answered.length : old);
    return this.#answered;
  }

  get #interval(): number {
    return (PERIOD / this.limit) * CLOCK_DRIFT;
  }
}
