import { fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import type { Report } from '../../test/redis/client-process.ts';
import { startRedis } from '../../test/support/redis.ts';
import { projectDirectory } from '../lib/program.ts';
import { idealTime } from './cases.ts';
import type { ServerProcess } from './server-process.ts';

const PROCESSES = 4;
const TASKS = 25;

export interface RedisResult {
  readonly milliseconds: number;
  readonly ideal: number;
  readonly requests: number;
  readonly rateLimited: number;
  readonly failures: number;
}

/**
 * Lets four processes that share a Redis make 100 calls at once.
 *
 * @returns why it can't be done, where there is no `redis-server`
 */
export async function runOnRedis(server: ServerProcess): Promise<RedisResult | string> {
  const redis = await startRedis().catch((error: unknown) => String(error));
  if (typeof redis === 'string') return redis;
  const { limited } = await server.startOver();
  const env = {
    ...process.env,
    API_URL: `${limited}/v2`,
    REDIS_PORT: `${redis.port}`,
    TASKS: `${TASKS}`,
    CALLS: '1',
  };
  const file = join(projectDirectory, 'test/redis/client-process.ts');
  const children = Array.from({ length: PROCESSES }, () => fork(file, { env }));
  try {
    await Promise.all(children.map((child) => once(child, 'message')));
    const start = performance.now();
    for (const child of children) child.send('go');
    const reports = await Promise.all(
      children.map(async (child): Promise<Report> => (await once(child, 'message'))[0]),
    );
    const milliseconds = performance.now() - start;
    const { responses, rateLimited } = await server.report();
    const failures = reports.reduce((sum, { failed }) => sum + failed.length, 0);
    const ideal = idealTime(PROCESSES * TASKS, 10);
    return { milliseconds, ideal, requests: responses, rateLimited, failures };
  } finally {
    for (const child of children) child.kill();
    await redis.kill();
  }
}
