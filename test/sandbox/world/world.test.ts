import { existsSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import byHand from '../../../examples/testing/world.json' with { type: 'json' };
import { loadWorld as readRecordedWorld } from '../../../scripts/lib/recordings.ts';
import { dumpWorld } from '../../../src/sandbox/world/dump.ts';
import { loadWorld } from '../../../src/sandbox/world/load.ts';
import { WorldError } from '../../../src/sandbox/world/shape.ts';

const minimal = {
  id: 'abcde',
  uuid: '00000000-0000-4000-8000-000000000001',
  created: '2020-01-01T00:00:00Z',
};
const member = {
  id: 'mmmmm',
  uuid: '00000000-0000-4000-8000-000000000002',
  created: '2020-01-01T00:00:00Z',
  name: 'M',
};

test.each(['v1', 'v2'] as const)('a dump of the recorded world of %s loads again', (version) => {
  const first = dumpWorld(loadWorld(readRecordedWorld(version)));
  expect(dumpWorld(loadWorld(structuredClone(first)))).toEqual(first);
});

test('what is omitted is filled', () => {
  const [system] = dumpWorld(loadWorld({ systems: [{ ...minimal, members: [member] }] })).systems;
  expect(system).toMatchObject({ accounts: [], privacy: { front_privacy: 'public' } });
  expect(system?.settings).toMatchObject({ timezone: 'UTC', member_limit: 1000, group_limit: 250 });
  expect(system?.members[0]).toMatchObject({ autoproxy_enabled: true, proxy_tags: [], message_count: 0 });
});

describe('loading a wrong world', () => {
  const group = { ...member, id: 'ggggg', uuid: '00000000-0000-4000-8000-000000000003' };
  test.each([
    ['', []],
    ['systems', { systems: {} }],
    ['systems[0].id', { systems: [{ ...minimal, id: 'ABC' }] }],
    ['systems[0].created', { systems: [{ ...minimal, created: 'yesterday' }] }],
    ['systems[0].nickname', { systems: [{ ...minimal, nickname: 'A' }] }],
    ['systems[0].privacy.name_privacy', { systems: [{ ...minimal, privacy: { name_privacy: 'secret' } }] }],
    ['systems[0].members[0].name', { systems: [{ ...minimal, members: [{ ...member, name: undefined }] }] }],
    [
      'systems[0].members[0].proxy_tags[0].prefix',
      { systems: [{ ...minimal, members: [{ ...member, proxy_tags: [{ prefix: 5 }] }] }] },
    ],
    [
      'systems[0].members[1].id',
      { systems: [{ ...minimal, members: [member, { ...member, uuid: minimal.uuid }] }] },
    ],
    [
      'systems[0].groups[0].members[1]',
      { systems: [{ ...minimal, members: [member], groups: [{ ...group, members: ['mmmmm', 'nnnnn'] }] }] },
    ],
    ['systems[1].uuid', { systems: [minimal, { ...minimal, id: 'fghij' }] }],
    [
      'messages[0].member',
      { systems: [minimal], messages: [{ id: '1', channel: '2', sender: '3', member: 'mmmmm' }] },
    ],
  ])('names the path %j', (path, world) => {
    const attempt = () => loadWorld(world);
    expect(attempt).toThrow(WorldError);
    expect(attempt).toThrow(expect.objectContaining({ path }));
  });

  const problemsOf = (world: unknown) => {
    try {
      loadWorld(world);
    } catch (error) {
      if (error instanceof WorldError) return error;
    }
    throw new Error('The world was loaded');
  };

  test('names everything that has a wrong form', () => {
    const wrong = {
      ...minimal,
      colour: 'ff0000',
      members: [
        { ...member, tts: 1 },
        { name: 'M', color: 'red' },
      ],
    };
    const { message, problems } = problemsOf({ systems: [wrong], message: [] });
    expect(problems.map(({ path }) => path)).toEqual([
      'systems[0].members[0].tts',
      'systems[0].members[1].color',
      'systems[0].colour',
      'message',
    ]);
    expect(message).toMatch(/^4 problems:\n {2}systems\[0\]\.members\[0\]\.tts must be true or false\n/);
    expect(message).toContain('systems[0].colour is not known; did you mean “color”?');
    expect(message).toContain('message is not known; did you mean “messages”?');
  });

  test('names members and groups without a name', () => {
    const { problems } = problemsOf({ systems: [{ members: [{ name: '' }], groups: [{ name: '' }] }] });
    expect(problems).toEqual([
      { path: 'systems[0].members[0].name', problem: 'must be a text that is not empty' },
      { path: 'systems[0].groups[0].name', problem: 'must be a text that is not empty' },
    ]);
  });

  test('names everything that is given twice or refers to nothing', () => {
    const groups = [{ name: 'G', members: ['nobody', 'M'] }];
    const { problems } = problemsOf({
      systems: [{ ...minimal, members: [member, member], groups }],
      messages: [{ id: '1', channel: '2', sender: '3', member: 'nobody' }],
    });
    expect(problems.map(({ path }) => path)).toEqual([
      'systems[0].members[1].id',
      'systems[0].members[1].uuid',
      'systems[0].groups[0].members[0]',
      'systems[0].groups[0].members[1]',
      'messages[0].member',
    ]);
  });

  test('names both kinds at once, without those that follow from another', () => {
    const { problems } = problemsOf({
      systems: [
        {
          id: 'ABCDE',
          colour: 'red',
          guilds: [{ guild_id: 1 }, { guild_id: 2 }],
          members: [{ id: 'JUNIPER', name: 'Juniper', color: 'red' }, { id: 5 }, 'Ash'],
          groups: [{ name: 'Trees', members: ['JUNIPER', 'Juniper', 'Oak', 7] }],
          switches: [{ timestamp: 'yesterday', members: ['Juniper', 'Oak'] }],
        },
        { id: 'ABCDE', token: null, members: 'none' },
      ],
      messages: [{ id: '1', channel: '2', sender: '3', member: 'Oak' }],
    });
    expect(problems.map(({ path, problem }) => `${path} ${problem.split(/[;:]/)[0]}`)).toEqual([
      'systems[0].id must be an id of five or six lower-case letters',
      'systems[0].guilds[0].guild_id must be a Discord id',
      'systems[0].guilds[1].guild_id must be a Discord id',
      'systems[0].members[0].id must be an id of five or six lower-case letters',
      'systems[0].members[0].color must be six hexadecimal digits',
      'systems[0].members[1].id must be an id of five or six lower-case letters',
      'systems[0].members[1].name is missing',
      'systems[0].members[2] must be an object',
      'systems[0].groups[0].members[3] must be the id or the name of a member',
      'systems[0].switches[0].timestamp must be a timestamp such as 2020-01-02T03',
      'systems[0].colour is not known',
      'systems[1].id must be an id of five or six lower-case letters',
      'systems[1].members must be a list',
      'systems[0].groups[0].members[2] names no member of the system, or several',
      'systems[0].switches[0].members[1] names no member of the system, or several',
      'systems[1].id is the same as systems[0].id',
      'messages[0].member names no member, or several',
    ]);
  });

  test('names only the first ones in the message, where there are many', () => {
    const members = Array.from({ length: 150 }, () => ({}));
    const { message, problems } = problemsOf({ systems: [{ ...minimal, members }] });
    expect(problems).toHaveLength(150);
    expect(message.split('\n')).toHaveLength(22);
    expect(message).toMatch(/^150 problems:\n[\s\S]*and 130 more$/);
  });

  test.each([
    ['of the wrong type', { systems: Array(500_000).fill(0) }],
    [
      'of unknown names',
      { systems: [Object.fromEntries(Array.from({ length: 70_000 }, (_, i) => [`k${i}`, 1]))] },
    ],
    [
      'that refer to nothing',
      { systems: [{ groups: [{ name: 'G', members: Array(100_000).fill('nobody') }] }] },
    ],
    [
      'of an export',
      {
        version: 2,
        switches: [],
        config: Object.fromEntries(Array.from({ length: 201 }, (_, i) => [i, 1])),
        members: Array(500_000).fill(0),
      },
    ],
    ['of an export of Tupperbox', { tuppers: Array(500_000).fill(0) }],
    [
      'of an export whose settings are wrong',
      { switches: [], members: Array(300).fill({ name: 'M', color: 'red' }) },
    ],
  ])('names only the first 200 where a body holds hundreds of thousands %s', (_name, world) => {
    const { message, problems } = problemsOf(world);
    expect(problems).toHaveLength(200);
    expect(message).toMatch(/^At least 200 problems:\n[\s\S]*and 180 more$/);
  });

  test('names holes in a list', () => {
    const accounts = ['1'];
    accounts[2] = '2';
    expect(problemsOf({ systems: [{ accounts }] }).problems).toEqual([
      { path: 'systems[0].accounts[1]', problem: 'must be a Discord id' },
    ]);
  });
});

describe('a world of names', () => {
  const names = {
    systems: [
      {
        name: 'Home',
        members: [{ name: 'Juniper' }, { name: 'Ash' }],
        groups: [{ name: 'Trees', members: ['Ash', 'Juniper'] }],
        switches: [{ timestamp: '2026-01-01T00:00:00Z', members: ['Ash'] }],
        autoproxy: [{ guild_id: '1', autoproxy_mode: 'member', autoproxy_member: 'Ash' }],
      },
      { members: [{ name: 'Juniper' }] },
    ],
    messages: [{ id: '1', channel: '2', sender: '3', member: 'Ash' }],
  };

  test('gets ids, UUIDs, tokens and dates, the same every time', () => {
    const world = dumpWorld(loadWorld(names));
    const [home, other] = world.systems;
    const ash = home?.members[1];
    expect(home?.token).toMatch(/^[!-~]{64}$/);
    expect(other?.token).not.toBe(home?.token);
    expect(ash).toMatchObject({ id: expect.stringMatching(/^[a-z]{5}$/), created: '2020-01-01T00:00:00Z' });
    expect(home?.groups[0]?.members).toEqual([ash?.id, home?.members[0]?.id]);
    expect(home?.switches[0]?.members).toEqual([ash?.id]);
    expect(home?.autoproxy[0]?.autoproxy_member).toBe(ash?.id);
    expect(world.messages[0]?.member).toBe(ash?.id);
    expect(dumpWorld(loadWorld(structuredClone(names)))).toEqual(world);
    expect(dumpWorld(loadWorld(world))).toEqual(world);
  });

  test('keeps them when others are added', () => {
    const ids = (world: unknown) => dumpWorld(loadWorld(world)).systems[0]?.members.map(({ id }) => id);
    const [home] = names.systems;
    const more = { systems: [{ ...home, members: [{ name: 'Oak' }, ...(home?.members ?? [])] }] };
    expect(ids(more)?.slice(1)).toEqual(ids(names));
  });

  test('gives no id twice, and none that something has', () => {
    const id = dumpWorld(loadWorld({ systems: [{ id: 'abcde', members: [{ name: 'A' }] }] })).systems[0]
      ?.members[0]?.id;
    const members = [{ name: 'A' }, { name: 'A' }, { id, name: 'B' }];
    const [system] = dumpWorld(loadWorld({ systems: [{ id: 'abcde', members }] })).systems;
    expect(new Set(system?.members.map((member) => member.id)).size).toBe(3);
    expect(new Set(system?.members.map((member) => member.uuid)).size).toBe(3);
    expect(system?.members[2]?.id).toBe(id);
  });

  test('prefers ids to names', () => {
    const members = [
      { id: 'first', name: 'second' },
      { id: 'second', name: 'first' },
    ];
    const [system] = dumpWorld(
      loadWorld({ systems: [{ members, groups: [{ name: 'G', members: ['first'] }] }] }),
    ).systems;
    expect(system?.groups[0]?.members).toEqual(['first']);
  });

  test('leaves a system without a token where that is null', () => {
    expect(dumpWorld(loadWorld({ systems: [{ token: null }] })).systems[0]?.token).toBeNull();
  });
});

describe('a world by hand', () => {
  const world = {
    systems: [
      {
        name: 'A',
        accounts: ['910000000000000001'],
        webhook: { url: 'http://127.0.0.1:4012' },
        members: [{ name: 'Ann' }, { name: 'Ben' }],
        switches: [
          { members: ['Ann'] },
          { members: [] },
          { members: ['Ben'], timestamp: '2026-01-01T00:00:00Z' },
          {},
        ],
      },
    ],
    messages: [{ member: 'Ann' }, { member: 'Ann' }, {}],
  };
  const load = (given: object) => dumpWorld(loadWorld(structuredClone(given)));

  test('needs no signing token of a webhook', () => {
    const { id, webhook } = load(world).systems[0] ?? {};
    expect(webhook?.token).toMatch(new RegExp(`^${id}-made-up-signing-token-0+$`));
  });

  test('needs no times of switches: each happens an hour after the one before it', () => {
    const switches = load(world).systems[0]?.switches ?? [];
    expect(switches.map(({ timestamp }) => timestamp).sort()).toEqual([
      '2020-01-01T00:00:00Z',
      '2020-01-01T01:00:00Z',
      '2026-01-01T00:00:00Z',
      '2026-01-01T01:00:00Z',
    ]);
  });

  test('needs neither ids, channels nor senders of messages', () => {
    const { systems, messages } = load(world);
    const [ann] = systems[0]?.members ?? [];
    expect(messages).toEqual([
      expect.objectContaining({ member: ann?.id, sender: '910000000000000001', channel: expect.any(String) }),
      expect.objectContaining({ member: ann?.id, sender: '910000000000000001' }),
      expect.objectContaining({ member: null }),
    ]);
    expect(new Set(messages.map(({ id }) => id)).size).toBe(3);
  });

  test('gets the same made-up parts every time, also where others are added', () => {
    expect(load(world)).toEqual(load(world));
    const [system] = world.systems;
    const more = { ...world, messages: [...world.messages, { member: 'Ben' }] };
    const longer = { ...more, systems: [{ ...system, switches: [...(system?.switches ?? []), {}] }] };
    const before = load(world);
    const after = load(longer);
    expect(after.messages).toEqual(expect.arrayContaining([...before.messages]));
    expect(after.systems[0]?.switches).toEqual(
      expect.arrayContaining([...(before.systems[0]?.switches ?? [])]),
    );
  });

  test('is that of the guide, which names the published schema', () => {
    const { $schema, systems } = byHand;
    expect(existsSync(new URL($schema, new URL('../../../examples/testing/', import.meta.url)))).toBe(true);
    const [system] = load(byHand).systems;
    const ben = system?.members.find(({ name }) => name === 'Ben');
    expect(system).toMatchObject({
      name: systems[0]?.name,
      webhook: { token: expect.stringMatching(/^.{64}$/) },
    });
    expect(system?.switches.find(({ timestamp }) => timestamp > '2020-01-01T00:30')?.members).toEqual([
      ben?.id,
    ]);
  });

  test('is told which member was likely meant', () => {
    const wrong = { ...world, messages: [{ member: 'Anm' }] };
    expect(() => load(wrong)).toThrow(
      'messages[0].member names no member, or several: Anm; did you mean “Ann”?',
    );
  });
});
