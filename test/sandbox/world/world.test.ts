import { describe, expect, test } from 'vitest';
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

test('what is left out is filled', () => {
  const [system] = dumpWorld(loadWorld({ systems: [{ ...minimal, members: [member] }] })).systems;
  expect(system).toMatchObject({ token: null, accounts: [], privacy: { front_privacy: 'public' } });
  expect(system?.settings).toMatchObject({ timezone: 'UTC', member_limit: 1000, group_limit: 250 });
  expect(system?.members[0]).toMatchObject({ autoproxy_enabled: true, proxy_tags: [], message_count: 0 });
});

describe('errors name the path', () => {
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
  ])('%s', (path, world) => {
    const attempt = () => loadWorld(world);
    expect(attempt).toThrow(WorldError);
    expect(attempt).toThrow(expect.objectContaining({ path }));
  });
});
