import { vi } from 'vitest';
import type { BucketReference, Limiter, LimiterRequest } from '../../src/client/limiter.ts';
import { MemoryLimiter } from '../../src/client/memory-limiter.ts';
import type { SimulatedServer } from './servers.ts';

export const reads: BucketReference = { id: 'generic_get', limit: 10 };
export const updates: BucketReference = { id: 'generic_update', limit: 3 };

/** Milliseconds on the way there and back. */
export type Latency = () => { there: number; back: number };

export interface Sent {
  /** Number in the order of asking. */
  number: number;
  sentAt: number;
  arrivedAt: number;
  respondedAt: number;
  passed: boolean;
}

export interface Journey {
  limiter: Limiter;
  server: SimulatedServer;
  latency: Latency;
  bucket: BucketReference;
  /** Other buckets in which the request might have been counted. */
  others?: readonly BucketReference[];
  /** Whether the server tells scope and limits. Default: true */
  tells?: boolean;
}

/** A request that may be counted in some buckets, and wait for ever. */
export function ask(buckets: readonly BucketReference[], signal?: AbortSignal): LimiterRequest {
  return { buckets: () => buckets, signal, timeLeft: Number.POSITIVE_INFINITY };
}

const sleep = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));

/** Sends one request through the limiter to the server; one that is rate limited is sent again until it passes. */
export async function travel(journey: Journey, number: number, log: Sent[]): Promise<void> {
  const { limiter, server, latency, bucket, others = [], tells = true } = journey;
  const request = ask([bucket, ...others]);
  for (;;) {
    const settle = await limiter.acquire(request);
    const { there, back } = latency();
    const sent: Sent = { number, sentAt: performance.now(), arrivedAt: 0, respondedAt: 0, passed: false };
    log.push(sent);
    await sleep(there);
    sent.arrivedAt = performance.now();
    const { passed, retryAfter, ...view } = server.arrive(sent.arrivedAt);
    sent.passed = passed;
    await sleep(back);
    sent.respondedAt = performance.now();
    settle({ ...(tells && { bucket, ...view }), ...(!passed && { retryAfter }) });
    if (passed) return;
  }
}

/** Runs a simulation under a fake clock until it has ended. */
export async function simulate<Result>(run: () => Promise<Result>): Promise<Result> {
  vi.useFakeTimers();
  try {
    let isOver = false;
    const result = run().finally(() => {
      isOver = true;
    });
    result.catch(() => undefined);
    while (!isOver) await vi.advanceTimersToNextTimerAsync();
    return await result;
  } finally {
    vi.useRealTimers();
  }
}

export { sleep };

/** Between nothing and this many milliseconds each way, new for each request. */
export function upTo(milliseconds: number): Latency {
  return () => ({ there: Math.random() * milliseconds, back: Math.random() * milliseconds });
}

/** Sends all at once and tells how long it took. */
export async function sendAtOnce(count: number, journey: Omit<Journey, 'limiter'>) {
  const log: Sent[] = [];
  const limiter = new MemoryLimiter();
  const duration = await simulate(async () => {
    const start = performance.now();
    await Promise.all(
      Array.from({ length: count }, (_, number) => travel({ ...journey, limiter }, number, log)),
    );
    return performance.now() - start;
  });
  return { duration, log, rateLimited: log.filter(({ passed }) => !passed).length };
}

/** The shortest possible time on the server as coded: the burst at once, then one request each interval. */
export function idealDuration(count: number, limit: number): number {
  return (count - (limit - 1)) * (1000 / limit);
}
