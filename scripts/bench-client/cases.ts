import type { Calls } from './contenders.ts';

/** What clients have to do under the real server's limits. */
export interface Case {
  readonly name: string;
  /** Milliseconds that the limits leave to the best client: what passes at once, and then one call each interval. */
  readonly ideal: number;
  /** Makes the calls, and counts those that fail. */
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
];

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
