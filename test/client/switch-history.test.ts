import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Switch } from '../../generated/v2/schema.ts';
import { parseTimestamp } from '../../src/models/timestamp.ts';
import { fakeClient, json, rejection, type SentRequest } from './helpers.ts';

/** A switch history as the server pages through it: `before` excludes its moment, a page has 100 at most. */
function serve(switches: readonly Switch[]) {
  return ({ path }: SentRequest) => {
    const query = new URL(path, 'http://localhost').searchParams;
    const before = query.get('before');
    const limit = Math.min(Number(query.get('limit') ?? 100), 100);
    const page = switches.filter(
      ({ timestamp }) => before === null || parseTimestamp(timestamp) < parseTimestamp(before),
    );
    return json(page.slice(0, limit));
  };
}

/** Newest first, at these microseconds after a moment. */
function historyAt(microseconds: readonly number[]): Switch[] {
  return [...microseconds]
    .sort((one, other) => other - one)
    .map((time, index) => ({
      id: `00000000-0000-4000-8000-${String(index).padStart(12, '0')}`,
      timestamp: timestampAt(time),
      members: ['abcde'],
    }));
}

function timestampAt(microseconds: number): string {
  const milliseconds = Math.floor(microseconds / 1000);
  const rest = String(microseconds % 1000).padStart(3, '0');
  const text = new Date(Date.UTC(2024, 0, 1) + milliseconds).toISOString().replace('Z', rest);
  return `${text.replace(/\.?0+$/, '')}Z`;
}

async function collect<Item>(items: AsyncIterable<Item>): Promise<Item[]> {
  const list: Item[] = [];
  for await (const item of items) list.push(item);
  return list;
}

describe('the history of a system', () => {
  test('is walked through to its end, page by page', async () => {
    const history = historyAt(Array.from({ length: 250 }, (_, index) => index * 60_000_000));
    const { pk, requests } = fakeClient(serve(history));
    expect(await collect(pk.switches.history('@me'))).toEqual(history);
    expect(requests).toHaveLength(3);
  });

  test('loses nothing within one microsecond, wherever pages end', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(fc.integer({ min: 0, max: 30 }), fc.integer({ min: 1, max: 60 })), {
          maxLength: 12,
        }),
        fc.option(fc.integer({ min: 0, max: 31 }), { nil: undefined }),
        fc.option(fc.integer({ min: 0, max: 31 }), { nil: undefined }),
        fc.option(fc.integer({ min: 0, max: 300 }), { nil: undefined }),
        async (moments, since, until, limit) => {
          const times = moments.flatMap(([time, count]) => Array.from({ length: count }, () => time));
          // More than a page within one microsecond can't be paged through at all.
          fc.pre(times.every((time) => times.filter((other) => other === time).length < 100));
          const history = historyAt(times);
          const { pk } = fakeClient(serve(history));
          const options = {
            ...(since !== undefined && { since: timestampAt(since) }),
            ...(until !== undefined && { until: timestampAt(until) }),
            limit,
          };
          const expected = history
            .filter(
              ({ timestamp }) =>
                since === undefined || parseTimestamp(timestamp) >= parseTimestamp(timestampAt(since)),
            )
            .filter(
              ({ timestamp }) =>
                until === undefined || parseTimestamp(timestamp) < parseTimestamp(timestampAt(until)),
            )
            .slice(0, limit);
          expect(await collect(pk.switches.history('@me', options))).toEqual(expected);
        },
      ),
    );
  });

  test('comes to an end even where a whole page lies within one microsecond', async () => {
    const history = historyAt([...Array<number>(250).fill(5), 4, 3]);
    const { pk, requests } = fakeClient(serve(history));
    const seen = await collect(pk.switches.history('@me'));
    expect(seen.slice(-2)).toEqual(history.slice(-2));
    expect(requests.length).toBeLessThan(6);
  });

  test('ends without another request when the caller stops', async () => {
    const history = historyAt(Array.from({ length: 250 }, (_, index) => index));
    const { pk, requests } = fakeClient(serve(history));
    for await (const one of pk.switches.history('@me')) {
      if (one.id === history[98]?.id) break;
    }
    expect(requests).toHaveLength(1);
    expect(await collect(pk.switches.history('@me', { limit: 100 }))).toHaveLength(100);
    expect(requests).toHaveLength(2);
    const since = history[99]?.timestamp ?? '';
    expect(await collect(pk.switches.history('@me', { since, limit: 50 }))).toHaveLength(50);
    expect(requests).toHaveLength(3);
    expect(await collect(pk.switches.history('@me', { limit: 0 }))).toEqual([]);
    expect(requests).toHaveLength(3);
  });

  test('requests no more switches than the limit', async () => {
    const { pk, requests } = fakeClient(serve(historyAt([1, 2, 3, 4, 5])));
    await collect(pk.switches.history('ABC-DE', { limit: 3 }));
    expect(requests.map(({ path }) => path)).toEqual(['/systems/abcde/switches?limit=3']);
  });

  test.each([
    ['a timestamp of the API', '2024-01-01T00:00:00.000003Z'],
    ['more digits than the API keeps', '2024-01-01T00:00:00.000003999Z'],
    [
      'a Temporal.Instant',
      { epochNanoseconds: 1_704_067_200_000_003_000n, toString: (): string => '2024-01-01T00:00:00.000003Z' },
    ],
  ])('is cut by %s', async (_, moment) => {
    const history = historyAt([1, 2, 3, 4, 5]);
    const { pk } = fakeClient(serve(history));
    expect(await collect(pk.switches.history('@me', { since: moment }))).toEqual(history.slice(0, 3));
    expect(await collect(pk.switches.history('@me', { until: moment }))).toEqual(history.slice(3));
  });

  test('is cut by a Date', async () => {
    const history = historyAt([1_000, 1_999, 2_000, 2_001]);
    const { pk } = fakeClient(serve(history));
    const date = new Date(Date.UTC(2024, 0, 1) + 2);
    expect(await collect(pk.switches.history('@me', { since: date }))).toEqual(history.slice(0, 2));
    expect(await collect(pk.switches.history('@me', { until: date }))).toEqual(history.slice(2));
  });

  test.each(['yesterday', '2024-01-01', '2024-01-01T00:00:00', '2024-13-01T00:00:00Z', ''])(
    'rejects %j before any request',
    async (moment) => {
      const { pk, requests } = fakeClient(serve([]));
      expect(await rejection(collect(pk.switches.history('@me', { since: moment })))).toBeInstanceOf(
        TypeError,
      );
      expect(await rejection(collect(pk.switches.history('@me', { until: moment })))).toBeInstanceOf(
        TypeError,
      );
      expect(requests).toEqual([]);
    },
  );

  test('that is private is rejected as by any call', async () => {
    const { pk } = fakeClient(() => json({ message: 'x', code: 30005 }, 403));
    expect(await rejection(collect(pk.switches.history('abcde')))).toMatchObject({
      codeName: 'FrontHistoryPrivate',
    });
  });

  test('passes the call’s options to each request', async () => {
    const controller = new AbortController();
    const history = historyAt(Array.from({ length: 250 }, (_, index) => index));
    const { pk, requests } = fakeClient(serve(history));
    const walk = async () => {
      for await (const _ of pk.switches.history('@me', { signal: controller.signal })) controller.abort();
    };
    expect(await rejection(walk())).toMatchObject({ name: 'AbortedError' });
    expect(requests).toHaveLength(1);
  });
});
