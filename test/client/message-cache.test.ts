import { describe, expect, test, vi } from 'vitest';
import { createCache } from '../../src/cache.ts';
import { type Cache, PluralKit, TimeoutError } from '../../src/index.ts';
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

  test('that callers share shows none of them what another may see', async () => {
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
    ['holds what is no message', () => ({ message: 'nonsense', until: Number.POSITIVE_INFINITY })],
    ['never responds', () => new Promise(() => undefined)],
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

  test('that never responds holds up no lookup beyond its timeout', async () => {
    const never = () => new Promise(() => undefined);
    const cache = { get: never, set: never };
    for (const timeout of [40, 10_000]) {
      const { pk } = fakeClient(({ path }) => found(path), { cache });
      const waited = await simulate(async () => {
        const start = performance.now();
        expect(await pk.messages.find('1', { timeout })).toMatchObject({ id: '1' });
        return performance.now() - start;
      });
      expect(waited).toBe(Math.min(250, timeout / 2));
      const slow = fakeClient(hang, { cache }).pk;
      const waitedInVain = await simulate(async () => {
        const start = performance.now();
        expect(await rejection(slow.messages.find('1', { timeout }))).toBeInstanceOf(TimeoutError);
        return performance.now() - start;
      });
      expect(waitedInVain).toBe(timeout);
    }
  });

  test('that takes all the time of a lookup ends it with a TimeoutError', async () => {
    const get = () => {
      const end = performance.now() + 60;
      while (performance.now() < end);
    };
    const { pk } = fakeClient(hang, { cache: { get, set: () => undefined } });
    expect(await rejection(pk.messages.find('1', { timeout: 30 }))).toBeInstanceOf(TimeoutError);
  });

  test('does not keep an aborted lookup waiting', async () => {
    const cache = { get: () => new Promise(() => undefined), set: () => undefined };
    const { pk, requests } = fakeClient(({ path }) => found(path), { cache });
    const lookup = pk.messages.find('1', { signal: AbortSignal.timeout(5) });
    await rejection(lookup);
    expect(requests).toHaveLength(0);
  });

  test('keeps to its times when the clock of the system is set', async () => {
    for (const jump of [-3_600_000, 3_600_000]) {
      const { pk, requests } = fakeClient(({ path }) => found(path), { cache: new Map<string, unknown>() });
      const counts = await simulate(async () => {
        await pk.messages.find('1');
        vi.setSystemTime(Date.now() + jump);
        await sleep(299_000);
        await pk.messages.find('1');
        const before = requests.length;
        await sleep(2000);
        await pk.messages.find('1');
        return [before, requests.length];
      });
      expect(counts).toEqual([1, 2]);
    }
  });

  test('is not used for what is kept for no time', async () => {
    const cache = new TimedCache();
    const { pk } = fakeClient(notFound, { cache, cacheTtl: { missing: 0 } });
    await pk.messages.find('1');
    expect(cache.times).toEqual([]);
  });

  test('shows a key what it may see, though another key of the system may see more', async () => {
    const keyWith = (id: string, scopes: readonly string[], signature = 'c2lnbmF0dXJl') => {
      const sid = '00000000-0000-4000-8000-000000000001';
      return `pkapi:${btoa(JSON.stringify({ tid: id, sid, type: 'user_created', scopes }))}:${signature}`;
    };
    const cache = new TimedCache();
    const { fetch, requests } = fakeFetch(({ headers, path }) =>
      json({ id: path, seenBy: headers.get('Authorization') }),
    );
    const keys = [
      keyWith('1', ['read:all']),
      keyWith('2', ['identify']),
      // Forged: says of itself what the first says, with another signature.
      keyWith('1', ['read:all'], 'Zm9yZ2Vk'),
    ];
    for (const caller of keys) {
      const pk = new PluralKit({ userAgent, fetch, cache, token: caller });
      expect(await pk.messages.find('1')).toMatchObject({ seenBy: `Bearer ${caller}` });
    }
    expect(requests).toHaveLength(3);
  });
});

describe('createCache', () => {
  test('remembers lookups up to its bound, and forgets what was not used for longest', async () => {
    const { pk, requests } = fakeClient(({ path }) => found(path), { cache: createCache({ max: 2 }) });
    for (const id of ['1', '2', '1', '3', '1', '2']) await pk.messages.find(id);
    expect(requests.map(({ path }) => path.at(-1))).toEqual(['1', '2', '3', '2']);
  });

  test('drops what is too old, and does not keep the process from ending', async () => {
    const cache = createCache();
    const value = { message: null, until: 0 };
    const timers: { hasRef(): boolean }[] = [];
    const start = setTimeout;
    vi.spyOn(globalThis, 'setTimeout').mockImplementation((...values: Parameters<typeof setTimeout>) => {
      const timer = start(...values);
      timers.push(timer);
      return timer;
    });
    cache.set('short', value, 50);
    cache.set('long', value, Number.POSITIVE_INFINITY);
    cache.set('never', value, 0);
    vi.restoreAllMocks();
    expect(timers.length).toBeGreaterThan(0);
    expect(timers.map((timer) => timer.hasRef())).not.toContain(true);
    expect(cache.get('short')).toEqual(value);
    expect(cache.get('never')).toBeUndefined();
    await expect.poll(() => cache.get('short')).toBeUndefined();
    expect(cache.get('long')).toEqual(value);
  });

  test.each([0, -1, 1.5, Number.NaN, Number.POSITIVE_INFINITY])('rejects a bound of %s', (max) => {
    expect(() => createCache({ max })).toThrow(TypeError);
  });
});
