import { describe, expect, test } from 'vitest';
import { loadWorld as readRecordedWorld } from '../../../scripts/lib/recordings.ts';
import { dumpWorld } from '../../../src/sandbox/world/dump.ts';
import { loadWorld } from '../../../src/sandbox/world/load.ts';
import { WorldError } from '../../../src/sandbox/world/problems.ts';
import { readWorld } from '../../../src/sandbox/world/read.ts';

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

test('what is omitted of several systems is not shared, so that a caller can change one', () => {
  const [first, second] = readWorld({ systems: [{}, {}] }).systems;
  expect(first?.settings).toEqual(second?.settings);
  expect(first?.settings).not.toBe(second?.settings);
  expect(first?.settings.description_templates).not.toBe(second?.settings.description_templates);
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
      { path: 'systems[0].members[0].name', problem: 'must be a string that is not empty' },
      { path: 'systems[0].groups[0].name', problem: 'must be a string that is not empty' },
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
      'systems[0].guilds[0].guild_id must be a Discord id, as a string of digits',
      'systems[0].guilds[1].guild_id must be a Discord id, as a string of digits',
      'systems[0].members[0].id must be an id of five or six lower-case letters',
      'systems[0].members[0].color must be six hexadecimal digits without #',
      'systems[0].members[1].id must be an id of five or six lower-case letters',
      'systems[0].members[1].name is missing',
      'systems[0].members[2] must be an object such as { name',
      'systems[0].groups[0].members[3] must be the id or the name of a member',
      'systems[0].switches[0].timestamp must be a timestamp such as 2020-01-02T03',
      'systems[0].colour is not known',
      'systems[1].id must be an id of five or six lower-case letters',
      'systems[1].members must be a list',
      'systems[0].groups[0].members[2] names no member of the system',
      'systems[0].switches[0].members[1] names no member of the system',
      'systems[1].id is the same as systems[0].id',
      'messages[0].member names no member',
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
      { path: 'systems[0].accounts[1]', problem: 'must be a Discord id, as a string of digits' },
    ]);
  });
});
