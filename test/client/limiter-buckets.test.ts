import { describe, expect, test } from 'vitest';
import type { BucketReference, LimiterResponse } from '../../src/client/limiter.ts';
import { MemoryLimiter } from '../../src/client/memory-limiter.ts';
import { CodedServer } from './servers.ts';
import {
  ask,
  idealDuration,
  type Latency,
  reads,
  type Sent,
  sendAtOnce,
  simulate,
  sleep,
  travel,
  updates,
  upTo,
} from './simulation.ts';

describe('the limit of a bucket', () => {
  test('is followed from the first response where the server has a lower one', async () => {
    const server = new CodedServer(5);
    const journey = { server, latency: upTo(10), bucket: reads, limiter: new MemoryLimiter() };
    const log: Sent[] = [];
    await simulate(async () => {
      await travel(journey, 0, log);
      await Promise.all(Array.from({ length: 30 }, (_, number) => travel(journey, number + 1, log)));
    });
    expect(log.filter(({ passed }) => !passed)).toEqual([]);
  });

  test('is used where the server has a higher one', async () => {
    const { duration, rateLimited } = await sendAtOnce(200, {
      server: new CodedServer(50),
      bucket: reads,
      latency: upTo(5),
    });
    expect(rateLimited).toBe(0);
    expect(duration).toBeLessThan(idealDuration(200, 50) * 1.2);
  });

  test.each([0, Number.NaN, -3])('is unchanged where the server names %s', async (limit) => {
    const limiter = new MemoryLimiter();
    const waited = await simulate(async () => {
      const settle = await limiter.acquire(ask([reads]));
      const start = performance.now();
      settle({ bucket: reads, limit });
      await limiter.acquire(ask([reads]));
      return performance.now() - start;
    });
    expect(waited).toBe(0);
  });

  test('few requests left, because someone else spends too, slow down before a rate-limited request', async () => {
    const server = new CodedServer(10);
    const journey = {
      server,
      latency: () => ({ there: 1, back: 1 }),
      bucket: reads,
      limiter: new MemoryLimiter(),
    };
    const log: Sent[] = [];
    await simulate(async () => {
      for (let spent = 0; spent < 6; spent++) server.arrive(performance.now());
      await travel(journey, 0, log);
      await Promise.all(Array.from({ length: 30 }, (_, number) => travel(journey, number + 1, log)));
    });
    expect(log.filter(({ passed }) => !passed)).toEqual([]);
  });
});

describe('requests that may be counted in one bucket or another', () => {
  const message: BucketReference = { id: 'message', limit: 10 };

  test.each([
    { counted: reads, other: message },
    { counted: message, other: reads },
  ])('leave the other bucket full once $counted.id is known', async ({ counted, other }) => {
    const limiter = new MemoryLimiter();
    const server = new CodedServer(10);
    const otherServer = new CodedServer(10);
    const log: Sent[] = [];
    const waited = await simulate(async () => {
      const latency: Latency = () => ({ there: 1, back: 1 });
      const journey = { limiter, server, latency, bucket: counted, others: [other] };
      await Promise.all(Array.from({ length: 9 }, (_, number) => travel(journey, number, log)));
      const start = performance.now();
      const straight = { limiter, server: otherServer, latency, bucket: other };
      await Promise.all(Array.from({ length: 9 }, (_, number) => travel(straight, number, log)));
      return performance.now() - start;
    });
    expect(waited).toBe(2);
    expect(log.every(({ passed }) => passed)).toBe(true);
  });

  test('spend from all of them while nothing is known', async () => {
    const limiter = new MemoryLimiter();
    const waits = await simulate(async () => {
      const latency: Latency = () => ({ there: 1, back: 1 });
      const journey = {
        limiter,
        server: new CodedServer(10),
        latency,
        bucket: reads,
        others: [message],
        tells: false,
      };
      await Promise.all(Array.from({ length: 9 }, (_, number) => travel(journey, number, [])));
      const start = performance.now();
      await limiter.acquire(ask([message]));
      return performance.now() - start;
    });
    expect(waits).toBeGreaterThan(90);
  });

  test('are counted in a bucket that nobody expected', async () => {
    const limiter = new MemoryLimiter();
    const surprise: BucketReference = { id: 'surprise', limit: 3 };
    const waited = await simulate(async () => {
      const responses = Array.from({ length: 2 }, async () => {
        const settle = await limiter.acquire(ask([reads]));
        settle({ bucket: surprise, limit: 3, remaining: 1 });
      });
      await Promise.all(responses);
      const start = performance.now();
      await limiter.acquire(ask([surprise]));
      return performance.now() - start;
    });
    expect(waited).toBeGreaterThan(300);
  });

  test('do not stop those behind them', async () => {
    const limiter = new MemoryLimiter();
    const order: string[] = [];
    await simulate(async () => {
      const settle = await limiter.acquire(ask([message]));
      settle({ bucket: message, retryAfter: 500 });
      await Promise.all([
        limiter.acquire(ask([reads, message])).then(() => order.push('both')),
        limiter.acquire(ask([reads])).then(() => order.push('reads')),
        limiter.acquire(ask([updates])).then(() => order.push('updates')),
      ]);
    });
    expect(order.at(-1)).toBe('both');
  });
});

describe('aborting', () => {
  test('frees the place of a request that waits', async () => {
    const limiter = new MemoryLimiter();
    const controller = new AbortController();
    const { reason, waited } = await simulate(async () => {
      for (let call = 0; call < 9; call++) (await limiter.acquire(ask([reads])))();
      const start = performance.now();
      const aborted = Array.from({ length: 50 }, () =>
        limiter.acquire(ask([reads], controller.signal)).catch((error: unknown) => error),
      );
      const next = limiter.acquire(ask([reads]));
      controller.abort(new Error('enough'));
      await next;
      return { reason: await aborted[0], waited: performance.now() - start };
    });
    expect(reason).toEqual(new Error('enough'));
    expect(waited).toBeLessThan(120);
  });

  test('before a request asks for a place rejects at once and takes none', async () => {
    const limiter = new MemoryLimiter();
    const signal = AbortSignal.abort();
    const waited = await simulate(async () => {
      for (let call = 0; call < 100; call++) {
        await expect(limiter.acquire(ask([reads], signal))).rejects.toThrow('aborted');
      }
      const start = performance.now();
      await Promise.all(Array.from({ length: 9 }, () => limiter.acquire(ask([reads]))));
      return performance.now() - start;
    });
    expect(waited).toBe(0);
  });
});

test.each([0.9995, 1.0005])(
  'clocks that run apart rate limit nothing, however long it goes on (× %s)',
  async (speed) => {
    const real = new CodedServer(10);
    const server = { arrive: (now: number) => real.arrive(now * speed) };
    const { rateLimited } = await sendAtOnce(3000, { server, bucket: reads, latency: upTo(10) });
    expect(rateLimited).toBe(0);
  },
);

test('a place is settled once, also after repeated calls', async () => {
  const limiter = new MemoryLimiter();
  const waited = await simulate(async () => {
    const response: LimiterResponse = { bucket: reads, limit: 10, remaining: 9 };
    const settle = await limiter.acquire(ask([reads]));
    for (let call = 0; call < 20; call++) settle(response);
    const start = performance.now();
    await limiter.acquire(ask([reads]));
    return performance.now() - start;
  });
  expect(waited).toBe(0);
});

test('idle buckets are forgotten, busy ones are not', async () => {
  const limiter = new MemoryLimiter();
  const waited = await simulate(async () => {
    const settle = await limiter.acquire(ask([reads]));
    settle({ bucket: reads, retryAfter: 60_000 });
    const start = performance.now();
    for (let owner = 0; owner < 3000; owner++) {
      (await limiter.acquire(ask([{ id: `own_system_get of ${owner}`, limit: 10 }])))();
      if (owner % 1000 === 0) await sleep(5000);
    }
    await limiter.acquire(ask([reads]));
    return performance.now() - start;
  });
  expect(waited).toBeGreaterThanOrEqual(60_000);
});
