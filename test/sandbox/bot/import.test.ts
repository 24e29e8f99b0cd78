import { expect, test } from 'vitest';
import { parseJsonKeepingDigits } from '../../../src/models/export/index.ts';
import { createSandbox, system, worldOf } from '../../../src/sandbox/index.ts';
import { account, ask, openBot } from './support.ts';

/** An export without what an import makes anew or does not set. */
function comparable(text: string): unknown {
  const names = new Map<unknown, unknown>();
  const { id: _, uuid: __, created: ___, accounts: ____, webhook_url: _____, ...file } = JSON.parse(text);
  for (const { id, name } of file.members) names.set(id, name);
  const bare = ({
    id: _id,
    uuid: _uuid,
    created: _created,
    last_message_timestamp: _last,
    ...rest
  }: Record<string, unknown>) => rest;
  const named = (ids: unknown[]) => ids.map((id) => names.get(id));
  return {
    ...file,
    members: file.members.map(bare),
    groups: file.groups.map((group: Record<string, unknown[]>) => ({
      ...bare(group),
      members: named(group.members ?? []),
    })),
    switches: file.switches.map((one: Record<string, unknown[]>) => ({
      ...one,
      members: named(one.members ?? []),
    })),
  };
}

const full = system({ id: 'fulful', accounts: ['466378653216014359'] })
  .withMembers(40)
  .withGroups(5)
  .withSwitches(60)
  .withPrivacy('mixed');

test('export, import into an empty system, export: the same but for ids', () => {
  const empty = system({ id: 'emptyy', accounts: ['5'], name: null, color: null });
  const sandbox = createSandbox({ world: worldOf(full, empty) });
  const text = sandbox.bot.export('fulful');
  expect(text).toContain('"accounts":[466378653216014359]');
  expect(text).not.toContain(sandbox.tokens.fulful);
  const outcome = sandbox.bot.import('5', text);
  expect(outcome).toMatchObject({
    format: 'pluralkit',
    members: { created: 40, updated: 0 },
    groups: { created: 5, updated: 0 },
    switches: { created: 60, skipped: 0 },
  });
  expect(outcome.omitted.map(({ path }) => path)).toContain('accounts');
  expect(comparable(sandbox.bot.export('emptyy'))).toEqual(comparable(text));
});

test('an export is a world: ids, accounts and times are kept', async () => {
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

test('an export of Tupperbox', () => {
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
