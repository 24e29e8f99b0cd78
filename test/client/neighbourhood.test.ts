import { describe, expect, test } from 'vitest';
import { idealTime, type Neighbourhood, runNeighbourhood, times } from './neighbourhood.ts';

type Work = Neighbourhood['processes'][number];

const seeds = [1, 2, 3, 4, 5];
const gets =
  (count: number): Work =>
  (clientOf) => {
    const pk = clientOf();
    return times(count, () => pk.systems.get('relays'));
  };
const creates =
  (count: number, system: string): Work =>
  (clientOf) => {
    const pk = clientOf(system);
    return times(count, (index) => pk.members.create({ name: `New ${index}` }));
  };
const several = (count: number, work: Work): Work[] => Array.from({ length: count }, () => work);

describe('processes that know nothing of each other, behind one address', () => {
  const cases: [string, Work[], total: number, limit: number, factor: number][] = [
    ['2 × 40 GETs', several(2, gets(40)), 80, 10, 1.4],
    ['4 × 30 GETs', several(4, gets(30)), 120, 10, 1.6],
    ['2 × 6 creates', [creates(6, 'harbor'), creates(6, 'relays')], 12, 3, 2],
    ['40 × 1 GET', several(40, gets(1)), 40, 10, 2],
  ];

  test.each(cases)('share its limit, and no call fails: %s', async (_, processes, total, limit, factor) => {
    for (const seed of seeds) {
      const { duration, rateLimitedLater, failures } = await runNeighbourhood({ processes, seed });
      expect(failures).toEqual([]);
      expect(duration / idealTime(total, limit)).toBeLessThanOrEqual(factor);
      expect(rateLimitedLater).toBeLessThanOrEqual(total / 10);
    }
  });
});

test.each([
  ['20 × 20 GETs', 20, 20],
  ['40 × 5 GETs', 40, 5],
])('in a crowd no call fails, however long it waits: %s', async (_, processes, count) => {
  const { failures } = await runNeighbourhood({ processes: several(processes, gets(count)) });
  expect(failures).toEqual([]);
});

describe('clients of one process', () => {
  test('with different tokens are never rate limited, and lose nothing', async () => {
    const process: Work = (clientOf) =>
      [undefined, 'harbor', 'relays', 'nooks'].flatMap((system) => {
        const pk = clientOf(system);
        return times(15, () => pk.messages.find('1').then(() => pk.oEmbed.getSystem('harbor')));
      });
    const { duration, rateLimited, requests, failures } = await runNeighbourhood({ processes: [process] });
    expect(failures).toEqual([]);
    expect(rateLimited).toBe(0);
    expect(duration).toBeLessThanOrEqual(idealTime(requests, 10) * 1.05);
  });
});

/** The limits alone, and the way there and back of the last. */
const slow = (count: number, limit: number, roundTrip: number) => idealTime(count, limit) * 1.1 + roundTrip;

describe('slow links', () => {
  test.each([20, 200, 700, 1500])(
    'of %i ms keep the pace, and nothing is rate limited',
    async (roundTrip) => {
      const updates: Work = (clientOf) => {
        const pk = clientOf('harbor');
        return times(12, (index) => pk.members.update('marina', { pronouns: `they/${index}` }));
      };
      for (const [work, count, limit] of [
        [updates, 12, 3],
        [gets(40), 40, 10],
      ] as const) {
        for (const variation of [0, 0.1]) {
          const range = [roundTrip * (1 - variation), roundTrip] as const;
          const outcome = await runNeighbourhood({ processes: [work], roundTrip: range });
          expect(outcome).toMatchObject({ rateLimited: 0, failures: [] });
          expect(outcome.duration).toBeLessThanOrEqual(slow(count, limit, roundTrip));
        }
      }
    },
  );

  test.each([20, 200, 700])('of %i ms: requests that hang hold up nobody else', async (roundTrip) => {
    let others = 0;
    const process: Work = (clientOf) => {
      const pk = clientOf('harbor', { retry: { attempts: 1 } });
      const start = performance.now();
      return times(12, async (index) => {
        await pk.members.update('marina', { pronouns: `they/${index}` });
        others = performance.now() - start;
      });
    };
    const { rateLimited, failures } = await runNeighbourhood({
      processes: [process],
      roundTrip: [roundTrip, roundTrip],
      isLost: (index) => index < 2,
    });
    expect(failures).toHaveLength(2);
    for (const failure of failures) expect(failure).toMatchObject({ name: 'TimeoutError' });
    expect(rateLimited).toBe(0);
    // Their places are kept, as if they had arrived.
    expect(others).toBeLessThanOrEqual(slow(12, 3, roundTrip) + roundTrip);
  });
});

describe('several buckets', () => {
  test('creates count by address, and do not hold up updates of the own system', async () => {
    const process: Work = (clientOf) => {
      const pk = clientOf('harbor');
      return [
        ...times(8, (index) => pk.members.create({ name: `New ${index}` })),
        ...times(8, (index) => pk.members.update('marina', { pronouns: `they/${index}` })),
      ];
    };
    const outcome = await runNeighbourhood({ processes: [process] });
    expect(outcome).toMatchObject({ rateLimited: 0, failures: [] });
    expect(outcome.duration).toBeLessThanOrEqual(idealTime(8, 3) * 1.1 + 80);
  });

  test('creates of several tokens share one', async () => {
    const process: Work = (clientOf) => [
      ...creates(6, 'harbor')(clientOf),
      ...creates(6, 'relays')(clientOf),
    ];
    const outcome = await runNeighbourhood({ processes: [process] });
    expect(outcome).toMatchObject({ rateLimited: 0, failures: [] });
    expect(outcome.duration).toBeLessThanOrEqual(idealTime(12, 3) * 1.05 + 80);
  });

  test('two tokens go as fast as their own buckets and the common one', async () => {
    const process: Work = (clientOf) => {
      const [harbor, relays] = [clientOf('harbor'), clientOf('relays')];
      return [
        ...times(20, () => harbor.systems.get('@me')),
        ...times(20, () => relays.systems.get('@me')),
        ...times(10, () => harbor.systems.get('relays')),
        ...times(10, () => relays.systems.get('harbor')),
      ];
    };
    const outcome = await runNeighbourhood({ processes: [process] });
    expect(outcome).toMatchObject({ rateLimited: 0, failures: [] });
    expect(outcome.duration).toBeLessThanOrEqual(idealTime(20, 10) * 1.1 + 80);
  });

  test('mixed calls of many tasks go as fast as the fullest bucket', async () => {
    const process: Work = (clientOf) => {
      const pk = clientOf('harbor');
      const kinds = [
        () => pk.systems.get('@me'),
        () => pk.members.get('marina'),
        () => pk.systems.get('relays'),
        () => pk.oEmbed.getSystem('relays'),
        () => pk.members.list('@me'),
        () => pk.messages.find('1'),
        () => pk.members.update('marina', { pronouns: 'they' }),
        () => pk.systems.get('nooks'),
        () => pk.switches.getFronters('@me'),
        () => pk.systems.get('relays'),
      ];
      return times(20, async (task) => {
        for (let call = 0; call < 10; call++) await kinds[(task + call) % kinds.length]?.();
      });
    };
    const outcome = await runNeighbourhood({ processes: [process] });
    expect(outcome).toMatchObject({ rateLimited: 0, failures: [] });
    // Half of them are about others. Lookups of the same message share a request.
    expect(outcome.duration).toBeLessThanOrEqual(idealTime(outcome.requests - 100, 10) * 1.1 + 80);
  });

  test('what the server does not count is not paced', async () => {
    const process: Work = (clientOf) => {
      const pk = clientOf();
      return times(100, () => pk.members.get('zzzzz').catch(() => undefined));
    };
    const outcome = await runNeighbourhood({ processes: [process] });
    expect(outcome).toMatchObject({ requests: 100, rateLimited: 0, failures: [] });
    expect(outcome.duration).toBeLessThan(2000);
  });
});
