import { fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, expect, onTestFinished } from 'vitest';
import { createSandbox } from '../../src/sandbox/index.ts';
import { listen, type RunningServer } from '../../src/sandbox/node/index.ts';
import { type RedisServer, startRedis } from '../support/redis.ts';
import { redisTest as test } from '../support/redis-test.ts';
import type { Report } from './client-process.ts';

const PROCESSES = 4;
// Five times the real limits, so that it takes seconds.
const sandbox = createSandbox({ rateLimits: 'server', rateLimitFactor: 5 });
let statuses: number[] = [];
let api: RunningServer;
let redis: RedisServer;

beforeAll(async () => {
  api = await listen(sandbox, {
    onResponse: ({ status }) => {
      statuses.push(status);
    },
  });
  redis = await startRedis();
});
beforeEach(() => {
  sandbox.reset();
  statuses = [];
});
afterAll(async () => {
  await redis.kill();
  await api.close();
});

/** Starts processes that begin to call at the same time, and gives what they report. */
async function callFrom(tasks: number, calls: number): Promise<() => Promise<Report[]>> {
  const env = {
    ...process.env,
    API_URL: `${api.url}/v2`,
    REDIS_PORT: `${redis.port}`,
    TASKS: `${tasks}`,
    CALLS: `${calls}`,
  };
  const file = join(import.meta.dirname, 'client-process.ts');
  const children = Array.from({ length: PROCESSES }, () => fork(file, { env }));
  onTestFinished(() => {
    for (const child of children) child.kill('SIGKILL');
  });
  await Promise.all(children.map((child) => once(child, 'message')));
  return async () => {
    for (const child of children) child.send('go');
    return Promise.all(children.map(async (child): Promise<Report> => (await once(child, 'message'))[0]));
  };
}

test('four processes of 25 tasks share the limits, and none is rate limited', async () => {
  const call = await callFrom(25, 1);
  const reports = await call();
  expect(reports).toEqual(reports.map(() => ({ done: 25, failed: [] })));
  expect(statuses).toEqual(Array.from({ length: PROCESSES * 25 }, () => 200));
});

test('while Redis is unavailable, calls continue within the limits, and none is lost', async () => {
  const call = await callFrom(4, 10);
  const reports = call();
  await expect.poll(() => statuses.length).toBeGreaterThan(15);
  await redis.kill();
  const before = statuses.length;
  await expect.poll(() => statuses.length, { timeout: 30_000 }).toBeGreaterThan(before + 12);
  await redis.restart();
  expect(await reports).toEqual(Array.from({ length: PROCESSES }, () => ({ done: 40, failed: [] })));
  expect(statuses.filter((status) => status !== 200)).toEqual([]);
});
