import {
  BucketHeldError,
  type BucketReference,
  type Limiter,
  type LimiterRequest,
  type LimiterResponse,
  type Settle,
} from '../client/limiter.ts';
import { checkOptions, has, is, isInteger, isTime, type OptionChecks } from '../models/check-options.ts';
import { type RedisClient, ScriptRunner } from './connection.ts';
import { LocalShare, type Share } from './local-share.ts';
import { readTake } from './reply.ts';
import { script } from './script.ts';
import { sleep } from './sleep.ts';

/** The most requests that one call of Redis releases. */
const BATCH = 32;
/** Milliseconds between tries to reach Redis again. */
const RETRY = 300;
/** The longest wait in milliseconds before Redis is asked again, as other processes may have made room. */
const LONGEST_WAIT = 1000;
/** How many limits are kept for the time without Redis. */
const MANY_LIMITS = 1000;

/** Options of {@link RedisLimiter}. */
export interface RedisLimiterOptions {
  /**
   * The prefix of all keys. The braces keep them on one node of a cluster.
   *
   * @default '{pluralkit}'
   */
  readonly prefix?: string | undefined;
  /**
   * Milliseconds to wait for Redis before the process continues alone.
   *
   * @default 500
   */
  readonly timeout?: number | undefined;
  /**
   * The assumed number of processes until Redis has counted them.
   *
   * @default 4
   */
  readonly processes?: number | undefined;
}

const checks: OptionChecks<RedisLimiterOptions> = {
  prefix: is.text,
  timeout: isTime(1),
  processes: isInteger(1),
};

interface Waiting {
  readonly request: LimiterRequest;
  readonly place: number;
  readonly go: (settle: Settle) => void;
  readonly fail: (error: unknown) => void;
}

/** Requests that may be counted in the same buckets. */
interface Line {
  readonly key: string;
  buckets: readonly BucketReference[];
  /** In the order in which they go. */
  readonly waiting: Waiting[];
  isRunning: boolean;
  /** The end of the server's `retry_after`, as last known. */
  heldUntil: number;
}

/**
 * Paces the requests of many processes together, through Redis or Valkey: give one to the clients of each process, all with the same
 * database and `prefix`. The buckets are those of `MemoryLimiter`. Nothing in Redis holds a token.
 *
 * While Redis is unavailable, calls continue: each process takes its share of the limits, by the number of processes that
 * Redis last counted. When Redis is back, all wait until each has reconnected, at most three seconds, so that the limits hold.
 *
 * Within a process, requests for the same buckets go in the order in which they were asked for. Processes take turns.
 *
 * @example
 * const limiter = new RedisLimiter(new Redis(process.env.REDIS_URL));
 * const pk = new PluralKit({ token, userAgent, limiter });
 */
export class RedisLimiter implements Limiter {
  readonly #redis: ScriptRunner;
  readonly #prefix: string;
  readonly #process = crypto.randomUUID();
  readonly #lines = new Map<string, Line>();
  /** By bucket, as the server's headers say. */
  readonly #limits = new Map<string, number>();
  #share: Share;
  /** Undefined while Redis is available. */
  #alone: LocalShare | undefined;
  #wasAlone = false;
  #lastPlace = 0;
  #lastTake = 0;

  /** @throws TypeError where the client has no method to send commands, or naming the option that is wrong */
  constructor(client: RedisClient, options: RedisLimiterOptions = {}) {
    if (!has('call')(client) && !has('sendCommand')(client))
      throw new TypeError('The client must be one of Redis: it needs a method call or sendCommand');
    checkOptions(options, checks);
    const { prefix = '{pluralkit}', timeout = 500, processes = 4 } = options;
    this.#redis = new ScriptRunner(client, script, timeout);
    this.#prefix = prefix;
    const rank = Math.floor(Math.random() * processes);
    this.#share = { processes, rank, clockOffset: performance.timeOrigin };
  }

  async acquire(request: LimiterRequest): Promise<Settle> {
    const { signal } = request;
    signal?.throwIfAborted();
    request.place ??= ++this.#lastPlace;
    const { place } = request;
    return new Promise((resolve, reject) => {
      const end = () => signal?.removeEventListener('abort', abort);
      const fail = (error: unknown) => {
        end();
        reject(error);
      };
      const abort = () => {
        for (const { waiting } of this.#lines.values()) {
          const index = waiting.indexOf(entry);
          if (index >= 0) waiting.splice(index, 1);
        }
        fail(signal?.reason);
      };
      const go = (settle: Settle) => {
        end();
        resolve(settle);
      };
      const entry: Waiting = { request, place, go, fail };
      signal?.addEventListener('abort', abort);
      this.#queue(entry);
    });
  }

  #queue(entry: Waiting): void {
    const buckets = entry.request.buckets();
    const key = keyOf(buckets);
    const line = this.#lines.get(key) ?? { key, buckets, waiting: [], isRunning: false, heldUntil: 0 };
    this.#lines.set(key, line);
    const hold = line.heldUntil - performance.now();
    if (entry.request.timeLeft < hold) {
      entry.fail(new BucketHeldError(hold));
      return;
    }
    line.waiting.splice(line.waiting.findLastIndex(({ place }) => place <= entry.place) + 1, 0, entry);
    if (!line.isRunning) void this.#run(line);
  }

  /** Releases requests one by one, until none waits. */
  async #run(line: Line): Promise<void> {
    line.isRunning = true;
    // Requests of the same turn share a call.
    await undefined;
    while (line.waiting.length > 0) {
      this.#moveOn(line);
      if (line.waiting.length === 0) break;
      line.buckets = line.buckets.map(({ id, limit }) => ({ id, limit: this.#limits.get(id) ?? limit }));
      const wait = this.#alone ? this.#letGoAlone(line, this.#alone) : await this.#letGo(line);
      if (wait > 0 && line.waiting.length > 0) await sleep(Math.min(wait, LONGEST_WAIT));
    }
    line.isRunning = false;
    this.#lines.delete(line.key);
  }

  /** Requests change lines when a response shows where they are counted. */
  #moveOn(line: Line): void {
    for (let entry = line.waiting[0]; entry; entry = line.waiting[0]) {
      if (keyOf(entry.request.buckets()) === line.key) return;
      line.waiting.shift();
      this.#queue(entry);
    }
  }

  /** @returns milliseconds to wait for the next turn */
  async #letGo(line: Line): Promise<number> {
    const { buckets, waiting } = line;
    const count = Math.min(waiting.length, BATCH);
    const id = `${this.#process}:${++this.#lastTake}`;
    const keys = ['processes', 'quiet', ...buckets.map((bucket) => bucket.id)];
    const limit = Math.min(...buckets.map((bucket) => bucket.limit));
    const rejoins = this.#wasAlone ? '1' : '0';
    const args = ['take', `${count}`, `${limit}`, `${Math.random()}`, this.#process, rejoins, id];
    try {
      const reply = await this.#redis.run(this.#names(keys), args);
      const { granted, wait, hold, now, processes, rank } = readTake(reply);
      this.#wasAlone = false;
      this.#share = { processes, rank, clockOffset: now - performance.now() };
      for (let index = 1; index <= granted; index++) {
        const settle = this.#settler(buckets, `${id}:${index}`, now);
        const entry = waiting.shift();
        // The request that asked may have been aborted meanwhile.
        if (entry) entry.go(settle);
        else settle({ bucket: null });
      }
      this.#rejectHeld(line, hold);
      // With jitter, so that each process gets its turn.
      return wait > 0 ? wait + (Math.random() * 500) / limit : 0;
    } catch {
      this.#goAlone();
      return 0;
    }
  }

  /** @returns milliseconds to wait for the next */
  #letGoAlone(line: Line, share: LocalShare): number {
    const { buckets, waiting } = line;
    const now = performance.now();
    this.#rejectHeld(line, share.holdOf(buckets, now));
    const wait = share.waitFor(buckets, now);
    if (wait > 0) return wait;
    share.take(buckets, now);
    waiting.shift()?.go((response = {}) => {
      this.#learn(response);
      share.settle(response.bucket ? [response.bucket] : buckets, response, performance.now());
    });
    return 0;
  }

  /** Rejects requests whose time is shorter than the server's `retry_after`, and counts the time for the others. */
  #rejectHeld(line: Line, hold: number): void {
    line.heldUntil = performance.now() + hold;
    if (hold <= 0) return;
    for (const entry of [...line.waiting]) {
      const { request, fail } = entry;
      if (request.timeLeft >= hold) {
        request.timeLeft -= Math.min(hold, LONGEST_WAIT);
        continue;
      }
      line.waiting.splice(line.waiting.indexOf(entry), 1);
      fail(new BucketHeldError(hold));
    }
  }

  #settler(buckets: readonly BucketReference[], id: string, sentAt: number): Settle {
    let isSettled = false;
    return (response = {}) => {
      if (isSettled) return;
      isSettled = true;
      this.#learn(response);
      const { bucket, limit, remaining, retryAfter } = response;
      const others = bucket && !buckets.some((taken) => taken.id === bucket.id) ? [bucket] : [];
      const all = [...buckets, ...others];
      const isCounted = (one: BucketReference) => bucket === undefined || one.id === bucket?.id;
      const told = [limit, remaining, retryAfter].map((value) => (value === undefined ? '' : `${value}`));
      const known = Math.min(...all.map((one) => one.limit));
      const args = [
        ...['settle', id, `${sentAt}`, `${Math.random()}`, `${buckets.length}`],
        ...all.map((one) => (isCounted(one) ? '1' : '0')),
        ...[`${known}`, ...told],
      ];
      // If this fails, Redis assumes after a while that the request has arrived.
      this.#redis.run(this.#names(all.map((one) => one.id)), args).catch(() => undefined);
    };
  }

  #learn({ bucket, limit }: LimiterResponse): void {
    if (!bucket || limit === undefined || limit < 1) return;
    if (this.#limits.size >= MANY_LIMITS) this.#limits.clear();
    this.#limits.set(bucket.id, limit);
  }

  #goAlone(): void {
    if (this.#alone) return;
    this.#alone = new LocalShare(this.#share, performance.now());
    void this.#findRedis();
  }

  async #findRedis(): Promise<void> {
    for (let isThere = false; !isThere; ) {
      // Calls that wait have timers of their own; without any, the process may end.
      await sleep(RETRY, false);
      isThere = await this.#redis.ping().then(
        () => true,
        () => false,
      );
    }
    this.#wasAlone = true;
    this.#alone = undefined;
  }

  #names(names: readonly string[]): string[] {
    return names.map((name) => `${this.#prefix}:${name}`);
  }
}

function keyOf(buckets: readonly BucketReference[]): string {
  return buckets
    .map(({ id }) => id)
    .sort()
    .join('\n');
}
