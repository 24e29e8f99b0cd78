import { Bucket, type Place } from './bucket.ts';
import { LONGEST_TIMER } from './deadline.ts';
import {
  BucketHeldError,
  type BucketReference,
  type Limiter,
  type LimiterRequest,
  type Settle,
} from './limiter.ts';

/** How many buckets are kept before idle ones are forgotten: services hold two for each user's token. */
const MANY_BUCKETS = 1000;

interface Line {
  readonly bucket: Bucket;
  /** In the order in which they go. */
  readonly waiting: Waiting[];
  timer?: ReturnType<typeof setTimeout> | undefined;
}

interface Waiting {
  readonly request: LimiterRequest;
  readonly askedAt: number;
  /** Takes the request out of the line: with a place, an error, or nothing where it is not expected there any more. */
  readonly leave: (place?: Place, error?: unknown) => void;
}

/**
 * Paces requests within one process. Requests go in the order in which they were asked for, bucket by bucket, and one that
 * was rate limited goes before all that came later. One that may be counted in several buckets keeps its place in the first
 * while it waits for the next, so that it holds up nobody for longer than that one place does.
 *
 * All clients of a process share one, since the server counts most requests by IP address, whatever the token: give one of
 * your own to set clients apart, in tests or where they use different addresses.
 *
 * @example
 * const pk = new PluralKit({ token, userAgent, limiter: new MemoryLimiter() });
 */
export class MemoryLimiter implements Limiter {
  readonly #lines = new Map<string, Line>();
  /** Those that have a place in one bucket, and wait for one in another. */
  readonly #undecided = new Map<Waiting, Line>();
  #lastPlace = 0;
  #now = 0;

  async acquire(request: LimiterRequest): Promise<Settle> {
    request.signal?.throwIfAborted();
    // Only a simulated clock goes back. Times of another one mean nothing.
    if (performance.now() < this.#now) this.#lines.clear();
    request.place ??= ++this.#lastPlace;
    const places = new Map<Line, Place>();
    try {
      let lines = this.#linesOf(request);
      for (let next: Line | undefined = lines[0]; next; next = lines.find((line) => !places.has(line))) {
        const taken = this.#take(next, request, places.size > 0);
        const place = taken instanceof Promise ? await taken : taken;
        if (place) places.set(next, place);
        if (place === taken) continue;
        lines = this.#linesOf(request);
        for (const line of places.keys()) if (!lines.includes(line)) this.#giveBack(line, places);
      }
    } catch (error) {
      for (const line of places.keys()) this.#giveBack(line, places);
      throw error;
    }
    const sentAt = performance.now();
    for (const [line, place] of places) {
      place.sentAt = sentAt;
      this.#advance(line);
    }
    return this.#settler(places, sentAt);
  }

  #take(line: Line, request: LimiterRequest, isUndecided: boolean): Place | Promise<Place | undefined> {
    const { bucket, waiting } = line;
    const { signal, place: own = 0 } = request;
    const askedAt = performance.now();
    // Most requests need not stand in line.
    if (waiting.length === 0 && bucket.readyAt(askedAt) <= askedAt) return bucket.take(askedAt);
    return new Promise((resolve, reject) => {
      const abort = () => entry.leave(undefined, signal?.reason);
      const leave = (place?: Place, error?: unknown) => {
        signal?.removeEventListener('abort', abort);
        waiting.splice(waiting.indexOf(entry), 1);
        this.#undecided.delete(entry);
        if (error === undefined) resolve(place);
        else reject(error);
      };
      const entry: Waiting = { request, askedAt, leave };
      if (isUndecided) this.#undecided.set(entry, line);
      signal?.addEventListener('abort', abort);
      const before = waiting.findLastIndex((other) => (other.request.place ?? 0) <= own);
      waiting.splice(before + 1, 0, entry);
      this.#advance(line);
    });
  }

  /** Lets go whoever may. */
  #advance(line: Line): void {
    const { bucket, waiting } = line;
    clearTimeout(line.timer);
    const now = performance.now();
    this.#now = now;
    const hold = bucket.holdAt(now);
    if (hold > 0) {
      const rejected = waiting.filter(({ request }) => request.timeLeft < hold);
      for (const { leave } of rejected) leave(undefined, new BucketHeldError(hold));
    }
    for (let [first] = waiting; first; [first] = waiting) {
      const delay = bucket.readyAt(now) - now;
      if (delay > 0) {
        // An infinite wait ends with a response, which advances the line itself.
        if (delay < Number.POSITIVE_INFINITY)
          line.timer = setTimeout(() => this.#advance(line), Math.min(Math.ceil(delay), LONGEST_TIMER));
        return;
      }
      first.request.timeLeft -= bucket.heldSince(first.askedAt, now);
      first.leave(bucket.take(now));
    }
  }

  #giveBack(line: Line, places: Map<Line, Place>): void {
    const place = places.get(line);
    if (place) line.bucket.giveBack(place);
    places.delete(line);
    this.#advance(line);
  }

  #settler(places: Map<Line, Place>, sentAt: number): Settle {
    let isSettled = false;
    return (answer = {}) => {
      if (isSettled) return;
      isSettled = true;
      const { bucket } = answer;
      const now = performance.now();
      const lines = bucket === undefined ? [...places.keys()] : bucket === null ? [] : [this.#line(bucket)];
      for (const line of lines)
        line.bucket.count(places.get(line) ?? { sentAt, isCounted: false }, now, answer);
      for (const line of places.keys()) {
        if (lines.includes(line)) this.#advance(line);
        else this.#giveBack(line, places);
      }
      // What was learned may have decided where others are counted.
      for (const [{ request, leave }, line] of this.#undecided)
        if (!this.#linesOf(request).includes(line)) leave();
    };
  }

  #linesOf(request: LimiterRequest): readonly Line[] {
    return request.buckets().map((bucket) => this.#line(bucket));
  }

  #line({ id, limit }: BucketReference): Line {
    const known = this.#lines.get(id);
    if (known) return known;
    if (this.#lines.size >= MANY_BUCKETS) {
      const now = performance.now();
      for (const [name, { bucket, waiting }] of this.#lines) {
        if (waiting.length === 0 && bucket.isIdle(now)) this.#lines.delete(name);
      }
    }
    const line = { bucket: new Bucket(limit), waiting: [] };
    this.#lines.set(id, line);
    return line;
  }
}
