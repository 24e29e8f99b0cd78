import fc from 'fast-check';
import { describe, expect, test, vi } from 'vitest';
import { PERIOD, ROOM, SPREAD } from '../../src/client/bucket.ts';
import { MemoryLimiter } from '../../src/client/memory-limiter.ts';
import { rejection } from './helpers.ts';
import { CodedServer, WindowServer } from './servers.ts';
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

describe('the simulated server as coded', () => {
  test('passes 9 reads at once and rate limits the 10th, which spends its place', () => {
    const server = new CodedServer(10);
    const verdicts = Array.from({ length: 10 }, () => server.arrive(0));
    expect(verdicts.map(({ passed }) => passed)).toEqual([...Array(9).fill(true), false]);
    expect(verdicts.map(({ remaining }) => remaining)).toEqual([8, 7, 6, 5, 4, 3, 2, 1, 1, 0]);
    expect(verdicts[9]?.retryAfter).toBe(0);
    expect(server.arrive(100).passed).toBe(false);
    expect(server.arrive(301).passed).toBe(true);
  });

  test('passes 2 updates at once, and one each 334 ms for ever', () => {
    const server = new CodedServer(3);
    expect([server.arrive(0), server.arrive(0), server.arrive(0)].map(({ passed }) => passed)).toEqual([
      true,
      true,
      false,
    ]);
    const steady = new CodedServer(3);
    const verdicts = Array.from({ length: 1000 }, (_, index) => steady.arrive(index * 334));
    expect(verdicts.every(({ passed }) => passed)).toBe(true);
  });
});

describe('the pace', () => {
  test.each([
    { name: '40 reads', count: 40, bucket: reads },
    { name: '12 updates', count: 12, bucket: updates },
    { name: '1,000 reads', count: 1000, bucket: reads },
    { name: '300 updates', count: 300, bucket: updates },
  ])(
    'lets $name at once pass in 1.05 of the ideal time, and none is rate limited',
    async ({ count, bucket }) => {
      for (const latency of [upTo(0), upTo(5), upTo(25)]) {
        const server = new CodedServer(bucket.limit);
        const { duration, rateLimited } = await sendAtOnce(count, { server, bucket, latency });
        expect(rateLimited).toBe(0);
        expect(duration).toBeLessThan(idealDuration(count, bucket.limit) * 1.05);
      }
    },
  );

  test('is not slowed by a slow link, which delays the whole once', async () => {
    const latency: Latency = () => ({ there: 200, back: 200 });
    const { duration, rateLimited } = await sendAtOnce(200, {
      server: new CodedServer(10),
      bucket: reads,
      latency,
    });
    expect(rateLimited).toBe(0);
    expect(duration).toBeLessThan((idealDuration(200, 10) + 2 * 400) * 1.01);
  });

  test('allows the burst at once, and again after a rest', async () => {
    const latency: Latency = () => ({ there: 5, back: 5 });
    const limiter = new MemoryLimiter();
    const journey = { limiter, server: new CodedServer(10), bucket: reads, latency };
    const bursts = await simulate(async () => {
      const durations: number[] = [];
      for (let burst = 0; burst < 3; burst++) {
        const start = performance.now();
        await Promise.all(Array.from({ length: 9 }, (_, number) => travel(journey, number, [])));
        durations.push(performance.now() - start);
        await sleep(1100);
      }
      return durations;
    });
    expect(bursts).toEqual([10, 10, 10]);
  });

  test('gets all through a server that counts by windows, with few requests rate limited', async () => {
    for (const phase of [0, 1, 250, 500, 999]) {
      const server = new WindowServer(10, phase);
      const { duration, rateLimited } = await sendAtOnce(100, { server, bucket: reads, latency: upTo(40) });
      expect(rateLimited).toBeLessThanOrEqual(40);
      expect(duration).toBeLessThan(25_000);
    }
  });
});

test('no request is rate limited as long as delays vary within bounds, whatever the pauses and limits', {
  timeout: 120_000,
}, async () => {
  /** Each request takes the shortest time, and a part of a variation that is at most 250 ms and twice the shortest time. */
  const delays = fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 1, maxLength: 30 });
  await fc.assert(
    fc.asyncProperty(
      fc.record({
        limit: fc.constantFrom(2, 3, 10, 20),
        shortest: fc.integer({ min: 0, max: 1500 }),
        there: delays,
        back: delays,
        /** Milliseconds from one task's beginning to the next one's. */
        pauses: fc.array(fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 1500 })), {
          minLength: 1,
          maxLength: 60,
        }),
        tells: fc.boolean(),
      }),
      async ({ limit, shortest, there, back, pauses, tells }) => {
        const log: Sent[] = [];
        const variation = Math.min(250, 2 * shortest);
        await simulate(async () => {
          let calls = 0;
          const latency: Latency = () => {
            const call = calls++;
            return {
              there: shortest + Math.floor((there[call % there.length] ?? 0) * variation),
              back: (back[call % back.length] ?? 0) * 500,
            };
          };
          const journey = {
            limiter: new MemoryLimiter(),
            server: new CodedServer(limit),
            latency,
            tells,
            bucket: { id: 'any', limit },
          };
          const trips: Promise<void>[] = [];
          for (const [number, pause] of pauses.entries()) {
            if (pause > 0) await sleep(pause);
            trips.push(travel(journey, number, log));
          }
          await Promise.all(trips);
        });
        expect(log.filter(({ passed }) => !passed)).toEqual([]);
        expect(log.map(({ number }) => number)).toEqual(pauses.map((_, number) => number));
      },
    ),
    { numRuns: 200 },
  );
});

test('the limiter serves thousands of calls by many tasks in several buckets, in order and without a rate-limited request', async () => {
  const limiter = new MemoryLimiter();
  const buckets = [
    reads,
    updates,
    { id: 'own_system_get of a', limit: 10 },
    { id: 'own_system_get of b', limit: 10 },
  ];
  const perTask = 20;
  const tasks = 40;
  const logs = buckets.map((): Sent[] => []);
  const duration = await simulate(async () => {
    const start = performance.now();
    await Promise.all(
      buckets.flatMap((bucket, index) => {
        const server = new CodedServer(bucket.limit);
        const journey = { limiter, server, bucket, latency: upTo(80) };
        return Array.from({ length: tasks }, async (_, task) => {
          for (let call = 0; call < perTask; call++) {
            await travel(journey, call * tasks + task, logs[index] ?? []);
            if (Math.random() < 0.1) await sleep(Math.random() * 300);
          }
        });
      }),
    );
    return performance.now() - start;
  });
  for (const log of logs) {
    expect(log).toHaveLength(tasks * perTask);
    expect(log.every(({ passed }) => passed)).toBe(true);
    // No task gets ahead of the others: each has asked again only after its response, and then waited for all the rest.
    const rounds = log.map(({ number }) => Math.floor(number / tasks));
    const lead = rounds.map((round, index) => round - Math.min(...rounds.slice(index)));
    expect(Math.max(...lead)).toBeLessThanOrEqual(2);
  }
  expect(duration).toBeLessThan(idealDuration(tasks * perTask, updates.limit) * 1.05);
});

describe('rate limited requests', () => {
  test('hold the whole bucket for retry_after, and the rate-limited one goes first', async () => {
    const limiter = new MemoryLimiter();
    const order: string[] = [];
    const waited = await simulate(async () => {
      const first = ask([reads]);
      const settle = await limiter.acquire(first);
      const start = performance.now();
      settle({ bucket: reads, retryAfter: 700 });
      const others = ['a', 'b'].map((name) => limiter.acquire(ask([reads])).then(() => order.push(name)));
      const again = limiter.acquire(first).then(() => order.push('first'));
      await again;
      const waited = performance.now() - start;
      await Promise.all(others);
      return waited;
    });
    expect(order).toEqual(['first', 'a', 'b']);
    expect(waited).toBeGreaterThanOrEqual(700);
    // Others have been told the same: a random time more, as long as the share of the bucket is not known.
    const untilRoom = (2 * PERIOD) / reads.limit + ROOM;
    expect(waited).toBeLessThanOrEqual(untilRoom + SPREAD * (reads.limit - 1) + 1);
  });

  test('of which none waits any more leave no timer, which would keep the process from ending', async () => {
    const limiter = new MemoryLimiter();
    vi.useFakeTimers();
    const settle = await limiter.acquire(ask([reads]));
    settle({ bucket: reads, retryAfter: 600_000 });
    const controllers = Array.from({ length: 3 }, () => new AbortController());
    const waits = controllers.map(({ signal }) => rejection(limiter.acquire(ask([reads], signal))));
    for (const index of [1, 0, 2]) controllers[index]?.abort();
    await Promise.all(waits);
    const timers = vi.getTimerCount();
    vi.useRealTimers();
    expect(timers).toBe(0);
  });

  test('wait until there is room again where retry_after is 0', async () => {
    const limiter = new MemoryLimiter();
    const waited = await simulate(async () => {
      const settle = await limiter.acquire(ask([updates]));
      const start = performance.now();
      settle({ bucket: updates, retryAfter: 0 });
      await limiter.acquire(ask([updates]));
      return performance.now() - start;
    });
    // It spent its place: the bucket is full for 667 ms, and then there must be room for those of others.
    expect(waited).toBeGreaterThanOrEqual(667);
    expect(waited).toBeLessThan(2200);
  });

  test('that a neighbour on the same address causes pass later, and soon there are none', async () => {
    const server = new CodedServer(10);
    const limiter = new MemoryLimiter();
    const log: Sent[] = [];
    await simulate(async () => {
      for (let spent = 0; spent < 9; spent++) server.arrive(performance.now());
      const journey = { limiter, server, bucket: reads, latency: () => ({ there: 10, back: 10 }) };
      await Promise.all(Array.from({ length: 30 }, (_, number) => travel(journey, number, log)));
    });
    const rateLimited = log.filter(({ passed }) => !passed);
    expect(rateLimited.length).toBeLessThanOrEqual(9);
    const lastLimited = Math.max(...rateLimited.map(({ arrivedAt }) => arrivedAt));
    expect(lastLimited).toBeLessThan((log[0]?.arrivedAt ?? 0) + 100);
  });
});
