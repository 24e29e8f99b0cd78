import { describe, expect, test } from 'vitest';
import {
  MemoryLimiter,
  PluralKit,
  type PluralKitOptions,
  RateLimitedError,
  TimeoutError,
} from '../../src/index.ts';
import { fakeClient, fakeFetch, hang, json, rejection, type SentRequest, userAgent } from './helpers.ts';
import { simulate, sleep } from './simulation.ts';

const counted = {
  'X-RateLimit-Scope': 'generic_get',
  'X-RateLimit-Limit': '10',
  'X-RateLimit-Remaining': '8',
};

function rateLimited(retryAfter: number): Response {
  return json({ message: '429', retry_after: retryAfter, code: 0 }, 429, {
    ...counted,
    'X-RateLimit-Remaining': '0',
  });
}

/** A client with a limiter of its own, whose first requests get these responses, and all others success. */
function clientOf(
  responses: readonly ((request: SentRequest) => Response | Promise<Response>)[],
  options: Partial<PluralKitOptions> = {},
) {
  const { fetch, requests } = fakeFetch(
    (request, index) => responses[index]?.(request) ?? json({}, 200, counted),
  );
  return { pk: new PluralKit({ userAgent, fetch, limiter: new MemoryLimiter(), ...options }), requests };
}

async function timed<Result>(result: Promise<Result>): Promise<{ result: Result; waited: number }> {
  const start = performance.now();
  return { result: await result, waited: performance.now() - start };
}

describe('a long retry_after', () => {
  test('fails the call at once where it is longer than the timeout, and all later calls until it is over', async () => {
    const { pk, requests } = clientOf([() => rateLimited(600_000)], { timeout: 1000 });
    await simulate(async () => {
      for (const minutes of [10, 9, 1]) {
        const { result: error, waited } = await timed(rejection(pk.systems.get('abcde')));
        expect(error).toBeInstanceOf(RateLimitedError);
        expect(error).toMatchObject({ status: 429, code: 0, codeName: 'RateLimitError' });
        expect(error).toHaveProperty('retryAfter', minutes * 60_000);
        expect(waited).toBe(0);
        await sleep(minutes === 9 ? 8 * 60_000 : 60_000);
      }
      expect(requests).toHaveLength(1);
      await timed(pk.systems.get('abcde'));
      expect(requests).toHaveLength(2);
    });
  });

  test('fails calls that wait in line at once, too', async () => {
    const { pk } = clientOf(
      Array(9).fill(async () => {
        await sleep(50);
        return rateLimited(60_000);
      }),
    );
    const waits = await simulate(() =>
      Promise.all(Array.from({ length: 40 }, () => timed(rejection(pk.systems.get('abcde'))))),
    );
    for (const { result, waited } of waits) {
      expect(result).toBeInstanceOf(RateLimitedError);
      expect(waited).toBeLessThanOrEqual(100);
    }
  });

  test('does not fail calls that may take longer', async () => {
    const { pk } = clientOf([() => rateLimited(60_000)], { timeout: 1000 });
    const { waited } = await simulate(async () => {
      await rejection(pk.systems.get('abcde'));
      return timed(pk.systems.get('abcde', { timeout: 90_000 }));
    });
    expect(waited).toBeGreaterThanOrEqual(60_000);
    expect(waited).toBeLessThan(66_000);
  });

  test.each([0, 1])('uses the time of a call that waits for it (%i before it)', async (before) => {
    // Longer than a bucket rests at random after a rate-limited request.
    const hold = 6000;
    const { pk, requests } = clientOf([() => rateLimited(hold), hang, hang], {
      timeout: 12_000,
      retry: { attempts: 1 },
    });
    const { result, waited } = await simulate(async () => {
      if (before) await rejection(pk.systems.get('abcde', { timeout: 1000 }));
      return timed(rejection(pk.systems.get('abcde')));
    });
    expect(requests).toHaveLength(2);
    expect(result).toBeInstanceOf(TimeoutError);
    // Those behind it wait a random time more for their turn, which is not counted.
    expect(waited).toBeGreaterThanOrEqual(12_000);
    expect(waited).toBeLessThanOrEqual(12_000 + before * hold);
  });

  test('for ever is asked again after an hour, and does not keep the process busy', async () => {
    const { pk, requests } = clientOf([() => rateLimited(3e9)], { timeout: Number.POSITIVE_INFINITY });
    let timers = 0;
    const { setTimeout } = globalThis;
    const { waited } = await simulate(async () => {
      const call = timed(pk.systems.get('abcde'));
      const fake = globalThis.setTimeout;
      globalThis.setTimeout = Object.assign((...values: Parameters<typeof setTimeout>) => {
        timers++;
        return fake(...values);
      }, fake);
      return call;
    });
    globalThis.setTimeout = setTimeout;
    expect(requests).toHaveLength(2);
    expect(waited).toBeGreaterThanOrEqual(3_600_000);
    expect(waited).toBeLessThan(3_610_000);
    expect(timers).toBeLessThan(10);
  });
});

describe('totalTimeout', () => {
  test('bounds the wait in line', async () => {
    const { pk, requests } = clientOf([], { totalTimeout: 500 });
    const waits = await simulate(() =>
      Promise.all(Array.from({ length: 40 }, () => timed(pk.systems.get('abcde').catch((error) => error)))),
    );
    const late = waits.filter(({ result }) => result instanceof TimeoutError);
    expect(late.length).toBe(40 - requests.length);
    expect(requests.length).toBeLessThan(16);
    for (const { waited } of late) expect(waited).toBe(500);
  });

  test('bounds the time after its turn, too, for a single call', async () => {
    const { pk } = clientOf([hang], { retry: false });
    const { result, waited } = await simulate(() =>
      timed(rejection(pk.systems.get('abcde', { totalTimeout: 700 }))),
    );
    expect(result).toBeInstanceOf(TimeoutError);
    expect(waited).toBe(700);
  });

  test('bounds a lookup that another one began', async () => {
    const { pk } = clientOf([hang]);
    const { result, waited } = await simulate(async () => {
      const first = pk.messages.find('1').catch(() => null);
      const second = await timed(rejection(pk.messages.find('1', { totalTimeout: 300 })));
      await first;
      return second;
    });
    expect(result).toBeInstanceOf(TimeoutError);
    expect(waited).toBe(300);
  });
});

test.each([false, true])('AbortSignal.timeout() gives a TimeoutError (lookups: %s)', async (isLookup) => {
  const { pk } = clientOf([hang]);
  const options = { signal: AbortSignal.timeout(20) };
  const error = await rejection(isLookup ? pk.messages.find('1', options) : pk.systems.get('abcde', options));
  expect(error).toBeInstanceOf(TimeoutError);
  expect(error).toMatchObject({ cause: { name: 'TimeoutError' } });
});

describe('the options', () => {
  const options: Record<string, unknown>[] = [
    { timeout: Number.NaN },
    { timeout: -1 },
    { timeout: 0 },
    { timeout: '30' },
    { totalTimeout: Number.NaN },
    { totalTimeout: -5 },
    { retry: { attempts: undefined } },
    { retry: { attempts: Number.NaN } },
    { retry: { attempts: 0 } },
    { retry: { attempts: 1.5 } },
    { retry: { rateLimited: -1 } },
    { retry: { rateLimited: undefined } },
    { retry: true },
    { retry: 3 },
  ];

  test.each(options)('%o are a TypeError of the client and of a call', async (option) => {
    expect(() => clientOf([], option)).toThrow(TypeError);
    const { pk, requests } = clientOf([]);
    expect(await rejection(pk.systems.get('abcde', option))).toBeInstanceOf(TypeError);
    expect(requests).toEqual([]);
  });

  test.each<Record<string, unknown>>([{ limiter: {} }, { limiter: { acquire: 1 } }, { fetch: 'x' }])(
    '%o are a TypeError of the client',
    (option) => {
      expect(() => clientOf([], option)).toThrow(TypeError);
    },
  );
});

describe('a 500', () => {
  const failed = (headers: HeadersInit) => () =>
    json({ message: '500: Internal Server Error', code: 0 }, 500, headers);

  test('that is counted is what a restart of the API looks like: a GET is sent again', async () => {
    const { pk, requests } = clientOf([failed(counted), failed(counted)]);
    await simulate(() => pk.systems.get('abcde'));
    expect(requests).toHaveLength(3);
  });

  test('is an error where it is not counted, or where a change may have been made', async () => {
    const { pk, requests } = clientOf([failed({}), failed(counted)]);
    expect(await simulate(() => rejection(pk.systems.get('abcde')))).toMatchObject({ status: 500 });
    expect(await simulate(() => rejection(pk.members.create({ name: 'x' })))).toMatchObject({ status: 500 });
    expect(requests).toHaveLength(2);
  });
});

describe('places in a bucket', () => {
  const burst = async (response: (request: SentRequest) => Response | Promise<Response>) => {
    const { pk } = clientOf(Array(9).fill(response), { timeout: 100, retry: false });
    return simulate(async () => {
      await Promise.allSettled(Array.from({ length: 9 }, () => pk.systems.get('abcde')));
      return (await timed(pk.systems.get('abcde'))).waited;
    });
  };

  test.each([404, 401, 200])(
    'are given back where a response %i has no rate-limit headers',
    async (status) => {
      expect(await burst(() => json({}, status))).toBe(0);
    },
  );

  test('are kept where no response comes, as of a server that has lost its store', async () => {
    expect(await burst(hang)).toBeGreaterThan(0);
  });

  test.each([500, 502])('are kept where %i may have come after the request was counted', async (status) => {
    expect(await burst(() => json({}, status))).toBeGreaterThan(0);
  });
});

test('clients of one process share a limiter, each origin has buckets of its own, and a given limiter wins', async () => {
  const waits = await simulate(async () => {
    const { fetch } = fakeFetch(() => json({}, 200, counted));
    const client = (baseUrl: string, limiter?: MemoryLimiter) =>
      new PluralKit({ userAgent, fetch, baseUrl, limiter });
    await Promise.all(
      Array.from({ length: 9 }, () => client('https://a.example.com/v2').systems.get('abcde')),
    );
    const others = [
      client('https://a.example.com/other'),
      client('https://b.example.com/v2'),
      client('https://a.example.com/v2', new MemoryLimiter()),
    ];
    return Promise.all(others.map(async (pk) => (await timed(pk.systems.get('abcde'))).waited));
  });
  expect(waits[0]).toBeGreaterThan(50);
  expect(waits.slice(1)).toEqual([0, 0]);
});

test('a limiter that never waits does not make the client hammer the server', async () => {
  const { pk, requests } = fakeClient(() => rateLimited(0));
  expect(await simulate(() => rejection(pk.systems.get('abcde')))).toBeInstanceOf(RateLimitedError);
  expect(requests.length).toBeLessThan(15);
});
