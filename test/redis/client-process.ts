/**
 * One process of a bot, for the tests: tasks that call the API at once, paced through Redis. It prints `ready`, begins at
 * the first message, and reports what became of the calls.
 */
import { Redis } from 'ioredis';
import { PluralKit } from '../../src/index.ts';
import { RedisLimiter } from '../../src/redis/index.ts';

/** What a process reports at its end. */
export interface Report {
  readonly done: number;
  readonly failed: readonly string[];
}

const { API_URL, REDIS_PORT, TASKS, CALLS } = process.env;
const redis = new Redis(Number(REDIS_PORT), '127.0.0.1', { maxRetriesPerRequest: null });
redis.on('error', () => undefined);
const pk = new PluralKit({
  userAgent: 'tests/1.0 (tests@example.com)',
  baseUrl: API_URL,
  limiter: new RedisLimiter(redis),
});

process.once('message', async () => {
  let done = 0;
  const failed: string[] = [];
  const task = async () => {
    for (let call = 0; call < Number(CALLS); call++) {
      await pk.systems.get('harbor').then(
        () => done++,
        (error: unknown) => failed.push(String(error)),
      );
    }
  };
  await Promise.all(Array.from({ length: Number(TASKS) }, task));
  process.send?.({ done, failed } satisfies Report);
  process.exit();
});
process.on('disconnect', () => process.exit());
process.send?.('ready');
