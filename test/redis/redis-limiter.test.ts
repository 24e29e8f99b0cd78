import KeyvRedis from '@keyv/redis';
import { Redis } from 'ioredis';
import Keyv from 'keyv';
import { createClient } from 'redis';
import { afterAll, beforeAll, beforeEach, describe, expect, onTestFinished, vi } from 'vitest';
import { type LimiterRequest, PluralKit } from '../../src/index.ts';
import { type RedisClient, RedisLimiter } from '../../src/redis/index.ts';
import { createSandbox } from '../../src/sandbox/index.ts';
import { rejection, userAgent } from '../client/helpers.ts';
import { type RedisServer, startRedis } from '../support/redis.ts';
import { redisTest as test } from '../support/redis-test.ts';

let server: RedisServer;
let redis: Redis;

beforeAll(async () => {
  server = await startRedis();
  redis = new Redis(server.port);
  redis.on('error', () => undefined);
});
beforeEach(() => redis.flushall());
afterAll(async () => {
  redis.disconnect();
  await server.kill();
});

const bucket = { id: 'generic_get https://api.example.com', limit: 10 };
const requestOf = (more: Partial<LimiterRequest> = {}): LimiterRequest => ({
  buckets: () => [bucket],
  timeLeft: 30_000,
  ...more,
});

function clientOf(limiter: RedisLimiter, sandbox = createSandbox({ rateLimits: 'server' })) {
  const statuses: number[] = [];
  const pk = new PluralKit({
    token: sandbox.tokens.harbor,
    userAgent,
    limiter,
    fetch: (url, init) => sandbox.fetch(new Request(url, init)),
    onResponse: ({ status }) => statuses.push(status),
  });
  return { pk, sandbox, statuses };
}

test.each<[string, () => Promise<RedisClient>]>([
  ['ioredis', async () => redis],
  [
    'node-redis',
    async () => {
      const client = createClient({ url: server.url });
      await client.connect();
      onTestFinished(() => client.destroy());
      return client;
    },
  ],
])('paces clients through %s', async (_, connect) => {
  const limiters = [new RedisLimiter(await connect()), new RedisLimiter(await connect())];
  const { pk, sandbox, statuses } = clientOf(limiters[0] as RedisLimiter);
  const other = pk.with({ limiter: limiters[1] });
  const calls = Array.from({ length: 24 }, (_, index) => (index % 2 ? pk : other).systems.get('@me'));
  await Promise.all(calls);
  await pk.members.update('marina', { pronouns: 'they/them' });
  expect(statuses).toEqual(statuses.map(() => 200));
  const keys = await redis.keys('*');
  expect(keys).toContain('{pluralkit}:processes');
  expect(keys.filter((key) => !key.startsWith('{pluralkit}:'))).toEqual([]);
  expect(JSON.stringify(keys)).not.toContain(sandbox.tokens.harbor);
});

describe('a wait', () => {
  test('ends with the signal', async () => {
    const limiter = new RedisLimiter(redis);
    for (let place = 0; place < 9; place++) await limiter.acquire(requestOf());
    const controller = new AbortController();
    const waiting = rejection(limiter.acquire(requestOf({ signal: controller.signal })));
    controller.abort(new Error('enough'));
    expect(await waiting).toMatchObject({ message: 'enough' });
    await limiter.acquire(requestOf());
  });

  test('ends where the server’s retry_after is longer than the timeout', async () => {
    const limiter = new RedisLimiter(redis);
    const settle = await limiter.acquire(requestOf());
    settle({ bucket, limit: 10, remaining: 0, retryAfter: 20_000 });
    const error = await rejection(new RedisLimiter(redis).acquire(requestOf({ timeLeft: 5_000 })));
    expect(error).toMatchObject({ name: 'BucketHeldError', retryAfter: expect.closeTo(20_000, -3) });
  });
});

test('the limiter gives back places in buckets that did not count the request', async () => {
  const limiter = new RedisLimiter(redis);
  const own = { id: 'own', limit: 10 };
  for (let place = 0; place < 9; place++) {
    const settle = await limiter.acquire(requestOf({ buckets: () => [bucket, own] }));
    settle({ bucket: own, limit: 10, remaining: 8 - place });
  }
  const key = `{pluralkit}:${bucket.id}`;
  await expect.poll(() => redis.zcard(`${key}:pending`)).toBe(0);
  expect(Number(await redis.hget(key, 'arrival'))).toBeLessThanOrEqual(Date.now());
});

test.each([
  [{ timeout: 0 }, /timeout/],
  [{ processes: 1.5 }, /processes/],
])('the limiter rejects the option %j', (options, message) => {
  expect(() => new RedisLimiter(redis, options)).toThrow(message);
});

test('the limiter works where Redis was never available', async () => {
  const away = new Redis(1, '127.0.0.1', { maxRetriesPerRequest: null });
  away.on('error', () => undefined);
  onTestFinished(() => away.disconnect());
  const { pk, statuses } = clientOf(new RedisLimiter(away, { timeout: 50, processes: 2 }));
  await Promise.all(Array.from({ length: 5 }, () => pk.systems.get('@me')));
  expect(statuses).toEqual([200, 200, 200, 200, 200]);
});

describe('without Redis', () => {
  const away = { call: () => Promise.reject(new Error('no connection')) };

  test('calls are not held for longer than their timeout', async () => {
    const limiter = new RedisLimiter(away, { processes: 1 });
    const settle = await limiter.acquire(requestOf());
    settle({ bucket, limit: 10, remaining: 0, retryAfter: 20_000 });
    // The first one goes on to wait, others come while it does.
    const waiting = limiter.acquire(requestOf({ signal: AbortSignal.timeout(200) })).catch(() => undefined);
    const start = performance.now();
    for (const timeLeft of [50, 5_000, 100]) {
      const error = await rejection(limiter.acquire(requestOf({ timeLeft })));
      expect(error).toMatchObject({ name: 'BucketHeldError', retryAfter: expect.closeTo(20_000, -3) });
    }
    expect(performance.now() - start).toBeLessThan(150);
    await waiting;
  });

  test('nothing keeps the process from ending while it is looked for', async () => {
    const start = setTimeout;
    const timers: NodeJS.Timeout[] = [];
    vi.spyOn(globalThis, 'setTimeout').mockImplementation((...values: Parameters<typeof setTimeout>) => {
      const timer = start(...values);
      timers.push(timer);
      return timer;
    });
    await new RedisLimiter(away, { processes: 1 }).acquire(requestOf());
    vi.restoreAllMocks();
    // No call waits for the next look, as it does for its turn.
    expect(timers.map((timer) => timer.hasRef())).toContain(false);
  });
});

test("Keyv's store in Redis is a cache of lookups for all processes", async () => {
  const sandbox = createSandbox();
  const find = async () => {
    const store = new Keyv({ store: new KeyvRedis(server.url) });
    onTestFinished(() => store.disconnect());
    const { pk, statuses } = clientOf(new RedisLimiter(redis), sandbox);
    const client = pk.with({ cache: store });
    const message = await client.messages.find('920000000000000001');
    await expect.poll(() => redis.keys('*message*')).not.toEqual([]);
    return { id: message?.id, requests: statuses.length };
  };
  expect(await find()).toEqual({ id: '920000000000000001', requests: 1 });
  expect(await find()).toEqual({ id: '920000000000000001', requests: 0 });
});
