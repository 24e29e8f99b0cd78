import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { receive } from '../sandbox/node/receiver.ts';
import { serve } from '../sandbox/node/support.ts';
import { run, start } from './support.ts';

let directory = '';
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'pluralkit-cli-'));
});
afterAll(() => rm(directory, { recursive: true }));

const urlPattern = /(http:\/\/127\.0\.0\.1:\d+)\/v2/;

async function startSandbox(...options: readonly string[]) {
  const program = start(['sandbox', '--port', '0', ...options]);
  const [, url = ''] = await program.waitFor(urlPattern);
  await program.waitFor(/Ctrl-C/);
  return { ...program, url };
}

async function writeWorld(name: string, content: unknown): Promise<string> {
  const file = join(directory, name);
  await writeFile(file, typeof content === 'string' ? content : JSON.stringify(content));
  return file;
}

const uuid = '5a4db0c5-0000-4000-8000-000000000001';
const exampleSystem = {
  id: 'exmpl',
  uuid,
  created: '2020-01-01T00:00:00Z',
  token: 'made-up',
  name: 'Example',
};

test('--app-token gives an application a limit of its own', async () => {
  const { url } = await startSandbox('--app-token', 'made-up-token');
  const headers = { 'User-Agent': 'test', 'X-PluralKit-App': 'made-up-token' };
  const response = await fetch(`${url}/v2/systems/harbor`, { headers });
  expect(response.headers.get('X-RateLimit-Scope')).toBe('token2');
});

test('the sandbox command prints its address, the tokens, and a first call that works', async () => {
  const { url, output } = await startSandbox();
  expect(output()).toMatch(/The Harbour +harbor +harbor-sandbox-token-0+\n/);
  const [, token = '', address = ''] = /curl -H 'Authorization: (\S+)' (\S+)/.exec(output()) ?? [];
  expect(address).toBe(`${url}/v2/systems/@me`);
  const response = await fetch(address, { headers: { Authorization: token } });
  expect(await response.json()).toMatchObject({ id: 'harbor', privacy: { name_privacy: 'public' } });
});

test('the sandbox command writes a line for each request, without colours or control characters', async () => {
  const { url, output, waitFor } = await startSandbox();
  await fetch(`${url}/v2/systems/harbor`);
  await fetch(`${url}/v2/systems/nobody?%1b[31m`);
  await waitFor(/^\d\d:\d\d:\d\d GET {4}\/v2\/systems\/harbor 200 \d+\.\d ms$/m);
  await waitFor(/GET {4}\/v2\/systems\/nobody\?%1b\[31m 404/);
  expect(output()).not.toMatch(/\p{Cc}(?<!\n)/u);
});

test('the console’s own requests are not logged', async () => {
  const { url, output, waitFor } = await startSandbox();
  expect(output()).toContain(`${url}/\n`);
  const page = await fetch(`${url}/`);
  expect(page.headers.get('Content-Type')).toBe('text/html; charset=utf-8');
  expect(await page.text()).toContain('<title>PluralKit sandbox</title>');
  expect((await fetch(`${url}/_sandbox/world`)).status).toBe(200);
  await fetch(`${url}/v2/systems/harbor`);
  await waitFor(/systems\/harbor 200/);
  expect(output()).not.toMatch(/^\S+ GET +\/(_sandbox.*)? \d/m);
});

test('the line of a request to an unknown path has a hint', async () => {
  const { url, waitFor, output } = await startSandbox();
  await fetch(`${url}/systems/harbor`);
  await waitFor(/\/systems\/harbor 400 .*\n +The API is below \/v2: does the base URL lack it\?/);
  await fetch(`${url}/v2`);
  await waitFor(/\/v2 404 .*\n +The API is below \/v2, such as/);
  await fetch(`${url}/v2/systems/nobody`);
  await waitFor(/nobody 404/);
  expect(output().match(/The API is below/g)).toHaveLength(2);
});

test('--docs shows rendered docs beside it', async () => {
  const docs = join(directory, 'docs');
  await mkdir(join(docs, 'v2'), { recursive: true });
  await writeFile(join(docs, 'v2/index.html'), 'rendered');
  const { url } = await startSandbox('--docs', docs);
  expect(await (await fetch(`${url}/docs/v2/`)).text()).toBe('rendered');
});

test('--quiet writes no lines for requests', async () => {
  const { url, output } = await startSandbox('--quiet');
  const before = output();
  await fetch(`${url}/v2/systems/harbor`);
  await sleep(100);
  expect(output()).toBe(before);
});

test('output has colours where the terminal supports them', async () => {
  const { output } = await run(['--help'], { FORCE_COLOR: '1' });
  expect(output).toContain('\u001b[1m');
  const plain = await run(['--help'], { NO_COLOR: '1' });
  expect(plain.output).not.toContain('\u001b[');
});

test('--world starts with the systems of a file', async () => {
  const file = await writeWorld('world.json', { systems: [exampleSystem] });
  const { url, output } = await startSandbox('--world', file);
  expect(output()).toMatch(/Example +exmpl +made-up/);
  const response = await fetch(`${url}/v2/systems/@me`, { headers: { Authorization: 'made-up' } });
  expect(await response.json()).toMatchObject({ name: 'Example' });
});

test('control characters in names do not reach the terminal', async () => {
  const file = await writeWorld('names.json', {
    systems: [{ ...exampleSystem, name: 'a\u001b[2J\u009b2Jb\n' }],
  });
  const { output } = await startSandbox('--world', file);
  expect(output()).toContain('a\\x1b[2J\\x9b2Jb\\x0a');
});

test('--world names the path of what is wrong, without a stack', async () => {
  const file = await writeWorld('broken.json', { systems: [{ ...exampleSystem, colour: 'red' }] });
  const { code, output, errors } = await run(['sandbox', '--port', '0', '--world', file]);
  expect({ code, output }).toEqual({ code: 1, output: '' });
  expect(errors).toBe(`error ${file}: systems[0].colour is not known; did you mean “color”?\n`);
});

test('a port that is taken ends the program with advice', async () => {
  const { port } = await serve();
  const { code, output, errors } = await run(['sandbox', '--port', String(port)]);
  expect({ code, output }).toEqual({ code: 1, output: '' });
  expect(errors).toBe(
    `error Port ${port} is taken by another program, maybe by another sandbox (\`lsof -i :${port}\` names it). Stop that one, or choose another port: --port 0 takes any that is free.\n`,
  );
});

test('a host that is not this machine ends the program with advice', async () => {
  const { code, errors } = await run(['sandbox', '--port', '0', '--host', '192.0.2.1']);
  expect(code).toBe(1);
  expect(errors).toContain('“192.0.2.1” is no address of this machine');
});

test('--host lets other machines in, and says so', async () => {
  const program = start(['sandbox', '--port', '0', '--host', '0.0.0.0']);
  await program.waitFor(/Other machines can reach it/);
});

test.for([
  [['server'], ['own_system_get', '10', /^\d{10}$/]],
  [
    ['documented', '--rate-limit-factor', '100'],
    ['generic_get', '1000', /^\d{13}$/],
  ],
] as const)('--rate-limits %j sets the limits that are counted', async ([mode, [scope, limit, reset]]) => {
  const { url } = await startSandbox('--rate-limits', ...mode);
  const headers = { Authorization: `harbor-sandbox-token-${'0'.repeat(43)}` };
  const response = await fetch(`${url}/v2/systems/@me`, { headers });
  expect(response.headers.get('X-RateLimit-Scope')).toBe(scope);
  expect(response.headers.get('X-RateLimit-Limit')).toBe(limit);
  expect(response.headers.get('X-RateLimit-Reset')).toMatch(reset);
});

test('the rate limits are the server’s by default, and none with --rate-limits off', async () => {
  const limited = await startSandbox();
  const statuses = async (url: string) =>
    Promise.all(Array.from({ length: 40 }, async () => (await fetch(`${url}/v2/systems/harbor`)).status));
  expect(await statuses(limited.url)).toContain(429);
  const free = await startSandbox('--rate-limits', 'off');
  expect(await statuses(free.url)).not.toContain(429);
});

test('--latency delays each response', async () => {
  const { url } = await startSandbox('--latency', '300');
  const begin = performance.now();
  await fetch(`${url}/v2/systems/harbor`);
  expect(performance.now() - begin).toBeGreaterThanOrEqual(295);
});

test('version 1 is served with --v1 only', async () => {
  const current = await startSandbox();
  expect((await fetch(`${current.url}/v1/s/nooks`)).status).toBe(410);
  const old = await startSandbox('--v1');
  expect((await fetch(`${old.url}/v1/s/nooks`)).status).toBe(200);
});

test.for(['--deliver', '--deliver-anywhere'])('the option %s posts webhook events', async (option) => {
  const receiver = await receive();
  const webhook = { url: receiver.url, token: 'signing' };
  const file = await writeWorld('webhook.json', { systems: [{ ...exampleSystem, webhook }] });
  const silent = await startSandbox('--world', file);
  const posting = await startSandbox('--world', file, option);
  for (const [{ url }, name] of [
    [silent, 'Silent'],
    [posting, 'Posting'],
  ] as const) {
    const headers = { Authorization: 'made-up', 'Content-Type': 'application/json' };
    await fetch(`${url}/v2/systems/@me`, { method: 'PATCH', headers, body: JSON.stringify({ name }) });
  }
  await expect
    .poll(() => receiver.received)
    .toMatchObject([{ type: 'UPDATE_SYSTEM', data: { name: 'Posting' } }]);
  expect(posting.output()).toContain(`${exampleSystem.id}  ${receiver.url}  signing token signing`);
  await posting.waitFor(/EVENT {2}UPDATE_SYSTEM to http:\/\/\S+ responded with 200/);
  expect(silent.output()).not.toMatch(/signing token|EVENT/);
});

test('--db continues from the file, and --world is read for a new file only', async () => {
  const db = join(directory, 'kept.db');
  const file = await writeWorld('first.json', { systems: [exampleSystem] });
  const headers = { Authorization: 'made-up', 'Content-Type': 'application/json' };
  const first = await startSandbox('--db', db, '--world', file);
  await fetch(`${first.url}/v2/systems/@me`, { method: 'PATCH', headers, body: '{"name":"Renamed"}' });
  const meanwhile = await run(['sandbox', '--port', '0', '--db', db]);
  expect(meanwhile.code).toBe(1);
  expect(meanwhile.errors).toBe(`error Cannot use ${db}: another sandbox or program has it open\n`);
  first.kill('SIGTERM');
  expect(await first.ended).toBe(0);

  const second = await startSandbox('--db', db, '--world', join(directory, 'not-there.json'));
  expect(second.output()).toContain(
    `${db} holds a world already, which is used; ${directory}/not-there.json was not read.`,
  );
  expect(second.output()).toMatch(/Renamed +exmpl +made-up/);
  await fetch(`${second.url}/_sandbox/reset`, { method: 'POST' });
  const after = await fetch(`${second.url}/v2/systems/exmpl`);
  expect(await after.json()).toMatchObject({ name: 'Example' });
});

test('--db rejects a file of another program', async () => {
  const file = await writeWorld('letter.txt', 'Dear friend, '.repeat(1000));
  const { code, errors } = await run(['sandbox', '--port', '0', '--db', file]);
  expect({ code, errors }).toEqual({ code: 1, errors: `error Cannot use ${file}: file is not a database\n` });
});

test('a response that a fault delays does not delay the end of the program', async () => {
  const { url, kill, ended } = await startSandbox();
  const fault = JSON.stringify({ operation: 'getSystem', delay: 60_000 });
  await fetch(`${url}/_sandbox/faults`, { method: 'POST', body: fault });
  const response = fetch(`${url}/v2/systems/harbor`).catch(() => 'broken');
  await sleep(100);
  kill('SIGINT');
  expect(await response).toBe('broken');
  expect(await ended).toBe(0);
});

test.for(['SIGINT', 'SIGTERM'] as const)(
  'the signal %s lets requests under way end and stops the program',
  async (signal) => {
    const { url, kill, ended } = await startSandbox('--latency', '300');
    const response = fetch(`${url}/v2/systems/harbor`);
    await sleep(100);
    kill(signal);
    expect((await response).status).toBe(200);
    expect(await ended).toBe(0);
  },
);

test('Ctrl-C waits for some seconds only, and a signal passed on by npm is not a second Ctrl-C', async () => {
  const { url, kill, ended } = await startSandbox('--latency', '60000');
  const response = fetch(`${url}/v2/systems/harbor`).catch(() => 'broken');
  await sleep(100);
  kill('SIGINT');
  await sleep(20);
  kill('SIGINT');
  const begin = performance.now();
  expect(await ended).toBe(0);
  expect(performance.now() - begin).toBeGreaterThan(2500);
  expect(performance.now() - begin).toBeLessThan(10_000);
  expect(await response).toBe('broken');
});

test('a second Ctrl-C stops the program at once', async () => {
  const { url, kill, ended } = await startSandbox('--latency', '60000');
  fetch(`${url}/v2/systems/harbor`).catch(() => 'broken');
  await sleep(100);
  kill('SIGINT');
  await sleep(400);
  kill('SIGINT');
  expect(await ended).toBe(130);
});
