import { describe, expect, test, vi } from 'vitest';
import { sleep as sleepUnlessAborted, startDeadline } from '../../src/client/deadline.ts';
import type { LimiterRequest, LimiterResponse } from '../../src/client/limiter.ts';
import {
  AbortedError,
  MemoryLimiter,
  PluralKit,
  type RateLimitEvent,
  type RequestEvent,
  type ResponseEvent,
  TimeoutError,
} from '../../src/index.ts';
import {
  broken,
  fakeClient,
  fakeFetch,
  hang,
  inTurn,
  json,
  rejection,
  tooManyRequests,
  userAgent,
} from './helpers.ts';
import { simulate, sleep } from './simulation.ts';

describe('the timeout', () => {
  test('ends a call that hangs', async () => {
    const { pk, requests } = fakeClient(hang);
    const { error, waited } = await simulate(async () => {
      const start = performance.now();
      const error = await rejection(pk.systems.get('abcde'));
      return { error, waited: performance.now() - start };
    });
    expect(error).toBeInstanceOf(TimeoutError);
    expect(error).toMatchObject({ request: { method: 'GET', path: '/systems/abcde' }, status: null });
    expect(waited).toBe(30_000);
    expect(requests).toHaveLength(1);
  });

  test('ends a call whose fetch knows nothing of signals, or whose body never ends', async () => {
    const responses = [
      () => new Promise<Response>(() => undefined),
      () => new Response(new ReadableStream({ start: () => undefined })),
    ];
    for (const respond of responses) {
      const { pk } = fakeClient(respond, { timeout: 100 });
      expect(await simulate(() => rejection(pk.systems.get('abcde')))).toBeInstanceOf(TimeoutError);
    }
  });

  test('ends a rate-limited call whose body never ends', async () => {
    const { pk } = fakeClient(() => new Response(new ReadableStream(), { status: 429 }), { timeout: 100 });
    const path = { systemRef: 'abcde' };
    const calls = [
      () => pk.systems.get('abcde'),
      () => pk.fetch.GET('/systems/{systemRef}', { params: { path } }),
    ];
    for (const call of calls) expect(await simulate(() => rejection(call()))).toBeInstanceOf(TimeoutError);
  });

  test('counts all attempts and the waits between them', async () => {
    const slow = async () => {
      await sleep(400);
      return broken('ECONNRESET');
    };
    const { pk } = fakeClient(slow, { timeout: 1000, retry: { attempts: 100 } });
    const waited = await simulate(async () => {
      const start = performance.now();
      await rejection(pk.systems.get('abcde'));
      return performance.now() - start;
    });
    expect(waited).toBeLessThanOrEqual(1001);
  });

  test('does not count the wait for one’s turn', async () => {
    const { fetch, requests } = fakeFetch(() => json({}));
    const pk = new PluralKit({ userAgent, fetch, timeout: 1000, limiter: new MemoryLimiter() });
    await simulate(() => Promise.all(Array.from({ length: 40 }, () => pk.systems.get('abcde'))));
    expect(requests).toHaveLength(40);
  });

  test('may be Infinity, and leaves no timer behind', async () => {
    vi.useFakeTimers();
    const { pk } = fakeClient(() => json({}), { timeout: Number.POSITIVE_INFINITY });
    await pk.systems.get('abcde');
    await pk.systems.get('abcde', { timeout: 5000 });
    expect(vi.getTimerCount()).toBe(0);
    vi.useRealTimers();
  });
});

describe('an aborted signal', () => {
  test.each([
    ['before it begins', 0, hang],
    ['on its way', 10, hang],
    ['between attempts', 10, () => broken('ECONNRESET')],
    ['while the bucket is held', 10, () => tooManyRequests(5000)],
  ] as const)('ends a call %s', async (_, delay, respond) => {
    const reason = new Error('not needed any more');
    const { fetch, requests } = fakeFetch(respond);
    const pk = new PluralKit({ userAgent, fetch, limiter: new MemoryLimiter() });
    const { error, waited } = await simulate(async () => {
      const controller = new AbortController();
      if (delay === 0) controller.abort(reason);
      else setTimeout(() => controller.abort(reason), delay);
      const start = performance.now();
      const error = await rejection(pk.systems.get('abcde', { signal: controller.signal }));
      return { error, waited: performance.now() - start };
    });
    expect(error).toBeInstanceOf(AbortedError);
    expect(error).toMatchObject({ cause: reason, request: { method: 'GET', path: '/systems/abcde' } });
    expect(waited).toBe(delay);
    expect(requests).toHaveLength(delay === 0 ? 0 : 1);
  });

  test('that lives long keeps no listeners', async () => {
    const { signal } = new AbortController();
    const added = vi.spyOn(signal, 'addEventListener');
    const removed = vi.spyOn(signal, 'removeEventListener');
    const { fetch } = fakeFetch(
      inTurn(
        () => broken('ECONNRESET'),
        () => json({}),
      ),
    );
    const pk = new PluralKit({ userAgent, fetch, limiter: new MemoryLimiter() });
    await pk.systems.get('abcde', { signal });
    expect(added.mock.calls.length).toBeGreaterThan(0);
    expect(removed.mock.calls.map(([type, listener]) => [type, listener])).toEqual(
      expect.arrayContaining(added.mock.calls.map(([type, listener]) => [type, listener])),
    );
  });
});

describe('what is left of a time', () => {
  test.each([
    ['sleep', (signal: AbortSignal) => sleepUnlessAborted(-5, signal)],
    ['startDeadline', async (signal: AbortSignal) => startDeadline(-5, signal)[3]()],
  ])('may be less than nothing, of which Node.js would warn: %s', async (_, wait) => {
    const start = vi.spyOn(globalThis, 'setTimeout');
    await wait(new AbortController().signal);
    const times = start.mock.calls.map(([, time]) => time);
    vi.restoreAllMocks();
    expect(times).toEqual([0]);
  });
});

describe('events', () => {
  test('tell of each attempt', async () => {
    const events: [string, RequestEvent | ResponseEvent | RateLimitEvent][] = [];
    const { pk } = fakeClient(
      inTurn(
        () => tooManyRequests(100),
        () => broken('ECONNRESET'),
        () => json({}),
      ),
      {
        onRequest: (event) => events.push(['request', event]),
        onResponse: (event) => events.push(['response', event]),
        onRateLimit: (event) => events.push(['rateLimit', event]),
      },
    );
    await simulate(() => pk.switches.list('abcde', { limit: 5 }));
    const where = { method: 'GET', path: '/systems/abcde/switches?limit=5' };
    const rateLimit = { scope: 'generic_get', limit: 10, remaining: 0, reset: 1_790_000_000 };
    expect(events).toEqual([
      ['request', { ...where, attempt: 1, waited: 0 }],
      ['response', { ...where, attempt: 1, waited: 0, status: 429, duration: 0, rateLimit }],
      [
        'rateLimit',
        {
          ...where,
          attempt: 1,
          waited: 0,
          status: 429,
          duration: 0,
          rateLimit,
          retryAfter: 100,
          willRetry: true,
        },
      ],
      ['request', { ...where, attempt: 2, waited: expect.any(Number) }],
      ['request', { ...where, attempt: 3, waited: 0 }],
      ['response', { ...where, attempt: 3, waited: 0, status: 200, duration: 0, rateLimit: {} }],
    ]);
  });

  test('say when a rate-limited call is not sent again', async () => {
    const told: boolean[] = [];
    const onRateLimit = ({ willRetry }: RateLimitEvent) => told.push(willRetry);
    const { pk } = fakeClient(() => tooManyRequests(0), { onRateLimit, retry: { rateLimited: 1 } });
    await rejection(pk.systems.get('abcde'));
    expect(told).toEqual([true, false]);
  });

  test('that throw fail the call, and free its place', async () => {
    const settled: unknown[] = [];
    const limiter = { acquire: async () => () => settled.push(1) };
    const { pk, requests } = fakeClient(() => json({}), {
      limiter,
      onResponse: () => {
        throw new RangeError('a mistake in a listener');
      },
    });
    expect(await rejection(pk.systems.get('abcde'))).toBeInstanceOf(RangeError);
    expect(requests).toHaveLength(1);
    expect(settled.length).toBeGreaterThan(0);
  });
});

describe('a custom limiter', () => {
  test('is asked for each attempt, with the same object, and told the responses', async () => {
    const asked: LimiterRequest[] = [];
    const responses: (LimiterResponse | undefined)[] = [];
    const limiter = {
      async acquire(request: LimiterRequest) {
        asked.push(request);
        let isSettled = false;
        return (respond?: LimiterResponse) => {
          if (!isSettled) responses.push(respond);
          isSettled = true;
        };
      },
    };
    const { pk } = fakeClient(
      inTurn(
        () => tooManyRequests(100),
        () => broken('ECONNRESET'),
        () => json({}),
      ),
      { limiter },
    );
    await simulate(() => pk.systems.get('abcde'));
    const bucket = { id: expect.stringContaining('generic_get'), limit: 10 };
    expect(new Set(asked).size).toBe(1);
    expect(asked[0]?.buckets()).toEqual([bucket]);
    expect(responses).toEqual([{ bucket, limit: 10, remaining: 0, retryAfter: 100 }, {}, { bucket: null }]);
  });

  test('that fails lets the call fail before it is sent', async () => {
    const limiter = { acquire: () => Promise.reject(new Error('the store is down')) };
    const { pk, requests } = fakeClient(() => json({}), { limiter });
    expect(await rejection(pk.systems.get('abcde'))).toMatchObject({
      message: expect.stringContaining('the store is down'),
    });
    expect(requests).toEqual([]);
  });
});
