import { describe, expect, test } from 'vitest';
import { MemoryLimiter, NetworkError, PluralKit, RateLimitedError, ServerError } from '../../src/index.ts';
import {
  broken,
  fakeClient,
  fakeFetch,
  inTurn,
  json,
  rejection,
  tooManyRequests,
  userAgent,
} from './helpers.ts';
import { simulate, sleep } from './simulation.ts';

describe('retries', () => {
  test.each([502, 503, 504])('send a GET that gets %i three times', async (status) => {
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
      const respond = () => {
        times.push(performance.now());
        return broken('ECONNRESET');
      };
      const { pk } = fakeClient(respond, { retry: { attempts: 4 } });
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

describe('rate limited requests', () => {
  test('are sent again, also changes, without spending attempts', async () => {
    const { pk, requests } = fakeClient(
      inTurn(
        () => tooManyRequests(100),
        () => tooManyRequests(0),
        () => tooManyRequests(50),
        () => json({ id: 'abcde' }),
      ),
      { retry: { attempts: 1 } },
    );
    expect(await simulate(() => pk.members.update('abcde', { name: 'x' }))).toEqual({ id: 'abcde' });
    expect(requests).toHaveLength(4);
  });

  test('fail with the error when they continue', async () => {
    const { pk, requests } = fakeClient(() => tooManyRequests(250));
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

  test('hold all requests of the same bucket, and only them', async () => {
    const { fetch, requests } = fakeFetch(
      inTurn(
        () => tooManyRequests(2000),
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

  test('of a proxy, without a body of the API, wait as long as its header says', async () => {
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

  test('are not sent again where the wait is longer than the call may take', async () => {
    const { pk, requests } = fakeClient(() => tooManyRequests(60_000), { timeout: 5000 });
    expect(await simulate(() => rejection(pk.systems.get('abcde')))).toMatchObject({ retryAfter: 60_000 });
    expect(requests).toHaveLength(1);
  });
});
