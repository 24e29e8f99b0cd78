import { once } from 'node:events';
import { createServer } from 'node:http';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createSandbox } from '../../src/sandbox/create-sandbox.ts';
import { createTestEvent, createWebhookHandler, toNodeHandler } from '../../src/webhooks/index.ts';
import { isRecord } from '../models/recorded.ts';
import { eventTypes, faultsOf } from './schema.ts';

const signingToken = 'the signing token of Dave';
const guild = '466707357099884544';
const token = 'd'.repeat(64);
const world = {
  systems: [
    {
      id: 'davedd',
      uuid: '00000000-0000-4000-8000-000000000004',
      token,
      created: '2020-01-01T00:00:00Z',
      accounts: ['100000000000000005'],
      webhook: { url: 'https://hooks.example.com/pk', token: signingToken },
      members: [
        {
          id: 'dmaaa',
          uuid: '00000000-0000-4000-8000-000000000018',
          created: '2020-01-01T00:00:00Z',
          name: 'Dan',
          guilds: [{ guild_id: guild }],
        },
      ],
      guilds: [{ guild_id: guild }],
      autoproxy: [{ guild_id: guild }],
    },
  ],
  messages: [],
};

const received: { handler: string; event: unknown }[] = [];
const on = Object.fromEntries(
  eventTypes.map((type) => [type, (event: unknown) => received.push({ handler: type, event })]),
);
const server = createServer(toNodeHandler(createWebhookHandler({ token: signingToken, on })));
let endpoint = '';

beforeAll(async () => {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  endpoint = typeof address === 'object' && address ? `http://127.0.0.1:${address.port}/` : '';
});
afterAll(() => server.close());

const deliver = (payload: unknown) => fetch(endpoint, { method: 'POST', body: JSON.stringify(payload) });

test('what changes in a sandbox drives the handlers, over HTTP', async () => {
  const sandbox = createSandbox({ world });
  const call = async (method: string, path: string, body?: unknown): Promise<Record<string, unknown>> => {
    const headers = { Authorization: token, 'Content-Type': 'application/json', 'User-Agent': 'test' };
    const init = { method, headers, ...(body !== undefined && { body: JSON.stringify(body) }) };
    const response = await sandbox.fetch(new Request(`http://localhost/v2${path}`, init));
    expect([method, path, response.ok ? 'ok' : await response.text()]).toEqual([method, path, 'ok']);
    const content: unknown = response.status === 204 ? {} : await response.json();
    return isRecord(content) ? content : {};
  };
  const member = await call('POST', '/members', { name: 'Dora', proxy_tags: [{ prefix: 'd:' }] });
  const group = await call('POST', '/groups', { name: 'Friends' });
  const first = await call('POST', '/systems/@me/switches', { members: [member.id] });
  await call('PATCH', `/systems/@me/switches/${first.id}`, { timestamp: '2022-01-01T00:00:00.5Z' });
  await call('PATCH', `/systems/@me/switches/${first.id}/members`, ['dmaaa']);
  await call('DELETE', `/systems/@me/switches/${first.id}`);
  await call('PATCH', '/systems/@me', { name: 'Dave', privacy: { front_privacy: 'private' } });
  await call('PATCH', '/systems/@me/settings', { timezone: 'Asia/Tokyo' });
  await call('PATCH', `/systems/@me/guilds/${guild}`, { tag: 'guild' });
  await call('PATCH', `/systems/@me/autoproxy?guild_id=${guild}`, { autoproxy_mode: 'front' });
  await call('PATCH', `/members/${member.id}`, { color: 'FF0000', birthday: '0004-02-29' });
  await call('PATCH', `/members/dmaaa/guilds/${guild}`, { display_name: 'here' });
  await call('PATCH', `/groups/${group.id}`, { icon: null });
  await call('DELETE', `/groups/${group.id}`);
  await call('DELETE', `/members/${member.id}`);

  const payloads = sandbox.deliveries().map(({ payload }) => payload);
  for (const payload of payloads) expect((await deliver(payload)).status).toBe(200);
  expect(received).toEqual(
    payloads.map(({ signing_token: _, ...event }) => ({ handler: event.type, event })),
  );
  expect(new Set(received.map(({ handler }) => handler))).toEqual(
    new Set([
      'CREATE_MEMBER',
      'CREATE_GROUP',
      'CREATE_SWITCH',
      'UPDATE_SWITCH',
      'DELETE_SWITCH',
      'UPDATE_SYSTEM',
      'UPDATE_SETTINGS',
      'UPDATE_SYSTEM_GUILD',
      'UPDATE_AUTOPROXY',
      'UPDATE_MEMBER',
      'UPDATE_MEMBER_GUILD',
      'UPDATE_GROUP',
      'DELETE_GROUP',
      'DELETE_MEMBER',
    ]),
  );
  for (const payload of payloads) expect([payload, faultsOf(payload.type, payload)]).toEqual([payload, []]);
});

test('pings get the responses that PluralKit expects when an endpoint is registered', async () => {
  received.length = 0;
  const ping = createTestEvent('PING', { signing_token: signingToken });
  expect((await deliver(ping)).status).toBe(200);
  expect((await deliver({ ...ping, signing_token: 'a wrong one, on purpose' })).status).toBe(401);
  expect(received.map(({ handler }) => handler)).toEqual(['PING']);
});
