/**
 * One process of a large bot, for the soak: many tasks that make calls in the mix of a bot, paced through Redis. It reports
 * its progress, and begins at the first message.
 */
import { Redis } from 'ioredis';
import { isPluralKitError, NetworkError, PluralKit } from '../../src/index.ts';
import { RedisLimiter } from '../../src/redis/index.ts';

/** What a process reports, several times and at its end. */
export interface SoakReport {
  readonly done: number;
  /** Responses with status 429. */
  readonly limited: number;
  /** Switches that exist now because of it. */
  readonly switches: number;
  /** Writes whose connection broke, so that they were sent again. */
  readonly repeated: number;
  /** Calls that failed, with the reason. */
  readonly failed: readonly string[];
  /** Bytes of the heap after a garbage collection. */
  readonly heap: number;
  readonly isOver: boolean;
}

const { API_URL, REDIS_PORT, TASKS, CALLS, RANK, TOKENS = '' } = process.env;
const calls = Number(CALLS);
const redis = new Redis(Number(REDIS_PORT), '127.0.0.1', { maxRetriesPerRequest: null });
redis.on('error', () => undefined);

let done = 0;
let limited = 0;
let switches = 0;
let repeated = 0;
const failed: string[] = [];

const bot = new PluralKit({
  userAgent: 'tests/1.0 (tests@example.com)',
  baseUrl: API_URL,
  limiter: new RedisLimiter(redis),
  // The server is gone for seconds.
  retry: { attempts: 10 },
  timeout: 120_000,
  onResponse: ({ status }) => {
    if (status === 429) limited++;
  },
});
const users = TOKENS.split(',').map((token) => bot.with({ token }));
const systems = ['harbor', 'relays', 'nooks'];
const messages = ['920000000000000001', '920000000000000003', '920000000000000005'];

/** The calls of a bot: of a hundred, mostly who wrote a message, then who a system is, and a few writes. */
async function callAt(index: number): Promise<unknown> {
  const kind = index % 100;
  const user = users[index % users.length] ?? bot;
  // Four of five messages in a channel are not proxied.
  if (kind < 60) return bot.messages.find(messages[index % 15] ?? 930_000_000_000_000_000n + BigInt(index));
  if (kind < 75) return bot.systems.get(systems[index % systems.length] ?? '');
  if (kind < 85) return user.switches.getFronters('@me');
  if (kind < 90) return bot.members.get('marina');
  if (kind < 94) return bot.members.list('relays');
  if (kind < 95) return user.groups.list('@me', { with_members: true });
  if (kind < 99) return untilSent(() => users[0]?.members.update('marina', { pronouns: `they/${index}` }));
  // A moment of its own for each switch, so that none is registered twice.
  const timestamp = new Date(Date.UTC(2010 + Number(RANK), 0, 1) + index * 1000).toISOString();
  await untilSent(() => user.switches.create('@me', { members: [], timestamp })).catch((error: unknown) => {
    if (!isPluralKitError(error, 'SameSwitchTimestamp')) throw error;
  });
  switches++;
}

/** A write whose connection broke may have been carried out: the caller decides whether to send it again. */
async function untilSent(write: () => Promise<unknown> | undefined): Promise<unknown> {
  for (;;) {
    try {
      return await write();
    } catch (error) {
      if (!(error instanceof NetworkError)) throw error;
      repeated++;
    }
  }
}

function report(isOver: boolean): void {
  globalThis.gc?.();
  const { heapUsed: heap } = process.memoryUsage();
  process.send?.({ done, limited, switches, repeated, failed, heap, isOver } satisfies SoakReport);
}

process.once('message', async () => {
  let next = 0;
  const task = async () => {
    for (let index = next++; index < calls; index = next++) {
      await callAt(index).then(
        () => {
          done++;
        },
        (error: unknown) => failed.push(`call ${index}: ${error}`),
      );
      if ((done + failed.length) % Math.ceil(calls / 40) === 0) report(false);
    }
  };
  await Promise.all(Array.from({ length: Number(TASKS) }, task));
  report(true);
  process.disconnect();
  redis.disconnect();
});
process.on('disconnect', () => process.exit());
process.send?.('ready');
