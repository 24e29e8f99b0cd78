import { Bucket } from './bucket.ts';
import type { BucketReference, Limiter, LimiterRequest, Settle } from './limiter.ts';

/** How many buckets are kept before idle ones are forgotten: services hold two for each user's token. */
const MANY_BUCKETS = 1000;

interface Line {
  readonly bucket: Bucket;
  readonly waiting: Waiting[];
  timer?: ReturnType<typeof setTimeout> | undefined;
}

interface Waiting {
  /** Lower goes first. */
  readonly place: number;
  readonly lines: readonly Line[];
  readonly go: (now: number) => void;
}

/**
 * Paces requests within one process. Requests go in the order in which they were asked for, bucket by bucket, and one that
 * was refused goes before all that came later.
 *
 * Clients with different tokens may share one, and should where they share an IP address: the server counts most requests
 * by address, and those to one's own system by system.
 *
 * @example
 * const limiter = new MemoryLimiter();
 * const clients = tokens.map((token) => new PluralKit({ token, userAgent, limiter }));
 */
export class MemoryLimiter implements Limiter {
  readonly #lines = new Map<string, Line>();
  #lastPlace = 0;

  acquire(request: LimiterRequest): Promise<Settle> {
    const { signal } = request;
    const lines = request.buckets.map((bucket) => this.#line(bucket));
    request.place ??= ++this.#lastPlace;
    const { place } = request;
    const now = performance.now();
    // Most requests need not stand in line.
    if (
      !signal?.aborted &&
      lines.every(({ waiting, bucket }) => waiting.length === 0 && bucket.readyAt(now) <= now)
    ) {
      for (const { bucket } of lines) bucket.send();
      return Promise.resolve(this.#settler(lines, now));
    }
    return new Promise((resolve, reject) => {
      const leave = () => {
        signal?.removeEventListener('abort', abort);
        for (const { waiting } of lines) waiting.splice(waiting.indexOf(entry), 1);
      };
      const abort = () => {
        leave();
        reject(signal?.reason);
        this.#advance(lines);
      };
      const go = (sentAt: number) => {
        leave();
        resolve(this.#settler(lines, sentAt));
      };
      const entry: Waiting = { place, lines, go };
      for (const { waiting } of lines) {
        waiting.splice(waiting.findLastIndex((other) => other.place <= place) + 1, 0, entry);
      }
      signal?.addEventListener('abort', abort);
      if (signal?.aborted) abort();
      else this.#advance(lines);
    });
  }

  /** Lets go whoever may. Places are the same in all lines, so the first of all is first in each of its lines. */
  #advance(lines: readonly Line[]): void {
    const open = [...lines];
    for (let line = open.pop(); line; line = open.pop()) {
      clearTimeout(line.timer);
      const first = line.waiting[0];
      if (!first || first.lines.some((other) => other.waiting[0] !== first)) continue;
      const now = performance.now();
      const readyAt = Math.max(...first.lines.map((other) => other.bucket.readyAt(now)));
      if (readyAt > now) {
        // An infinite wait ends with an answer, which advances the line itself.
        if (readyAt < Number.POSITIVE_INFINITY) {
          line.timer = setTimeout(() => this.#advance([line]), Math.ceil(readyAt - now));
        }
        continue;
      }
      for (const { bucket } of first.lines) bucket.send();
      first.go(now);
      open.push(...first.lines);
    }
  }

  #settler(lines: readonly Line[], sentAt: number): Settle {
    let isSettled = false;
    return (answer) => {
      if (isSettled) return;
      isSettled = true;
      const now = performance.now();
      const counted = answer?.bucket ? [this.#line(answer.bucket)] : lines;
      for (const { bucket } of lines) bucket.free();
      for (const { bucket } of counted) bucket.count(sentAt, now, answer);
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
    const line = { bucket: new Bucket(limit), waiting: [] };
    this.#lines.set(id, line);
    return line;
  }
}
