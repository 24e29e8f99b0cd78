import { expect, onTestFinished, test } from 'vitest';
import { createSandbox } from '../../src/sandbox/create-sandbox.ts';
import { createDeliverer } from '../../src/sandbox/node/deliver.ts';
import defaultWorld from '../../src/sandbox/world/default-world.json' with { type: 'json' };
import { readWorld } from '../../src/sandbox/world/read.ts';
import { createTestEvent } from '../../src/webhooks/index.ts';
import { run, start } from './support.ts';

async function startReceiver(options: readonly string[] = [], env: NodeJS.ProcessEnv = {}) {
  const program = start(['webhook', '--port', '0', ...options], env);
  const [url] = await program.waitFor(/http:\/\/127\.0\.0\.1:\d+/);
  return { ...program, url };
}

async function post(url: string, event: unknown): Promise<number> {
  const response = await fetch(url, { method: 'POST', body: JSON.stringify(event) });
  return response.status;
}

test('the webhook command prints events in a readable form, without their tokens', async () => {
  const { url, output, waitFor } = await startReceiver();
  const data = { name: 'Ann', pronouns: 'they/them', description: 'a\u001b[2J\u009bb' };
  const event = createTestEvent('UPDATE_MEMBER', { signing_token: 'secret-token', data });
  expect(await post(url, event)).toBe(200);
  await waitFor(/UPDATE_MEMBER[\s\S]*pronouns/);
  expect(output()).toMatch(/^\d\d:\d\d:\d\d UPDATE_MEMBER$/m);
  expect(output()).toContain(`  system ${event.system_id}\n  id     ${event.id}\n  data   {`);
  expect(output()).toContain("name: 'Ann'");
  expect(output()).not.toMatch(/\p{Cc}(?<!\n)/u);
  expect(output()).not.toContain('secret-token');
});

test('the webhook command accepts any token, and prints types that are newer than the document', async () => {
  const { url, waitFor } = await startReceiver();
  expect(await post(url, createTestEvent('PING'))).toBe(200);
  await waitFor(/ PING/);
  const unknown = { type: 'NEW\u001b[2J', signing_token: '', system_id: 's', id: null, data: null };
  expect(await post(url, { ...unknown, signing_token: 'x' })).toBe(200);
  await waitFor(/ NEW\\x1b\[2J/);
});

test.each([
  ['lists', '['.repeat(1000) + ']'.repeat(1000)],
  ['objects', `${'{"a":'.repeat(1000)}1${'}'.repeat(1000)}`],
])('the webhook command prints only the outer levels of nested %s', async (_name, nested) => {
  const { url, output, waitFor } = await startReceiver();
  const text = JSON.stringify({ type: 'NEW', signing_token: 'x', system_id: 's', id: null, data: [] });
  const body = text.replace('[]', `[${Array(100).fill(nested)}]`);
  expect((await fetch(url, { method: 'POST', body })).status).toBe(200);
  await waitFor(/ NEW/);
  expect(output().length).toBeLessThan(100_000);
});

test.each([
  ['--token', ['--token', 'right'], {}],
  ['PLURALKIT_SIGNING_TOKEN', [], { PLURALKIT_SIGNING_TOKEN: 'right' }],
  ['--token before the variable', ['--token', 'right'], { PLURALKIT_SIGNING_TOKEN: 'wrong' }],
])('%s rejects others, as PluralKit tries before it takes an address', async (_name, options, env) => {
  const { url, output, waitFor } = await startReceiver(options, env);
  expect(await post(url, createTestEvent('PING', { signing_token: 'wrong' }))).toBe(401);
  await waitFor(/rejected with 401: The token is wrong/);
  expect(output()).not.toContain('PING');
  expect(await post(url, createTestEvent('PING', { signing_token: 'right' }))).toBe(200);
  await waitFor(/PING/);
});

test('requests that are no event are reported', async () => {
  const { url, waitFor } = await startReceiver();
  expect(await post(url, { type: 'PING' })).toBe(400);
  await waitFor(/rejected with 400: The body is no event/);
  expect((await fetch(url)).status).toBe(405);
  await waitFor(/rejected with 405/);
  expect(await post(url, { text: 'x'.repeat(1_000_001) })).toBe(413);
  await waitFor(/rejected with 413/);
});

test('events that a sandbox posts are printed', async () => {
  const { url, waitFor } = await startReceiver(['--token', 'relay-signing-token']);
  const systems = defaultWorld.systems.map((system) =>
    system.webhook === undefined ? system : { ...system, webhook: { ...system.webhook, url } },
  );
  const deliverer = createDeliverer();
  onTestFinished(() => deliverer.close());
  const world = readWorld({ ...defaultWorld, systems });
  const sandbox = createSandbox({ world, deliver: deliverer.deliver });
  const headers = {
    Authorization: sandbox.tokens.relays ?? '',
    'Content-Type': 'application/json',
    'User-Agent': 'test',
  };
  const body = JSON.stringify({ name: 'New here' });
  await sandbox.fetch(new Request('http://sandbox.test/v2/members', { method: 'POST', headers, body }));
  await waitFor(/CREATE_MEMBER[\s\S]*New here/);
});

test('the webhook command listens where the built-in world has its webhook', async () => {
  const { output } = await run(['webhook', '--help']);
  const [, port] = /default: (\d+), where/.exec(output) ?? [];
  const webhooks = defaultWorld.systems.flatMap(({ webhook }) => webhook ?? []);
  expect(webhooks).toMatchObject([{ url: `http://127.0.0.1:${port}/` }]);
});

test('Ctrl-C ends the receiver', async () => {
  const { kill, ended } = await startReceiver();
  kill('SIGINT');
  expect(await ended).toBe(0);
});
