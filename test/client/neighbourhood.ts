import { vi } from 'vitest';
import { countRequests, type RequestCounts } from '../../scripts/bench-client/request-counts.ts';
import { type Limiter, MemoryLimiter, PluralKit, type PluralKitOptions } from '../../src/index.ts';
import { createSandbox } from '../../src/sandbox/create-sandbox.ts';
import { userAgent } from './helpers.ts';
import { simulate, sleep } from './simulation.ts';

/** What became of the calls of all processes. */
export interface Outcome extends Readonly<RequestCounts> {
  /** Milliseconds of simulated time until the last call had its result. */
  readonly duration: number;
  readonly failures: readonly unknown[];
}

/** What a process does, with clients of its own. */
type Work = (
  clientOf: (system?: string, options?: Partial<PluralKitOptions>) => PluralKit,
) => Promise<unknown>[];

export interface Neighbourhood {
  /** Each process has a limiter of its own. */
  readonly processes: readonly Work[];
  /** Milliseconds of a round trip, at least and at most: half of it each way. */
  readonly roundTrip?: readonly [number, number];
  /** Of all that is random. */
  readonly seed?: number;
  /** Whether a request never arrives, by the number of the request of its process, from 0. */
  readonly isLost?: (index: number) => boolean;
  readonly limiter?: () => Limiter;
}

/** Runs processes behind one address against a sandbox with the limits of the real server, in simulated time. */
export async function runNeighbourhood({
  processes,
  roundTrip: [shortest, longest] = [40, 80],
  seed = 1,
  isLost = () => false,
  limiter: makeLimiter = () => new MemoryLimiter(),
}: Neighbourhood): Promise<Outcome> {
  const random = vi.spyOn(Math, 'random').mockImplementation(randomFrom(seed));
  const totals = { requests: 0, rateLimited: 0, rateLimitedLater: 0 };
  const failures: unknown[] = [];
  try {
    const duration = await simulate(async () => {
      const sandbox = createSandbox({ rateLimits: 'server' });
      const start = performance.now();
      const runs = processes.map((work) => {
        const limiter = makeLimiter();
        let sent = 0;
        const count = countRequests(totals);
        const travel = () => sleep((shortest + Math.random() * (longest - shortest)) / 2);
        const fetch = (url: string, init: RequestInit) =>
          count(async () => {
            if (isLost(sent++)) return lost(init.signal);
            await travel();
            const response = await sandbox.fetch(new Request(url, init));
            await travel();
            return response;
          });
        return work(
          (system, options) =>
            new PluralKit({
              token: system === undefined ? undefined : sandbox.tokens[system],
              userAgent,
              fetch,
              limiter,
              ...options,
            }),
        );
      });
      for (const result of await Promise.allSettled(runs.flat()))
        if (result.status === 'rejected') failures.push(result.reason);
      return performance.now() - start;
    });
    return { duration, ...totals, failures };
  } finally {
    random.mockRestore();
  }
}

export function times<Result>(count: number, call: (index: number) => Promise<Result>): Promise<Result>[] {
  return Array.from({ length: count }, (_, index) => call(index));
}

/** Milliseconds that no client can beat: all of the burst that the server passes, then one call each interval. */
export function idealTime(count: number, limit: number): number {
  return ((count - (limit - 1)) * 1000) / limit;
}

function lost(signal: AbortSignal | null | undefined): Promise<never> {
  return new Promise((_, reject) => {
    signal?.addEventListener('abort', () => reject(signal.reason));
  });
}

/** Mulberry32: the same numbers for the same seed. */
export function randomFrom(seed: number): () => number {
  let state = Math.imul(seed, 2654435761);
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let value = Math.imul(state ^ (state >>> 15), 1 | state);
    value = (value + Math.imul(value ^ (value >>> 7), 61 | value)) ^ value;
    return ((value ^ (value >>> 14)) >>> 0) / 2 ** 32;
  };
}
