import { expect, test } from 'vitest';
import type { Delivery } from '../../../src/sandbox/index.ts';
import { eventTypes, faultsOf } from '../../webhooks/schema.ts';
import { account, ask, channel, guild, openBot } from './support.ts';

/** A receiver that accepts one signing token: the one that the first PING bears. */
function receiver() {
  let expected: string | undefined;
  return async ({ payload }: Delivery) => {
    expected ??= payload.signing_token;
    return { status: payload.signing_token === expected ? 200 : 401 };
  };
}

test('every type of event of the document can be caused, and has the documented form', async () => {
  const sandbox = openBot(
    { system: { guilds: [{ guild_id: guild }], autoproxy: [{ guild_id: guild, autoproxy_mode: 'latch' }] } },
    { deliver: receiver() },
  );
  sandbox.load({
    systems: sandbox.world().systems.map((system) => ({
      ...system,
      members: system.members.map((member) => ({ ...member, guilds: [{ guild_id: guild }] })),
    })),
  });
  const call = async (method: string, path: string, body?: unknown) => {
    const response = await ask(sandbox, method, path, body);
    expect([method, path, response.status < 300 ? 'ok' : response]).toEqual([method, path, 'ok']);
    return Object(response.body);
  };
  const bot = '/_sandbox/bot';
  const second = '100000000000000009';
  await call('POST', `${bot}/webhook`, { system: 'alices', url: 'https://hooks.example.com/pk' });
  await call('POST', `${bot}/messages`, { account, guild, channel, content: 'A:hi' });
  await call('POST', `${bot}/accounts`, { account: second, system: 'alices' });
  await call('PATCH', `${bot}/accounts/${second}`, { allow_autoproxy: false });
  await call('DELETE', `${bot}/accounts/${second}`);
  await call('PATCH', '/v2/systems/@me', { name: 'Alice' });
  await call('PATCH', '/v2/systems/@me/settings', { timezone: 'UTC' });
  await call('PATCH', `/v2/systems/@me/guilds/${guild}`, { tag: 'x' });
  await call('PATCH', `/v2/members/annann/guilds/${guild}`, { display_name: 'x' });
  const member = await call('POST', '/v2/members', { name: 'New' });
  await call('PATCH', `/v2/members/${member.id}`, { name: 'Newer' });
  await call('DELETE', `/v2/members/${member.id}`);
  const group = await call('POST', '/v2/groups', { name: 'New' });
  await call('PATCH', `/v2/groups/${group.id}`, { name: 'Newer' });
  await call('POST', `${bot}/group-members-event`, { group: group.id });
  await call('DELETE', `/v2/groups/${group.id}`);
  const logged = await call('POST', '/v2/systems/@me/switches', { members: ['annann'] });
  await call('PATCH', `/v2/systems/@me/switches/${logged.id}/members`, ['benben']);
  await call('DELETE', `/v2/systems/@me/switches/${logged.id}`);
  await call('DELETE', `${bot}/switches/alices`);
  await call('POST', `${bot}/import`, { account, file: { switches: [] } });

  const payloads = sandbox.deliveries().map(({ payload }) => payload);
  expect(new Set(payloads.map(({ type }) => type))).toEqual(new Set(eventTypes));
  for (const payload of payloads) expect([payload, faultsOf(payload.type, payload)]).toEqual([payload, []]);
});
