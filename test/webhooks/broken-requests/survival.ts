import { join } from 'node:path';
import { expect, onTestFinished } from 'vitest';
import { createTestEvent } from '../../../src/webhooks/index.ts';
import { type RunningProgram, startProgram } from '../../support/processes.ts';
import { sendBrokenRequests } from './send.ts';

const token = 'the right signing token';

/** Expects that a receiver of the README's kind survives, and that its memory is flat after the first tenth. */
export async function expectHandlerToSurvive(count: number, seed: number): Promise<void> {
  const { program, url } = await start([
    '--expose-gc',
    join(import.meta.dirname, 'receiver-process.ts'),
    token,
  ]);
  await sendBrokenRequests(url, Math.ceil(count / 10), seed);
  const before = await heapOf(url);
  await sendBrokenRequests(url, count, seed + 1);
  await expectToLive(program, url);
  // Far less than a byte a request could hide in: what is kept of each grows with their number.
  expect((await heapOf(url)) - before).toBeLessThan(2_000_000 + count * 50);
}

/** Expects that `pluralkit webhook` survives. */
export async function expectProgramToSurvive(
  options: readonly string[],
  count: number,
  seed: number,
): Promise<void> {
  const cli = join(import.meta.dirname, '../../../src/cli.ts');
  const { program, url } = await start([cli, 'webhook', '--port', '0', ...options]);
  await sendBrokenRequests(url, count, seed);
  await expectToLive(program, url);
}

async function start(args: readonly string[]): Promise<{ program: RunningProgram; url: string }> {
  const program = startProgram(process.execPath, args);
  onTestFinished(() => program.kill('SIGKILL'));
  const [url] = await program.waitFor(/http:\/\/127\.0\.0\.1:\d+/);
  return { program, url };
}

async function expectToLive({ errors }: RunningProgram, url: string): Promise<void> {
  const body = JSON.stringify(createTestEvent('PING', { signing_token: token }));
  expect((await fetch(url, { method: 'POST', body })).status).toBe(200);
  expect(errors()).toBe('');
}

async function heapOf(url: string): Promise<number> {
  return Number(await (await fetch(`${url}/memory`)).text());
}
