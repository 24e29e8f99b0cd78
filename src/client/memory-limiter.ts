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
  readonly id: string;
  readonly bucket: Bucket;
  /** In the order in which they go. */
  readonly waiting: Waiting[];
  timer?: ReturnType<typeof setTimeout> | undefined;
}

interface Waiting {
  readonly request: LimiterRequest;
  readonly place: number;
  readonly askedAt: number;
  lines: readonly Line[];
  readonly go: (settle: Settle) => void;
  readonly fail: (error: unknown) => void;
}

/**
 * Paces requests within one process. Requests go in the order in which they were asked for, bucket by bucket, and one that
 * was rate limited goes before all that came later.
 *
 * All clients of a process share one, since the server counts most requests by IP address, whatever the token: give one of
 * your own to set clients apart, in tests or where they use different addresses.
 *
 * @example
 * const pk = new PluralKit({ token, userAgent, limiter: new MemoryLimiter() });
 */
export class MemoryLimiter implements Limiter {
  readonly #lines = new Map<string, Line>();
  /** Lines in which someone waits for a place in another line too: what is learned elsewhere may free them. */
  readonly #passedOver = new Set<Line>();
  #lastPlace = 0;

  async acquire(request: LimiterRequest): Promise<Settle> {
    const { signal } = request;
    signal?.throwIfAborted();
    request.place ??= ++this.#lastPlace;
    const { place } = request;
    const askedAt = performance.now();
    const lines = request.buckets().map((bucket) => this.#line(bucket));
    // Most requests need not stand in line.
    if (lines.every(({ waiting, bucket }) => waiting.length === 0 && bucket.readyAt(askedAt) <= askedAt))
      return this.#send(lines, askedAt);
    return new Promise((resolve, reject) => {
      const end = () => {
        signal?.removeEventListener('abort', abort);
        for (const line of entry.lines) leave(line, entry);
      };
      const fail = (error: unknown) => {
        end();
        reject(error);
      };
      const abort = () => {
        fail(signal?.reason);
        this.#advance(entry.lines);
      };
      const go = (settle: Settle) => {
        end();
        resolve(settle);
      };
      const entry: Waiting = { request, place, askedAt, lines, go, fail };
      signal?.addEventListener('abort', abort);
      for (const { waiting } of lines)
        waiting.splice(waiting.findLastIndex((other) => other.place <= place) + 1, 0, entry);
      this.#advance(lines);
    });
  }

  /** Lets go whoever may. */
  #advance(lines: readonly Line[]): void {
    const open = new Set([...lines, ...this.#passedOver]);
    for (const line of open) {
      open.delete(line);
      this.#passedOver.delete(line);
      clearTimeout(line.timer);
      const now = performance.now();
      for (const { lines: left } of rejectHeld(line, now))
        for (const other of left) if (other !== line) open.add(other);
      for (let ahead = 0; ahead < line.waiting.length; ) {
        const entry = line.waiting[ahead];
        if (!entry) break;
        const readyAt = line.bucket.readyAt(now, ahead);
        if (readyAt > now) {
          // An infinite wait ends with a response, which advances the line itself.
          if (readyAt < Number.POSITIVE_INFINITY) {
            const delay = Math.min(Math.ceil(readyAt - now), LONGEST_TIMER);
            line.timer = setTimeout(() => this.#advance([line]), delay);
          }
          break;
        }
        const left = this.#narrow(entry);
        if (left.length > 0)
          for (const other of [...left, ...entry.lines]) if (other !== line) open.add(other);
        if (left.includes(line)) continue;
        if (entry.lines.every((other) => other.bucket.readyAt(now, other.waiting.indexOf(entry)) <= now)) {
          const { lines: taken, request, askedAt } = entry;
          request.timeLeft -= Math.max(...taken.map(({ bucket }) => bucket.heldSince(askedAt, now)));
          entry.go(this.#send(taken, now));
          for (const other of taken) if (other !== line) open.add(other);
        } else {
          // Those behind it may go first, as long as a place is kept for it.
          ahead++;
          this.#passedOver.add(line);
        }
      }
    }
  }

  /** Takes a request out of the lines of buckets in which it is no longer expected. */
  #narrow(entry: Waiting): readonly Line[] {
    if (entry.lines.length === 1) return [];
    const ids = new Set(entry.request.buckets().map(({ id }) => id));
    const kept = entry.lines.filter(({ id }) => ids.has(id));
    if (kept.length === 0 || kept.length === entry.lines.length) return [];
    const left = entry.lines.filter((line) => !kept.includes(line));
    for (const line of left) leave(line, entry);
    entry.lines = kept;
    return left;
  }

  #send(lines: readonly Line[], sentAt: number): Settle {
    const places = lines.map((line): [Line, Place] => [line, line.bucket.take(sentAt)]);
    let isSettled = false;
    return (answer = {}) => {
      if (isSettled) return;
      isSettled = true;
      const now = performance.now();
      const { bucket } = answer;
      const counted = bucket ? [this.#line(bucket)] : bucket === null ? [] : lines;
      for (const [line, place] of places) if (!counted.includes(line)) line.bucket.giveBack(place);
      for (const line of counted) {
        const [, place] = places.find(([taken]) => taken === line) ?? [line, { sentAt, isCounted: false }];
        line.bucket.count(place, now, answer);
      }
      this.#advance([...lines, ...counted]);
    };
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
    const line = { id, bucket: new Bucket(limit), waiting: [] };
    this.#lines.set(id, line);
    return line;
  }
}

function leave({ waiting }: Line, entry: Waiting): void {
  const index = waiting.indexOf(entry);
  if (index >= 0) waiting.splice(index, 1);
}

/** Rejects those who may not wait for as long as the server wants to be left alone. */
function rejectHeld({ bucket, waiting }: Line, now: number): readonly Waiting[] {
  const hold = bucket.holdAt(now);
  const rejected = hold > 0 ? waiting.filter(({ request }) => request.timeLeft < hold) : [];
  for (const { fail } of rejected) fail(new BucketHeldError(hold));
  return rejected;
}
