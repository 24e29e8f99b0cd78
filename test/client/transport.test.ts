import { describe, expect, test, vi } from 'vitest';
import type { LimiterAnswer, LimiterRequest } from '../../src/client/limiter.ts';
import {
  AbortedError,
  MemoryLimiter,
  NetworkError,
  PluralKit,
  type RateLimitEvent,
  RateLimitedError,
  type RequestEvent,
  type ResponseEvent,
  ServerError,
  TimeoutError,
} from '../../src/index.ts';
import { fakeClient, fakeFetch, hang, json, rejection, userAgent } from './helpers.ts';
import { simulate, sleep } from './simulation.ts';

const refusal = (retryAfter: number) =>
  json({ message: '429: too many requests', retry_after: retryAfter, scope: 'generic_get', code: 0 }, 429, {
    'X-RateLimit-Scope': 'generic_get',
    'X-RateLimit-Limit': '10',
    'X-RateLimit-Remaining': '0',
    'X-RateLimit-Reset': '1790000000',
  });

const broken = (code: string) =>
  Promise.reject(new TypeError('fetch failed', { cause: Object.assign(new Error(code), { code }) }));

/** Responses in turn, and then always as the last one. */
function inTurn(...answers: (() => Response | Promise<Response>)[]) {
  return (_: unknown, index: number) => (answers[index] ?? answers.at(-1) ?? (() => json({})))();
}

describe('retries', () => {
  test.each([502, 503, 504])('a GET that gets %i is tried three times', async (status) => {
    const { pk, requests } = fakeClient(() => new Response('', { status }));
    const error = await simulate(() => rejection(pk.systems.get('abcde')));
    expect(error).toMatchObject({ name: 'ServerError', status });
    expect(requests).toHaveLength(3);
  });

  test('end with the first success', async () => {
    const { pk, requests } = fakeClient(
      inTurn(
        () => broken('ECONNRESET'),
        () => new Response('', { status: 503 }),
        () => json({ id: 'abcde' }),
      ),
    );
    expect(await simulate(() => pk.systems.get('abcde'))).toEqual({ id: 'abcde' });
    expect(requests).toHaveLength(3);
  });

  test('come after a broken body, too', async () => {
    const cut = () =>
      new Response(
        new ReadableStream({
          start: (controller) => {
            controller.enqueue(new TextEncoder().encode('{"id":'));
            controller.error(new TypeError('terminated'));
          },
        }),
      );
    const { pk, requests } = fakeClient(inTurn(cut, () => json({ id: 'abcde' })));
    expect(await simulate(() => pk.systems.get('abcde'))).toEqual({ id: 'abcde' });
    expect(requests).toHaveLength(2);
  });

  test.each([400, 401, 403, 404, 500, 501])('do not follow %i', async (status) => {
    const { pk, requests } = fakeClient(() => json({ message: 'x', code: 0 }, status));
    await rejection(pk.systems.get('abcde'));
    expect(requests).toHaveLength(1);
  });

  test.each(['ECONNRESET', 'UND_ERR_SOCKET', 'EPIPE', ''])(
    'do not follow %j where a change may have been made',
    async (code) => {
      const { pk, requests } = fakeClient(() => broken(code));
      const error = await rejection(pk.members.update('abcde', { name: 'x' }));
      expect(error).toBeInstanceOf(NetworkError);
      expect(requests).toHaveLength(1);
    },
  );

  test.each([502, 503, 504])('do not follow %i where a change may have been made', async (status) => {
    const { pk, requests } = fakeClient(() => new Response('', { status }));
    expect(await rejection(pk.switches.create('@me', { members: [] }))).toBeInstanceOf(ServerError);
    expect(requests).toHaveLength(1);
  });

  test.each(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'UND_ERR_CONNECT_TIMEOUT'])(
    'of changes follow %s: the server has seen nothing',
    async (code) => {
      const { pk, requests } = fakeClient(
        inTurn(
          () => broken(code),
          () => json({ id: 'abcde' }),
        ),
      );
      const result = await simulate(() => pk.members.update('abcde', { name: 'x' }));
      expect(result).toEqual({ id: 'abcde' });
      expect(requests.map(({ body }) => body)).toEqual([{ name: 'x' }, { name: 'x' }]);
    },
  );

  test('of changes follow what Deno tells of no connection, in words alone', async () => {
    const words = 'error sending request for url (http://x/): client error (Connect): tcp connect error';
    const { pk, requests } = fakeClient(
      inTurn(
        () => Promise.reject(new TypeError('fetch failed', { cause: new Error(words) })),
        () => json({ id: 'abcde' }),
      ),
    );
    await simulate(() => pk.members.update('abcde', { name: 'x' }));
    expect(requests).toHaveLength(2);
  });

  test('wait longer each time, and not the same for all', async () => {
    const waits: number[][] = [];
    for (let run = 0; run < 30; run++) {
      const times: number[] = [];
      const answer = () => {
        times.push(performance.now());
        return broken('ECONNRESET');
      };
      const { pk } = fakeClient(answer, { retry: { attempts: 4 } });
      await simulate(() => rejection(pk.systems.get('abcde')));
      waits.push(times.slice(1).map((time, index) => time - (times[index] ?? 0)));
    }
    for (const [index, longest] of [250, 500, 1000].entries()) {
      const column = waits.map((row) => row[index] ?? Number.NaN);
      expect(Math.min(...column)).toBeGreaterThanOrEqual(longest / 2 - 1);
      expect(Math.max(...column)).toBeLessThanOrEqual(longest + 1);
      expect(new Set(column).size).toBeGreaterThan(5);
    }
  });

  test('wait as long as a proxy asks', async () => {
    const { pk } = fakeClient(
      inTurn(
        () => new Response('', { status: 503, headers: { 'Retry-After': '7' } }),
        () => json({}),
      ),
    );
    const waited = await simulate(async () => {
      const start = performance.now();
      await pk.systems.get('abcde');
      return performance.now() - start;
    });
    expect(waited).toBeGreaterThanOrEqual(7000);
    expect(waited).toBeLessThan(7100);
  });

  test.each([
    ['the client', { retry: false } as const, {}],
    ['the call', {}, { retry: false } as const],
  ])('can be turned off for %s', async (_, options, callOptions) => {
    const { pk, requests } = fakeClient(() => broken('ECONNRESET'), options);
    await rejection(pk.systems.get('abcde', callOptions));
    expect(requests).toHaveLength(1);
  });
});

describe('refusals', () => {
  test('are waited for, also of changes, without spending attempts', async () => {
    const { pk, requests } = fakeClient(
      inTurn(
        () => refusal(100),
        () => refusal(0),
        () => refusal(50),
        () => json({ id: 'abcde' }),
      ),
      { retry: { attempts: 1 } },
    );
    expect(await simulate(() => pk.members.update('abcde', { name: 'x' }))).toEqual({ id: 'abcde' });
    expect(requests).toHaveLength(4);
  });

  test('are told when they go on and on', async () => {
    const { pk, requests } = fakeClient(() => refusal(250));
    const { error, waited } = await simulate(async () => {
      const start = performance.now();
      const error = await rejection(pk.systems.get('abcde'));
      return { error, waited: performance.now() - start };
    });
    expect(error).toBeInstanceOf(RateLimitedError);
    expect(error).toMatchObject({ retryAfter: 250, codeName: 'RateLimitError', status: 429 });
    // As long as the call may take, and ever more rarely, even where the limiter does not wait.
    expect(waited).toBeGreaterThan(20_000);
    expect(waited).toBeLessThanOrEqual(30_000);
    expect(requests.length).toBeLessThan(15);
  });

  test('hold all that go to the same bucket, and only them', async () => {
    const { fetch, requests } = fakeFetch(
      inTurn(
        () => refusal(2000),
        () => json({}),
      ),
    );
    const pk = new PluralKit({ userAgent, fetch, limiter: new MemoryLimiter() });
    const { first, second, update } = await simulate(async () => {
      const start = performance.now();
      const time = async (promise: Promise<unknown>) => {
        await promise;
        return performance.now() - start;
      };
      const first = time(pk.systems.get('abcde'));
      await sleep(10);
      const second = time(pk.systems.get('abcdf'));
      const update = time(pk.members.create({ name: 'x' }));
      return { first: await first, second: await second, update: await update };
    });
    expect(first).toBeGreaterThanOrEqual(2000);
    expect(second).toBeGreaterThanOrEqual(first);
    expect(update).toBeLessThan(50);
    expect(requests.map(({ path }) => path)).toEqual([
      '/systems/abcde',
      '/members',
      '/systems/abcde',
      '/systems/abcdf',
    ]);
  });

  test('by a proxy, without a body of the API, are waited for by its header', async () => {
    const { fetch } = fakeFetch(
      inTurn(
        () => new Response('slow down', { status: 429, headers: { 'Retry-After': '3' } }),
        () => json({}),
      ),
    );
    const pk = new PluralKit({ userAgent, fetch, limiter: new MemoryLimiter() });
    const waited = await simulate(async () => {
      const start = performance.now();
      await pk.systems.get('abcde');
      return performance.now() - start;
    });
    expect(waited).toBeGreaterThanOrEqual(3000);
    expect(waited).toBeLessThan(3000 + 5000);
  });

  test('longer than the call may take are not waited for', async () => {
    const { pk, requests } = fakeClient(() => refusal(60_000), { timeout: 5000 });
    expect(await simulate(() => rejection(pk.systems.get('abcde')))).toMatchObject({ retryAfter: 60_000 });
    expect(requests).toHaveLength(1);
  });
});

describe('timeout', () => {
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

  test('ends one whose fetch knows nothing of signals, or whose body never ends', async () => {
    const answers = [
      () => new Promise<Response>(() => undefined),
      () => new Response(new ReadableStream({ start: () => undefined })),
    ];
    for (const answer of answers) {
      const { pk } = fakeClient(answer, { timeout: 100 });
      expect(await simulate(() => rejection(pk.systems.get('abcde')))).toBeInstanceOf(TimeoutError);
    }
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

describe('aborting', () => {
  test.each([
    ['before it begins', 0, hang],
    ['on its way', 10, hang],
    ['between attempts', 10, () => broken('ECONNRESET')],
    ['while the bucket is held', 10, () => refusal(5000)],
  ] as const)('a call %s', async (_, delay, answer) => {
    const reason = new Error('not needed any more');
    const { fetch, requests } = fakeFetch(answer);
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

  test('leaves no listeners on a signal that lives long', async () => {
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

describe('events', () => {
  test('tell of each attempt', async () => {
    const events: [string, RequestEvent | ResponseEvent | RateLimitEvent][] = [];
    const { pk } = fakeClient(
      inTurn(
        () => refusal(100),
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
    const { pk } = fakeClient(() => refusal(0), { onRateLimit, retry: { refusals: 1 } });
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
    const answers: (LimiterAnswer | undefined)[] = [];
    const limiter = {
      async acquire(request: LimiterRequest) {
        asked.push(request);
        let isSettled = false;
        return (answer?: LimiterAnswer) => {
          if (!isSettled) answers.push(answer);
          isSettled = true;
        };
      },
    };
    const { pk } = fakeClient(
      inTurn(
        () => refusal(100),
        () => broken('ECONNRESET'),
        () => json({}),
      ),
      { limiter },
    );
    await simulate(() => pk.systems.get('abcde'));
    const bucket = { id: expect.stringContaining('generic_get'), limit: 10 };
    expect(new Set(asked).size).toBe(1);
    expect(asked[0]?.buckets()).toEqual([bucket]);
    expect(answers).toEqual([{ bucket, limit: 10, remaining: 0, retryAfter: 100 }, {}, { bucket: null }]);
  });

  test('that fails, fails the call before it is sent', async () => {
    const limiter = { acquire: () => Promise.reject(new Error('the store is down')) };
    const { pk, requests } = fakeClient(() => json({}), { limiter });
    expect(await rejection(pk.systems.get('abcde'))).toMatchObject({
      message: expect.stringContaining('the store is down'),
    });
    expect(requests).toEqual([]);
  });
});
