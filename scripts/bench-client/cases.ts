import type { Calls } from './contenders.ts';

/** The tasks of the benchmark, under the real server's limits. Times are milliseconds. */
export interface Case {
  readonly name: string;
  /** The shortest possible time: the burst at once, and then one call each interval. */
  readonly ideal: number;
  /** The goals of the project's own client. */
  readonly goal: Goal;
  /** Independent processes behind one address. */
  readonly processes: number;
  /** Shortest and longest latency. */
  readonly roundTrip: readonly [number, number];
  /** How many of the first requests of each process get no response. Only their calls may fail. */
  readonly lost: number;
  /** Makes the calls of one process, by its users. */
  readonly run: (users: readonly [Calls, Calls]) => Promise<unknown>[];
}

export interface Goal {
  /** The longest time that is allowed: a multiple of the ideal one, plus some round trips. */
  readonly factor: number;
  readonly roundTrips: number;
  /** The most rate-limited requests that are allowed, beyond the first ones of each process, before it can know of the others. */
  readonly rateLimited: number;
}

const READS = 10;
const UPDATES = 3;

type Task = Partial<Case> & Pick<Case, 'name' | 'ideal' | 'run'>;

/** One process with a latency of 40 to 80 ms. It is the only caller, so it can predict every limit. */
function alone(factor: number, roundTrips: number, task: Task): Case {
  const goal = { factor, roundTrips, rateLimited: 0 };
  return { processes: 1, roundTrip: [40, 80], lost: 0, goal, ...task };
}

/** Independent processes that share a bucket. */
function neighbours(
  factor: number,
  [processes, callsEach, what]: readonly [number, number, string],
  limit: number,
  call: (user: Calls) => Promise<unknown>,
): Case {
  const total = processes * callsEach;
  return alone(factor, 0, {
    name: `${processes} processes of ${callsEach} ${what} each`,
    ideal: idealTime(total, limit),
    processes,
    goal: { factor, roundTrips: 0, rateLimited: total / 10 },
    run: ([user]) => times(callsEach, () => call(user)),
  });
}

function slowLink(longest: number): Case[] {
  const roundTrip = [longest * 0.9, longest] as const;
  return [
    alone(1.1, 1, {
      name: `40 GETs over a link of ${longest} ms`,
      ideal: idealTime(40, READS),
      roundTrip,
      run: ([user]) => times(40, () => user.getSystem()),
    }),
    alone(1.1, 1, {
      name: `12 updates over a link of ${longest} ms`,
      ideal: idealTime(12, UPDATES),
      roundTrip,
      run: ([user]) => times(12, (index) => user.updateMember(`they/${index}`)),
    }),
  ];
}

export const cases: readonly Case[] = [
  alone(1.05, 0, {
    name: '40 GETs at once',
    ideal: idealTime(40, READS),
    run: ([user]) => times(40, () => user.getSystem()),
  }),
  alone(1.05, 0, {
    name: '40 GETs in turn',
    ideal: idealTime(40, READS),
    run: ([user]) => inTurn(40, () => user.getSystem()),
  }),
  alone(1.05, 0, {
    name: '12 updates at once',
    ideal: idealTime(12, UPDATES),
    run: ([user]) => times(12, (index) => user.updateMember(`they/${index}`)),
  }),
  alone(1.05, 0, {
    name: '300 lookups of 50 messages at once',
    ideal: idealTime(50, READS),
    run: ([user]) => times(300, (index) => user.findMessage(messageId(index % 50))),
  }),
  neighbours(1.4, [2, 40, 'GETs'], READS, (user) => user.getSystem()),
  neighbours(1.6, [4, 30, 'GETs'], READS, (user) => user.getSystem()),
  neighbours(2, [40, 1, 'GET'], READS, (user) => user.getSystem()),
  neighbours(2, [2, 6, 'creates'], UPDATES, (user) => user.createMember('New')),
  ...[20, 200, 700, 1500].flatMap(slowLink),
  alone(1.1, 2, {
    name: '12 updates over a link of 200 ms, of which 2 hang',
    ideal: idealTime(12, UPDATES),
    roundTrip: [200, 200],
    lost: 2,
    run: ([user]) => times(12, (index) => user.updateMember(`they/${index}`)),
  }),
  alone(1.1, 1, {
    name: '8 creates and 8 updates at once',
    ideal: idealTime(8, UPDATES),
    run: ([user]) => [
      ...times(8, () => user.createMember('New')),
      ...times(8, (index) => user.updateMember(`they/${index}`)),
    ],
  }),
  alone(1.1, 1, {
    name: '20 reads of the own system and 10 of another by each of two users at once',
    ideal: idealTime(20, READS),
    run: (users) =>
      users.flatMap((user) => [
        ...times(20, () => user.getOwnSystem()),
        ...times(10, () => user.getOtherSystem()),
      ]),
  }),
  alone(1.1, 0, {
    name: '200 mixed calls of 20 tasks',
    // Reads of others, and lookups, share a bucket.
    ideal: idealTime(20 * 6, READS),
    run: ([user]) => {
      const kinds = [
        () => user.getOwnSystem(),
        () => user.getOtherSystem(),
        () => user.getSystem(),
        () => user.updateMember('they'),
        (index: number) => user.findMessage(messageId(index)),
      ];
      const order = [0, 1, 2, 0, 4, 1, 3, 2, 0, 1];
      return Array.from({ length: 20 }, (_, task) =>
        inTurn(order.length, async (step) => kinds[order[step] ?? 0]?.(task * order.length + step)),
      ).flat();
    },
  }),
];

/** The server passes one less than its limit at once. */
export function idealTime(count: number, limit: number): number {
  return ((count - (limit - 1)) * 1000) / limit;
}

/** Some are messages of the sandbox's world; most are unknown, as for bots that look up every message. */
function messageId(index: number): string {
  return String(920000000000000001n + BigInt(index));
}

function times(count: number, call: (index: number) => Promise<unknown>): Promise<unknown>[] {
  return Array.from({ length: count }, (_, index) => call(index));
}

/** One after the other. */
function inTurn(count: number, call: (index: number) => Promise<unknown>): Promise<unknown>[] {
  const calls: Promise<unknown>[] = [];
  for (let index = 0; index < count; index++)
    calls.push((calls.at(-1) ?? Promise.resolve()).catch(() => undefined).then(() => call(index)));
  return calls;
}
