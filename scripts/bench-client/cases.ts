import type { Calls } from './contenders.ts';

/** What clients have to do under the real server's limits. */
export interface Case {
  readonly name: string;
  /** Milliseconds that the limits leave to the best client: what passes at once, and then one call each interval. */
  readonly ideal: number;
  /** How many processes there are behind the address, each with a client of its own, 40 to 80 ms away from the server. */
  readonly neighbours?: number;
  /** Makes the calls of one process, and counts those that fail. */
  readonly run: (calls: Calls) => Promise<number>;
}

const GETS = 40;
const UPDATES = 12;
const LOOKUPS = 1000;
const MESSAGES = 50;

export const cases: readonly Case[] = [
  {
    name: `${GETS} GETs at once`,
    ideal: idealTime(GETS, 10),
    run: ({ getSystem }) => atOnce(GETS, getSystem),
  },
  {
    name: `${GETS} GETs in turn`,
    ideal: idealTime(GETS, 10),
    run: ({ getSystem }) => inTurn(GETS, getSystem),
  },
  {
    name: `${UPDATES} updates at once`,
    ideal: idealTime(UPDATES, 3),
    run: ({ updateMember }) => atOnce(UPDATES, (index) => updateMember(`they/${index}`)),
  },
  {
    name: `${LOOKUPS} lookups of ${MESSAGES} messages at once`,
    ideal: idealTime(MESSAGES, 10),
    run: ({ findMessage }) => atOnce(LOOKUPS, (index) => findMessage(messageId(index % MESSAGES))),
  },
  neighbours(2, 40, 'GETs', 10, (calls) => calls.getSystem()),
  neighbours(4, 30, 'GETs', 10, (calls) => calls.getSystem()),
  neighbours(40, 1, 'GET', 10, (calls) => calls.getSystem()),
  neighbours(2, 6, 'creates', 3, (calls) => calls.createMember('New')),
];

/** Processes that know nothing of each other, and share a bucket. */
function neighbours(
  count: number,
  callsEach: number,
  what: string,
  limit: number,
  call: (calls: Calls) => Promise<unknown>,
): Case {
  return {
    name: `${count} processes of ${callsEach} ${what} each`,
    ideal: idealTime(count * callsEach, limit),
    neighbours: count,
    run: (calls) => atOnce(callsEach, () => call(calls)),
  };
}

/** The server passes one less than its limit at once. */
function idealTime(count: number, limit: number): number {
  return ((count - (limit - 1)) * 1000) / limit;
}

/** Some are messages of the sandbox's world; most are not known, as for bots that ask about every message. */
function messageId(index: number): string {
  return String(920000000000000001n + BigInt(index));
}

async function atOnce(count: number, call: (index: number) => Promise<unknown>): Promise<number> {
  const results = await Promise.allSettled(Array.from({ length: count }, (_, index) => call(index)));
  return results.filter(({ status }) => status === 'rejected').length;
}

async function inTurn(count: number, call: () => Promise<unknown>): Promise<number> {
  let failures = 0;
  for (let index = 0; index < count; index++) {
    await call().catch(() => {
      failures++;
    });
  }
  return failures;
}
