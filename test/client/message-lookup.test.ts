import { describe, expect, expectTypeOf, test, vi } from 'vitest';
import type { Message } from '../../generated/v2/schema.ts';
import { AbortedError, type Cache, PluralKit, UnauthorizedError } from '../../src/index.ts';
import { fakeClient, fakeFetch, hang, json, rejection, token, userAgent } from './helpers.ts';
import { simulate, sleep } from './simulation.ts';

const notFound = () => json({ message: 'Message not found.', code: 20006 }, 404);
const found = (path: string) => json({ id: path.split('/').at(-1), member: { id: 'abcde' } });

/** A cache that keeps to times, as Keyv does. */
class TimedCache implements Cache {
  readonly entries = new Map<string, { value: unknown; until: number }>();
  readonly times: number[] = [];

  async get(key: string) {
    const entry = this.entries.get(key);
    return entry && entry.until > Date.now() ? structuredClone(entry.value) : undefined;
  }

  async set(key: string, value: unknown, ttl: number) {
    this.times.push(ttl);
    this.entries.set(key, { value: structuredClone(value), until: Date.now() + ttl });
  }
}

test('gives the message, or null where it is not a proxied one', async () => {
  const { pk } = fakeClient(({ path }) => (path === '/messages/1' ? found(path) : notFound()));
  expect(await pk.messages.find('1')).toEqual({ id: '1', member: { id: 'abcde' } });
  expect(await pk.messages.find(2n)).toBeNull();
  expectTypeOf(pk.messages.find('1')).resolves.toEqualTypeOf<Message | null>();
});

test('passes other failures on', async () => {
  const { pk } = fakeClient(() => json({ message: 'x', code: 0 }, 401));
  expect(await rejection(pk.messages.find('1'))).toBeInstanceOf(UnauthorizedError);
  expect(await rejection(pk.messages.find('abc'))).toBeInstanceOf(TypeError);
  const systemNotFound = fakeClient(() => json({ message: 'x', code: 20001 }, 404)).pk;
  expect(await rejection(systemNotFound.messages.find('1'))).toMatchObject({ codeName: 'SystemNotFound' });
});

describe('lookups of the same message at the same time', () => {
  test('share one request, whatever the id’s type', async () => {
    const { pk, requests } = fakeClient(async ({ path }) => {
      await sleep(10);
      return found(path);
    });
    const results = await Promise.all([pk.messages.find('7'), pk.messages.find(7n), pk.messages.find('7')]);
    expect(results.map((message) => message?.id)).toEqual(['7', '7', '7']);
    expect(requests).toHaveLength(1);
    await pk.messages.find('7');
    expect(requests).toHaveLength(2);
  });

  test('share a failure, too', async () => {
    const { pk, requests } = fakeClient(() => json({}, 500));
    const [one, other] = await Promise.all([
      rejection(pk.messages.find('7')),
      rejection(pk.messages.find('7')),
    ]);
    expect(one).toBe(other);
    expect(requests).toHaveLength(1);
  });

  test('can be aborted one by one; the request ends with the last', async () => {
    const { pk, requests } = fakeClient(hang);
    const [first, second] = [new AbortController(), new AbortController()];
    const one = rejection(pk.messages.find('7', { signal: first.signal }));
    const other = rejection(pk.messages.find('7', { signal: second.signal }));
    await sleep(1);
    first.abort(new Error('first'));
    expect(await one).toMatchObject({ name: 'AbortedError', cause: new Error('first') });
    expect(requests[0]?.signal?.aborted).toBe(false);
    second.abort();
    expect(await other).toBeInstanceOf(AbortedError);
    expect(requests).toHaveLength(1);
    expect(requests[0]?.signal?.aborted).toBe(true);
  });

  test('begin anew after all were aborted', async () => {
    let isHanging = true;
    const { pk, requests } = fakeClient((request) => (isHanging ? hang(request) : found(request.path)));
    const controller = new AbortController();
    const aborted = rejection(pk.messages.find('7', { signal: controller.signal }));
    await sleep(1);
    controller.abort();
    expect(await aborted).toBeInstanceOf(AbortedError);
    isHanging = false;
    expect(await pk.messages.find('7')).toMatchObject({ id: '7' });
    expect(requests).toHaveLength(2);
  });

  test('go on for one who joins as the last one leaves', async () => {
    const { pk, requests } = fakeClient(async ({ path }) => {
      await sleep(5);
      return found(path);
    });
    const controller = new AbortController();
    const aborted = rejection(pk.messages.find('7', { signal: controller.signal }));
    await sleep(1);
    controller.abort();
    expect(await pk.messages.find('7')).toMatchObject({ id: '7' });
    expect(await aborted).toBeInstanceOf(AbortedError);
    expect(requests).toHaveLength(1);
  });

  test('are not joined by one whose signal is aborted already', async () => {
    const { pk } = fakeClient(({ path }) => found(path));
    const late = rejection(pk.messages.find('7', { signal: AbortSignal.abort() }));
    const good = pk.messages.find('7');
    expect(await late).toBeInstanceOf(AbortedError);
    expect(await good).toMatchObject({ id: '7' });
  });
});

describe('the cache', () => {
  test.each([
    ['that keeps to times', () => new TimedCache()],
    ['that is a Map', () => new Map<string, unknown>()],
  ])('%s remembers messages for minutes, and for seconds that there is none', async (_, makeCache) => {
    const { pk, requests } = fakeClient(({ path }) => (path.endsWith('1') ? found(path) : notFound()), {
      cache: makeCache(),
    });
    const counts = await simulate(async () => {
      const counts: number[] = [];
      for (const wait of [0, 4000, 2000, 290_000, 5000]) {
        await sleep(wait);
        expect(await pk.messages.find('1')).toMatchObject({ id: '1' });
        expect(await pk.messages.find('2')).toBeNull();
        counts.push(requests.length);
      }
      return counts;
    });
    expect(counts).toEqual([2, 2, 3, 4, 6]);
  });

  test('keeps as long as it is told', async () => {
    const cache = new TimedCache();
    const { pk } = fakeClient(({ path }) => (path.endsWith('1') ? found(path) : notFound()), {
      cache,
      cacheTtl: { found: 1000, missing: 100 },
    });
    await pk.messages.find('1');
    await pk.messages.find('2');
    expect(cache.times).toEqual([1000, 100]);
  });

  test('remembers no failures', async () => {
    const cache = new TimedCache();
    const { pk } = fakeClient(() => json({}, 500), { cache });
    await rejection(pk.messages.find('1'));
    expect(cache.entries.size).toBe(0);
  });

  test('shared by callers shows none of them what another may see', async () => {
    const cache = new TimedCache();
    const { fetch, requests } = fakeFetch(({ headers, path }) =>
      json({ id: path, seenBy: headers.get('Authorization') }),
    );
    for (const caller of [undefined, token, token.replace('t', 'T')]) {
      const pk = new PluralKit({ userAgent, fetch, cache, token: caller });
      expect(await pk.messages.find('1')).toMatchObject({ seenBy: caller ?? null });
      expect(await pk.messages.find('1')).toMatchObject({ seenBy: caller ?? null });
    }
    expect(requests).toHaveLength(3);
    expect([...cache.entries.keys()].join()).not.toContain(token.slice(0, 8));
  });

  test.each([
    ['rejects', () => Promise.reject(new Error('down'))],
    [
      'throws',
      () => {
        throw new Error('down');
      },
    ],
    ['holds something else', () => 'nonsense'],
  ])('that %s makes lookups no worse', async (_, use) => {
    const { pk } = fakeClient(({ path }) => found(path), { cache: { get: use, set: use } });
    expect(await pk.messages.find('1')).toMatchObject({ id: '1' });
  });

  test('is not asked twice at the same time', async () => {
    const cache = new TimedCache();
    const get = vi.spyOn(cache, 'get');
    const { pk } = fakeClient(({ path }) => found(path), { cache });
    await Promise.all([pk.messages.find('1'), pk.messages.find('1')]);
    expect(get).toHaveBeenCalledTimes(1);
  });
});
