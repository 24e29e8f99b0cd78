/** A network that loses what is sent to Redis, with no connection closed: the client of Redis notices nothing. */
import { Redis } from 'ioredis';
import { afterAll, beforeAll, describe, type TestContext } from 'vitest';
import { PluralKit } from '../../src/index.ts';
import { RedisLimiter } from '../../src/redis/index.ts';
import { createSandbox } from '../../src/sandbox/index.ts';
import { userAgent } from '../client/helpers.ts';
import { type HangingProxy, startHangingProxy } from '../support/hanging-proxy.ts';
import { type RedisServer, startRedis } from '../support/redis.ts';
import { redisTest as test } from '../support/redis-test.ts';

let redis: RedisServer;

beforeAll(async () => {
  redis = await startRedis();
});
afterAll(() => redis.kill());

/** Two processes of a bot, each with its own connection to Redis through a proxy. */
async function setUp({ onTestFinished }: TestContext) {
  const proxy = await startHangingProxy(redis.port);
  onTestFinished(() => proxy.close());
  // More than the real limits, so that waits are short.
  const sandbox = createSandbox({ rateLimits: 'server', rateLimitFactor: 2 });
  // The tests share a Redis, and are no processes of one bot.
  const prefix = `{${proxy.port}}`;
  const statuses: number[] = [];
  const commands: string[] = [];
  const processes = [1, 2].map(() => {
    const client = new Redis(proxy.port, '127.0.0.1', { maxRetriesPerRequest: null, socketTimeout: 2_000 });
    client.on('error', () => undefined);
    onTestFinished(() => client.disconnect());
    const counted = {
      call(command: string, ...args: string[]) {
        commands.push(command);
        return client.call(command, ...args);
      },
    };
    return new PluralKit({
      userAgent,
      limiter: new RedisLimiter(counted, { prefix }),
      timeout: 10_000,
      fetch: (url, init) => sandbox.fetch(new Request(url, init)),
      onResponse: ({ status }) => statuses.push(status),
    });
  });
  const call = (count: number) =>
    Promise.all(processes.flatMap((pk) => Array.from({ length: count }, () => pk.systems.get('harbor'))));
  return { proxy, statuses, commands, call };
}

// They wait most of the time.
describe.concurrent('the limiter goes on', () => {
  test.for<[string, (proxy: HangingProxy) => void]>([
    ['on the same connections', (proxy) => proxy.resume()],
    ['on new connections alone', (proxy) => proxy.abandon()],
  ])('while Redis hangs, and are shared again when it comes back %s', async ([, comeBack], context) => {
    const { expect } = context;
    const { proxy, statuses, commands, call } = await setUp(context);
    await call(5);
    proxy.hang();
    commands.length = 0;
    // More than a burst of both together.
    await call(15);
    // Redis is not asked for each call: one PING of each process waits for it.
    expect(commands.filter((command) => command === 'PING')).toHaveLength(2);
    expect(commands.length).toBeLessThanOrEqual(6);
    comeBack(proxy);
    commands.length = 0;
    await expect
      .poll(async () => {
        await call(1);
        return commands.filter((command) => command === 'EVALSHA').length;
      })
      .toBeGreaterThanOrEqual(4);
    await call(10);
    expect(new Set(statuses)).toEqual(new Set([200]));
  });

  test('where Redis takes connections and never responds', async (context) => {
    const { proxy, statuses, call } = await setUp(context);
    proxy.hang();
    await call(10);
    context.expect(statuses).toEqual(Array(20).fill(200));
  });
});
