/** Runs the programs in `examples/` that README does not show, with the built package, against a sandbox. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import { projectDirectory } from '../../scripts/lib/program.ts';
import { createSandbox } from '../../src/sandbox/index.ts';
import { listen, type RunningServer } from '../../src/sandbox/node/index.ts';
import { requireFreshDist } from '../support/dist.ts';
import { runProgram } from '../support/processes.ts';
import { startRedis } from '../support/redis.ts';

const sandbox = createSandbox();
let server: RunningServer;

beforeAll(async () => {
  requireFreshDist();
  server = await listen(sandbox);
});
afterAll(() => server.close());

/** @returns what the program printed */
async function run(name: string, env: NodeJS.ProcessEnv = {}): Promise<string> {
  const path = join(projectDirectory, 'examples', name);
  const PLURALKIT_URL = `${server.url}/v2`;
  const { code, output, errors } = await runProgram('node', [path], {
    env: { PLURALKIT_URL, PLURALKIT_TOKEN: sandbox.tokens.harbor, ...env },
  });
  expect([code, errors]).toEqual([0, '']);
  return output;
}

test('redis.ts shares the limits through Redis', async () => {
  const redis = await startRedis();
  onTestFinished(() => redis.kill());
  expect(await run('redis.ts', { REDIS_URL: redis.url })).toBe('20 times The Harbour\n');
});

test('backup.ts copies one system into another', async () => {
  const directory = mkdtempSync(join(tmpdir(), 'pluralkit-openapi-'));
  onTestFinished(() => rmSync(directory, { recursive: true, force: true }));
  const output = await run('backup.ts', {
    BACKUP_FILE: join(directory, 'system.json'),
    TARGET_TOKEN: sandbox.tokens.relays,
  });
  expect(output).toMatch(/^switches: \d+ read\n\d+ changes planned\n\d+ changes made\n$/);
  expect(JSON.stringify(sandbox.world())).toMatch(/relays.*Marina.*Marina|Marina.*relays.*Marina/);
});

test('watch.ts tells who fronts', async () => {
  expect(await run('watch.ts', { ONCE: '1' })).toBe('Marina, Quill\n');
});
