import { type Bucket, createBucket, type Place } from './bucket.ts';
import { LONGEST_TIMER, unlessAborted } from './deadline.ts';
import {
  BucketHeldError,
  type BucketReference,
  type Limiter,
  type LimiterRequest,
  type Settle,
} from './limiter.ts';

/** How many buckets are kept before idle ones are forgotten: services hold two for each user's token. */
const MANY_BUCKETS = 1000;

/** The requests that wait for a place in one bucket. */
interface Line {
  readonly id: string;
  readonly bucket: Bucket;
  /** In the order in which they go. */
  waiting: Waiting[];
  timer?: ReturnType<typeof setTimeout> | undefined;
}

interface Waiting {
  readonly request: LimiterRequest;
  /** The request's place in line. */
  readonly rank: number;
  /** The places that the request has already. */
  readonly places: Map<Line, Place>;
  /** Ends the wait in this line, with a place or without. */
  readonly go: () => void;
  readonly fail: (error: unknown) => void;
  /** The end of the hold that the request's time has been charged for. */
  heldUntil: number;
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
  #lastPlace = 0;
  #lastSentAt = 0;

  async acquire(request: LimiterRequest): Promise<Settle> {
    const { signal } = request;
    signal?.throwIfAborted();
    // Only a simulated clock goes back. Times of another one mean nothing.
    if (performance.now() < this.#lastSentAt) this.#lines.clear();
    request.place ??= ++this.#lastPlace;
    const rank = request.place;
    const places = new Map<Line, Place>();
    try {
      for (;;) {
        const lines = request.buckets().map((bucket) => this.#line(bucket));
        giveBack(places, lines);
        // Most requests need not wait.
        const next = lines.find(
          (line) =>
            !places.has(line) && (line.waiting.length > 0 || takePlace(line, places, performance.now()) > 0),
        );
        if (!next) break;
        const turn = new Promise<void>((go, fail) =>
          enter(next, { request, rank, places, go, fail, heldUntil: 0 }),
        );
        // Where nobody waits any more, the line's timer must not keep the process from ending.
        await unlessAborted(turn, signal).finally(() => next.waiting.at(-1)?.rank === rank && advance(next));
      }
    } catch (error) {
      giveBack(places);
      throw error;
    }
    const sentAt = performance.now();
    this.#lastSentAt = sentAt;
    for (const [line, place] of places) {
      place.sentAt = sentAt;
      advance(line);
    }
    return (response = {}) => {
      if (places.size === 0) return;
      const { bucket } = response;
      const lines = bucket === undefined ? places.keys() : bucket ? [this.#line(bucket)] : [];
      for (const line of lines) {
        const respondedAt = performance.now();
        const place = places.get(line) ?? line.bucket.take(respondedAt);
        place.sentAt = sentAt;
        line.bucket.count(place, respondedAt, response);
        places.delete(line);
        advance(line);
      }
      giveBack(places);
    };
  }

  #line({ id, limit }: BucketReference): Line {
    const known = this.#lines.get(id);
    if (known) return known;
    if (this.#lines.size >= MANY_BUCKETS) {
      for (const [name, { bucket, waiting }] of this.#lines)
        if (waiting.length === 0 && bucket.isIdle(performance.now())) this.#lines.delete(name);
    }
    const line = { id, bucket: createBucket(limit), waiting: [] };
    this.#lines.set(id, line);
    return line;
  }
}

function enter(line: Line, entry: Waiting): void {
  const { bucket, waiting } = line;
  waiting.splice(waiting.findLastIndex(({ rank }) => rank <= entry.rank) + 1, 0, entry);
  if (waiting[0] === entry || bucket.heldUntil() > performance.now()) advance(line);
}

/** @returns milliseconds until there is a place, where there is none yet */
function takePlace(line: Line, places: Map<Line, Place>, now: number): number {
  const delay = line.bucket.readyAt(now) - now;
  if (delay <= 0) places.set(line, line.bucket.take(now));
  return delay;
}

/** Lets the requests go that may. */
function advance(line: Line): void {
  const { id, bucket } = line;
  if (line.waiting.length === 0) return;
  clearTimeout(line.timer);
  const now = performance.now();
  const heldUntil = bucket.heldUntil();
  line.waiting = line.waiting.filter((entry) => {
    const { request, places, go, fail } = entry;
    request.timeLeft -= Math.max(0, heldUntil - Math.max(now, entry.heldUntil));
    entry.heldUntil = heldUntil;
    if (request.timeLeft < 0) fail(new BucketHeldError(heldUntil - now));
    // What was learned may have decided where it is counted.
    else if (places.size > 0 && !request.buckets().some((expected) => expected.id === id)) go();
    else return !request.signal?.aborted;
    return false;
  });
  for (let [first] = line.waiting; first; [first] = line.waiting) {
    const delay = takePlace(line, first.places, now);
    if (delay > 0) {
      // An infinite wait ends with a response, which advances the line itself. No hold of the server is longer than timers.
      if (delay <= LONGEST_TIMER) line.timer = setTimeout(advance, Math.ceil(delay), line);
      return;
    }
    line.waiting.shift();
    first.go();
  }
}

/** Gives back the places in all lines but these. */
function giveBack(places: Map<Line, Place>, kept: readonly Line[] = []): void {
  for (const [line, place] of places) {
    if (kept.includes(line)) continue;
    places.delete(line);
    line.bucket.giveBack(place);
    advance(line);
  }
}
