import { describe, expect, test } from 'vitest';
import type { Delivery, DeliveryOutcome } from '../../../src/sandbox/index.ts';
import { account, ask, channel, guild, openBot, token, uuidOf } from './support.ts';

describe('registering a webhook', () => {
  const url = 'https://hooks.example.com/new';
  const register = (responses: readonly DeliveryOutcome[], body: object = { system: 'alices', url }) => {
    const posted: Delivery[] = [];
    const deliver = async (delivery: Delivery) => {
      posted.push(structuredClone(delivery));
      return responses[posted.length - 1] ?? { status: 500 };
    };
    const sandbox = openBot({}, { deliver });
    return ask(sandbox, 'POST', '/_sandbox/bot/webhook', body).then((response) => ({
      response,
      posted,
      sandbox,
    }));
  };

  test('takes a receiver that responds 200 to the right token and 401 to a wrong one', async () => {
    const { response, posted, sandbox } = await register([{ status: 200 }, { status: 401 }]);
    const [right, wrong] = posted.map(({ payload }) => payload);
    expect(response).toEqual({ status: 200, body: { url, signing_token: right?.signing_token } });
    expect(right).toEqual({ type: 'PING', signing_token: right?.signing_token, system_id: uuidOf.system });
    expect(wrong?.signing_token).not.toBe(right?.signing_token);
    expect(sandbox.world().systems[0]?.webhook).toEqual({ url, token: right?.signing_token });
  });

  test.each([
    [[{ status: 204 }, { status: 401 }], /respond 200 to a PING with the right token, but responded 204/],
    [[{ status: 200 }, { status: 200 }], /respond 401 to a PING with a wrong token, but responded 200/],
    [[{ status: 200 }, { status: 403 }], /but responded 403/],
    [[{ error: 'refused' }], /did not respond: refused/],
  ])('rejects %j', async (responses, message) => {
    const { response, sandbox } = await register(responses);
    expect(response.status).toBe(400);
    expect(response.body).toMatchObject({ message: expect.stringMatching(message), path: 'url' });
    expect(sandbox.world().systems[0]?.webhook?.token).toBe('signing-token');
  });

  test('fails in a sandbox that posts nothing', async () => {
    const { status, body } = await ask(openBot(), 'POST', '/_sandbox/bot/webhook', { system: 'alices', url });
    expect([status, body]).toMatchObject([400, { path: 'url' }]);
  });

  test('removes the webhook where the URL is null', async () => {
    const { response, sandbox, posted } = await register([], { system: 'alices', url: null });
    expect(response.body).toEqual({ url: null, signing_token: null });
    expect([posted, sandbox.world().systems[0]?.webhook]).toEqual([[], null]);
  });

  test('ends where a reset comes in between', async () => {
    const deliver = async () => {
      sandbox.reset();
      return { status: 200 };
    };
    const sandbox = openBot({}, { deliver });
    await expect(sandbox.bot.registerWebhook({ system: 'alices', url })).rejects.toThrow();
    expect(sandbox.world().systems[0]?.webhook?.token).toBe('signing-token');
  });
});

test('accounts are linked and unlinked', async () => {
  const sandbox = openBot();
  sandbox.bot.linkAccount({ account: '5', system: 'alices' });
  expect((await ask(sandbox, 'GET', '/v2/systems/5')).status).toBe(200);
  expect(() => sandbox.bot.linkAccount({ account: '5', system: 'alices' })).toThrow(/has a system already/);
  sandbox.bot.updateAccount('5', { allow_autoproxy: false });
  expect(sandbox.world().systems[0]?.accounts_without_autoproxy).toEqual(['5']);
  sandbox.bot.unlinkAccount('5');
  expect((await ask(sandbox, 'GET', '/v2/systems/5')).status).toBe(404);
  expect(sandbox.world().systems[0]?.accounts_without_autoproxy).toEqual([]);
  expect(sandbox.deliveries().map(({ payload: { type, id, data } }) => [type, id, data])).toEqual([
    ['LINK_ACCOUNT', '5', null],
    ['UPDATE_MEMBER_GUILD', '5', { allow_autoproxy: false }],
    ['UNLINK_ACCOUNT', '5', null],
  ]);
});

test('a refreshed token replaces the old one', async () => {
  const sandbox = openBot();
  const { body } = await ask(sandbox, 'POST', '/_sandbox/bot/token', { system: 'alices' });
  const fresh = Object(body).token;
  const status = async (Authorization: string) =>
    (await sandbox.fetch('/v2/systems/@me', { headers: { 'User-Agent': 'test', Authorization } })).status;
  expect([await status(token), await status(fresh)]).toEqual([401, 200]);
});

describe('the bot', () => {
  const sandbox = openBot();
  const message = { account, guild, channel, content: 'A:hi' };
  const deep = `${'['.repeat(50_000)}${']'.repeat(50_000)}`;
  test.each([
    ['POST', 'messages', '{'],
    ['POST', 'messages', ''],
    ['POST', 'messages', '[]'],
    ['POST', 'messages', { ...message, account: 'x' }],
    ['POST', 'messages', { ...message, attachments: [{ filename: 'x', size: -1 }] }],
    ['POST', 'messages', { ...message, unknown: 1 }],
    ['POST', 'messages', '{"__proto__": 1}'],
    ['POST', 'messages', deep],
    ['POST', 'webhook', { system: 'nobody', url: 'https://example.com' }],
    ['POST', 'webhook', { system: 'alices', url: 'javascript:alert(1)' }],
    ['POST', 'accounts', { account: '5', system: 'nobody' }],
    ['DELETE', 'accounts/5', undefined],
    ['PATCH', 'accounts/5', { allow_autoproxy: true }],
    ['DELETE', 'switches/nobody', undefined],
    ['POST', 'token', { system: '' }],
    ['PUT', 'guilds/x', {}],
    ['GET', 'export/nobody', undefined],
    ['POST', 'group-members-event', { group: 'nobody' }],
    ['POST', 'import', { account, file: 5 }],
    ['POST', 'import', { account, file: '{' }],
    ['POST', 'import', `{"account":"${account}","file":{"switches":${deep}}}`],
    ['POST', 'import', `{"account":"${account}","file":{"switches":[],"config":{"timezone":${deep}}}}`],
    ['POST', 'import', { account: '5', file: { switches: [] } }],
  ])('rejects the hostile request %s %s (%#)', async (method, path, body) => {
    const before = JSON.stringify(sandbox.world());
    const response = await ask(sandbox, method, `/_sandbox/bot/${path}`, body);
    expect(response).toMatchObject({ status: 400, body: { message: expect.stringMatching(/\w/) } });
    expect(JSON.stringify(sandbox.world())).toBe(before);
  });

  test('reports a clock outside of the range of Discord ids', () => {
    const early = openBot();
    early.clock.freeze(new Date('2010-01-01T00:00:00Z'));
    expect(() => early.bot.sendMessage(message)).toThrow(/clock shows a time that Discord ids cannot hold/);
  });
});

test('links to the media proxy of Discord come back as the original', async () => {
  const proxied =
    'https://media.discordapp.net/attachments/466378653216014359/466378653216014360/a.png?width=5';
  const served = 'https://cdn.discordapp.com/attachments/466378653216014359/466378653216014360/a.png';
  const others = [
    `${served}?ex=5`,
    'https://media.discordapp.net/attachments/1/2/a.png',
    proxied.replace('.png', '.gif'),
    proxied.replace('media.', 'x.media.'),
    proxied.replace('/a.png', '/b/a.png'),
  ];
  const links = { avatar_url: proxied, webhook_avatar_url: proxied, banner: proxied };
  const sandbox = openBot({
    system: { avatar_url: proxied, banner: proxied },
    ann: { ...links, guilds: [{ guild_id: guild }] },
  });
  const system = await ask(sandbox, 'GET', '/v2/systems/@me');
  expect(system.body).toMatchObject({ avatar_url: served, banner: served });
  const member = await ask(sandbox, 'GET', '/v2/members/annann');
  expect(member.body).toMatchObject({ avatar_url: served, webhook_avatar_url: served, banner: served });
  const group = await ask(sandbox, 'POST', '/v2/groups', { name: 'G', icon: proxied, banner: proxied });
  expect(group.body).toMatchObject({ icon: served, banner: proxied });
  const path = `/v2/members/annann/guilds/${guild}`;
  const here = await ask(sandbox, 'PATCH', path, { avatar_url: proxied });
  expect(here.body).toMatchObject({ avatar_url: proxied });
  for (const link of others) {
    const { body } = await ask(sandbox, 'PATCH', '/v2/members/benben', { avatar_url: link });
    expect(body).toMatchObject({ avatar_url: link });
  }
  expect(sandbox.world().systems[0]?.members[0]).toMatchObject(links);

  const old = openBot(
    {
      system: { id: 'alice', avatar_url: proxied, banner: proxied },
      ann: { id: 'annan', ...links },
      ben: { id: 'benbe' },
    },
    { v1: true },
  );
  expect((await ask(old, 'GET', '/v1/s/alice')).body).toMatchObject({ avatar_url: served, banner: served });
  expect((await ask(old, 'GET', '/v1/m/annan')).body).toMatchObject({ avatar_url: served, banner: served });
});
