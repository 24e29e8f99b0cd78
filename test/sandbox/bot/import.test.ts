import { expect, test } from 'vitest';
import { exportSystem } from '../../../src/backup/index.ts';
import { PluralKit } from '../../../src/index.ts';
import { parseJsonKeepingDigits } from '../../../src/models/export/index.ts';
import { createSandbox, system, worldOf } from '../../../src/sandbox/index.ts';
import { account, ask, openBot } from './support.ts';

const full = system({ id: 'fulful', accounts: ['466378653216014359'] })
  .withMembers(40)
  .withGroups(5)
  .withSwitches(60)
  .withPrivacy('mixed');

test('an export that starts a world keeps its ids, accounts and times', async () => {
  const first = createSandbox({ world: worldOf(full) });
  const text = first.bot.export('fulful');
  const second = createSandbox();
  second.load(Object(parseJsonKeepingDigits(text)));
  expect(JSON.parse(second.bot.export('fulful'))).toEqual(JSON.parse(text));
  expect(second.world().systems[0]?.accounts).toEqual(['466378653216014359']);
  const third = createSandbox();
  expect((await ask(third, 'PUT', '/_sandbox/world', text)).status).toBe(204);
  expect(third.bot.export('fulful')).toBe(second.bot.export('fulful'));
  expect((await ask(third, 'GET', '/_sandbox/bot/export/fulful')).body).toEqual(JSON.parse(text));
});

test('an export of this project is taken like one of the bot', async () => {
  const first = createSandbox({ world: worldOf(full) });
  const token = first.tokens.fulful ?? '';
  const limiter = { acquire: async () => () => {} };
  const pk = new PluralKit({ token, fetch: first.fetch, userAgent: 'test (test@example.com)', limiter });
  let text = '';
  for await (const chunk of exportSystem(pk)) text += chunk;
  const second = createSandbox({ world: worldOf(system({ id: 'emptyy', accounts: ['5'] })) });
  expect(second.bot.import('5', text)).toMatchObject({
    members: { created: 40 },
    groups: { created: 5 },
    switches: { created: 60 },
  });
  const loaded = createSandbox();
  loaded.load(Object(parseJsonKeepingDigits(text)));
  const { accounts: _, ...exported } = JSON.parse(first.bot.export('fulful'));
  expect(JSON.parse(loaded.bot.export('fulful'))).toMatchObject(exported);
});

test('members and groups are matched by id, then by name; switches by their time', () => {
  const sandbox = openBot();
  const switches = [
    { timestamp: '2021-01-02T03:04:05.678901Z', members: ['annann', 'xxxxxx'] },
    { timestamp: '2021-01-02T03:04:05.678901Z', members: [] },
  ];
  const members = [
    {
      id: 'annann',
      name: 'Anna',
      message_count: 99,
      avatar_url: 'https://x.org/a',
      webhook_avatar_url: 'https://x.org/a',
    },
    { id: 'yyyyyy', name: 'Ben', prefix: 'Q:', visibility: 'private' },
    { id: 'xxxxxx', name: 'New', message_count: 7 },
  ];
  const groups = [{ id: 'gggggg', name: 'Group', members: ['annann'] }];
  const file = {
    name: 'Renamed',
    switches,
    members,
    groups,
    config: { timezone: 'Asia/Tokyo', member_limit: 5 },
  };
  const first = sandbox.bot.import(account, file);
  expect(first).toMatchObject({
    members: { created: 1, updated: 2 },
    groups: { created: 1, updated: 0 },
    switches: { created: 1, skipped: 1 },
  });
  expect(first.omitted.map(({ path }) => path)).toContain('config.member_limit');
  const again = sandbox.bot.import(account, { ...file, groups: [{ ...groups[0], members: ['yyyyyy'] }] });
  expect(again).toMatchObject({
    members: { created: 0 },
    groups: { created: 0 },
    switches: { created: 0, skipped: 2 },
  });
  const [now] = sandbox.world().systems;
  expect(now).toMatchObject({
    name: 'Renamed',
    settings: { timezone: 'Asia/Tokyo', member_limit: 1000 },
    members: [
      {
        id: 'annann',
        name: 'Anna',
        message_count: 0,
        avatar_url: 'https://x.org/a',
        webhook_avatar_url: null,
      },
      { id: 'benben', proxy_tags: [{ prefix: 'Q:', suffix: null }], privacy: { visibility: 'private' } },
      { name: 'New', message_count: 7 },
    ],
    groups: [{ name: 'Group', members: ['annann', 'benben'] }],
  });
  expect(sandbox.deliveries().map(({ payload }) => payload.type)).toEqual([
    'SUCCESSFUL_IMPORT',
    'SUCCESSFUL_IMPORT',
  ]);
});

test('an export of Tupperbox is imported', () => {
  const sandbox = openBot();
  const tuppers = [
    { name: 'Tom', brackets: ['T:', ''], posts: 3, tag: '|T', group_id: 1 },
    { name: 'Ben', nick: 'B' },
  ];
  expect(sandbox.bot.import(account, { tuppers })).toMatchObject({
    format: 'tupperbox',
    members: { created: 1, updated: 1 },
    omitted: [{ path: 'tuppers[].group_id' }],
  });
  expect(sandbox.world().systems[0]?.members.map((one) => one.display_name)).toEqual([null, 'B', 'Tom |T']);
});

test.each([
  [{}, '', /File type is unknown/],
  [{ switches: [], members: [{ name: 'x'.repeat(101) }] }, 'members[0].name', /too long/],
  [{ switches: [], members: [{ id: 'xxxxxx' }] }, 'members[0].name', /missing/],
  [{ switches: [], members: [{ name: 'N', color: 'red' }] }, 'members[0].color', /invalid/],
  [{ switches: [], members: [{ name: 'N\0' }] }, 'members[0]', /cannot be stored/],
  [{ switches: [], config: { latch_timeout: {} } }, 'config.latch_timeout', /wrong type/],
  [{ switches: [], config: { timezone: 'Nowhere' } }, 'config.timezone', /invalid/i],
  [{ switches: [{ timestamp: 'now', members: [] }] }, 'switches[0].timestamp', /timestamp/],
  [
    { switches: [{ timestamp: '2021-01-02T03:04:05Z', members: ['annann'] }] },
    'switches[0].members[0]',
    /no member of the file/,
  ],
  [
    { switches: [{ timestamp: '2021-01-02T03:04:05Z', members: Array(101).fill('x') }] },
    'switches[0].members',
    /at most 100/,
  ],
  [
    { switches: Array(100_001).fill({ timestamp: '2021-01-02T03:04:05Z', members: [] }) },
    'switches',
    /at most 100000/,
  ],
  [
    { switches: [], members: Array.from({ length: 999 }, (_, index) => ({ name: `M${index}` })) },
    'members',
    /limit of 1000/,
  ],
  [
    { switches: [], groups: Array.from({ length: 251 }, (_, index) => ({ name: `G${index}`, members: [] })) },
    'groups',
    /limit of 250/,
  ],
  [{ tuppers: [{ name: 'T', brackets: ['a'] }] }, 'tuppers[0].brackets', /suffix/],
])('nothing is imported of a file with a problem %#', async (file, path, message) => {
  const sandbox = openBot();
  const before = JSON.stringify(sandbox.world());
  const response = await ask(sandbox, 'POST', '/_sandbox/bot/import', { account, file });
  expect(response).toMatchObject({ status: 400, body: { path, message: expect.stringMatching(message) } });
  expect(JSON.stringify(sandbox.world())).toBe(before);
  expect(sandbox.deliveries()).toEqual([]);
});

test.each([
  [
    {
      groups: [{ members: ['zzzzz'] }],
      switches: [{ timestamp: 'now', members: ['nnnnn'] }],
    },
    ['groups[0].members[0]', 'groups[0].name', 'switches[0].timestamp', 'switches[0].members[0]'],
  ],
  [{ switches: [], members: [{ name: '' }] }, ['members[0].name']],
  [{ switches: [], members: [{ name: null }] }, ['members[0].name']],
  [{ switches: [], groups: [{ name: '', members: [] }] }, ['groups[0].name']],
])('all problems of an item are listed, and each once %#', async (file, paths) => {
  const response = await ask(openBot(), 'POST', '/_sandbox/bot/import', { account, file });
  const { problems }: { problems: readonly { path: string }[] } = Object(response.body);
  expect(problems.map(({ path }) => path)).toEqual(paths);
});
