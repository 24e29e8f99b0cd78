import { spawnSync } from 'node:child_process';
import { redisCommand } from './redis.ts';
import { testWith } from './test-with.ts';

/** `test`, where there is a Redis. Apart from the server, which the benchmark starts outside of a test. */
export const redisTest = testWith(
  spawnSync(redisCommand, ['--version']).status === 0,
  'Redis',
  `no \`${redisCommand}\` found (install it, or set RUN_REDIS_SERVER)`,
);
