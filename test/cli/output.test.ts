import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, openSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { run } from './support.ts';

const program = join(import.meta.dirname, '../../src/cli.ts');

/** Starts a sandbox whose output is read until it has told its address, and then no longer. */
async function startUnread() {
  const child = spawn(process.execPath, [program, 'sandbox', '--port', '0'], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  let output = '';
  for await (const chunk of child.stdout.iterator({ destroyOnReturn: false })) {
    output += chunk;
    if (/Ctrl-C|http:\/\/127\.0\.0\.1:\d+/.test(output)) break;
  }
  child.stdout.pause();
  return { child, url: /http:\/\/127\.0\.0\.1:\d+/.exec(output)?.[0] ?? '' };
}

async function fillOutput(url: string): Promise<void> {
  for (let index = 0; index < 40; index++) await fetch(`${url}/v2/systems/none?x=${'y'.repeat(8_000)}`);
}

test('SIGTERM ends the program although its output is not read', async () => {
  const { child, url } = await startUnread();
  await fillOutput(url);
  child.kill('SIGTERM');
  const [code] = await once(child, 'exit');
  expect(code).toBe(0);
});

test('output that can no longer be written ends the program quietly, with exit code 3', async () => {
  const { child, url } = await startUnread();
  const errors: unknown[] = [];
  child.stderr.on('data', (chunk) => errors.push(String(chunk)));
  child.stdout.destroy();
  const ended = once(child, 'exit');
  await fetch(`${url}/v2/systems/none`).catch(() => undefined);
  expect([(await ended)[0], errors]).toEqual([3, []]);
});

test.runIf(process.platform === 'linux').each([['--version'], ['sandbox', '--help'], ['no-such-command']])(
  'a full disk ends the program quietly, with exit code 3 (%s)',
  async (...args) => {
    const full = openSync('/dev/full', 'w');
    const child = spawn(process.execPath, [program, ...args], { stdio: ['ignore', full, full] });
    expect((await once(child, 'exit'))[0]).toBe(3);
  },
);

test.runIf(process.platform === 'linux')(
  'a full disk is named where errors can still be written',
  async () => {
    const full = openSync('/dev/full', 'w');
    const child = spawn(process.execPath, [program, '--help'], { stdio: ['ignore', full, 'pipe'] });
    closeSync(full);
    let errors = '';
    child.stderr?.on('data', (chunk) => {
      errors += chunk;
    });
    const [code] = await once(child, 'close');
    expect([code, errors]).toEqual([3, expect.stringMatching(/^error Cannot write the output: .*ENOSPC/)]);
  },
);

test.each([
  [['sandbox', '--port', '-1'], '--port must be a whole number from 0 to 65535, not “-1”'],
  [['sandbox', '--latency', '-5'], '--latency must be a whole number from 0 to 2147483647, not “-5”'],
  [['sandbox', '--prot', '1'], 'There is no option “prot”; did you mean “port”?'],
  [['sandbox', '--port', '--quiet'], '--port needs a value'],
  [['sandbox', '--docs', ''], '--docs must not be empty'],
  [['sandbox', '--db', ''], '--db must not be empty'],
  [['sandbox', '--db', ' '], '--db must not be empty'],
  [['sandbox', '--world', ''], '--world must not be empty'],
  [['sandbox', '--host', ''], '--host must not be empty'],
  [['webhook', '--token', ''], '--token must not be empty'],
  [['verify', '--system', ''], '--system must not be empty'],
])('wrong options get one plain line: %j', async (args, message) => {
  const { code, output, errors } = await run(args);
  expect({ code, output, errors }).toEqual({
    code: 2,
    output: '',
    errors: `error ${message}${message.endsWith('?') ? '' : '.'} See: pluralkit ${args[0]} --help\n`,
  });
});

test.each(['/', '/nowhere'])('a folder without rendered docs is an error: %s', async (folder) => {
  const { code, output, errors } = await run(['sandbox', '--port', '0', '--docs', folder]);
  expect([code, output]).toEqual([1, '']);
  const missing = join(folder, 'v2/index.html');
  expect(errors).toBe(`error ${folder} holds no rendered docs: there is no ${missing}\n`);
});
