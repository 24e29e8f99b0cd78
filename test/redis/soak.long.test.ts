/**
 * A large bot for a few minutes: four processes, which share a hundred times the real limits through Redis, while Redis and
 * the server are killed and come back.
 */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Redis } from 'ioredis';
import { expect, onTestFinished } from 'vitest';
import { projectDirectory } from '../../scripts/lib/program.ts';
import { PluralKit } from '../../src/index.ts';
import { createSandbox } from '../../src/sandbox/index.ts';
import { userAgent } from '../client/helpers.ts';
import { freePort } from '../support/free-port.ts';
import { type RunningProgram, startProgram } from '../support/processes.ts';
import { startRedis } from '../support/redis.ts';
import { redisTest as test } from '../support/redis-test.ts';
import type { SoakReport } from './soak-process.ts';

const PROCESSES = 4;
const CALLS = Number(process.env.SOAK_CALLS ?? 100_000);
/** More of all processes together than a full bucket lets through at once. */
const TASKS = 300;

const { harbor = '', relays = '' } = createSandbox().tokens;

/** A sandbox that keeps its state in a file, so that what was written before it is killed can be counted afterwards. */
async function startApi(port: number, database: string): Promise<RunningProgram> {
  const options = { port: `${port}`, 'rate-limit-factor': '100', db: database };
  const args = Object.entries(options).flatMap(([name, value]) => [`--${name}`, value]);
  const program = startProgram(process.execPath, [
    join(projectDirectory, 'src/cli.ts'),
    'sandbox',
    '--quiet',
    ...args,
  ]);
  await program.waitFor(/http:\/\/127\.0\.0\.1/);
  return program;
}

test(`${CALLS} calls of four processes all succeed`, { timeout: 1_200_000 }, async () => {
  const directory = mkdtempSync(join(tmpdir(), 'pluralkit-openapi-'));
  onTestFinished(() => rmSync(directory, { recursive: true, force: true }));
  const database = join(directory, 'sandbox.db');
  const port = await freePort();
  const redis = await startRedis();
  onTestFinished(() => redis.kill());
  let api = await startApi(port, database);
  onTestFinished(async () => {
    api.kill('SIGKILL');
    await api.ended;
  });

  const reports: SoakReport[][] = Array.from({ length: PROCESSES }, () => []);
  const children = reports.map((list, rank) => {
    const child = fork(join(import.meta.dirname, 'soak-process.ts'), {
      execArgv: ['--expose-gc'],
      env: {
        ...process.env,
        API_URL: `http://127.0.0.1:${port}/v2`,
        REDIS_PORT: `${redis.port}`,
        TASKS: `${TASKS}`,
        CALLS: `${CALLS / PROCESSES}`,
        RANK: `${rank}`,
        TOKENS: `${harbor},${relays}`,
      },
    });
    onTestFinished(() => void child.kill('SIGKILL'));
    return { child, list };
  });
  await Promise.all(children.map(({ child }) => once(child, 'message')));
  const ends = children.map(
    ({ child, list }) =>
      new Promise<void>((resolve, reject) => {
        child.on('message', (report: SoakReport) => {
          list.push(report);
          if (report.isOver) resolve();
        });
        child.once('exit', (code) => reject(new Error(`A process ended with ${code}`)));
      }),
  );
  const done = () => reports.reduce((sum, list) => sum + (list.at(-1)?.done ?? 0), 0);
  const until = (count: number) => expect.poll(done, { timeout: 1_200_000 }).toBeGreaterThanOrEqual(count);

  const over = Promise.all(ends);
  for (const { child } of children) child.send('go');
  await until(0.25 * CALLS);
  await redis.kill();
  // Calls go on without it.
  await until(done() + 0.03 * CALLS);
  await redis.restart();
  await until(0.6 * CALLS);
  const client = new Redis(redis.port);
  onTestFinished(() => client.disconnect());
  const keysBefore = await client.dbsize();
  api.kill('SIGKILL');
  await api.ended;
  await sleep(2_000);
  api = await startApi(port, database);
  await over;

  const last = reports.map((list) => list.at(-1));
  const expected = { done: CALLS / PROCESSES, failed: [], limited: 0 };
  expect(last).toEqual(last.map(() => expect.objectContaining(expected)));
  expect(last.reduce((sum, report) => sum + (report?.repeated ?? 0), 0)).toBeLessThan(TASKS);

  // Each switch was registered, and once.
  const pk = new PluralKit({ userAgent, baseUrl: `http://127.0.0.1:${port}/v2` });
  let switches = 0;
  for (const token of [harbor, relays])
    for await (const one of pk.with({ token }).switches.history('@me'))
      if (one.timestamp < '2015') switches++;
  expect(switches).toBe(last.reduce((sum, report) => sum + (report?.switches ?? 0), 0));

  // Neither the processes nor Redis keep more with each call.
  for (const list of reports) {
    const half = Math.floor(list.length / 2);
    const largest = (some: readonly SoakReport[]) => Math.max(...some.map(({ heap }) => heap));
    expect(largest(list.slice(half))).toBeLessThan(1.2 * largest(list.slice(1, half)));
  }
  expect(await client.dbsize()).toBeLessThanOrEqual(keysBefore + PROCESSES);
});
