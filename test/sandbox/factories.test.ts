import { describe, expect, test } from 'vitest';
import { createSandbox } from '../../src/sandbox/create-sandbox.ts';
import { messageBy, system, worldOf } from '../../src/sandbox/factories/index.ts';
import { dumpWorld } from '../../src/sandbox/world/dump.ts';
import { loadWorld } from '../../src/sandbox/world/load.ts';
import { WorldError } from '../../src/sandbox/world/problems.ts';

const large = system().withMembers(100).withGroups(3).withSwitches(200);

/** The only system of a world. */
function only<Item>(items: readonly Item[]): Item {
  expect(items).toHaveLength(1);
  for (const item of items) return item;
  throw new Error('There is none');
}

test('a factory makes as many as asked for, and a world that loads unchanged', () => {
  const world = large.world();
  const { members, groups, switches } = only(world.systems);
  expect([members.length, groups.length, switches.length]).toEqual([100, 3, 200]);
  expect(new Set(members.map(({ name }) => name)).size).toBe(100);
  expect(
    new Set(members.flatMap(({ proxy_tags: tags }) => tags.map(({ prefix }) => prefix))).size,
  ).toBeGreaterThan(50);
  expect(worldOfLoaded(world)).toEqual(worldOfLoaded(structuredClone(world)));
});

function worldOfLoaded(world: unknown) {
  return dumpWorld(loadWorld(world));
}

test('a sandbox starts with the world of a factory', async () => {
  const sandbox = createSandbox({ world: large.world() });
  const [[id, token] = []] = Object.entries(sandbox.tokens);
  const headers = { Authorization: token ?? '', 'User-Agent': 'test' };
  const list = await (await sandbox.fetch(`/v2/systems/${id}/members`, { headers })).json();
  expect(list).toHaveLength(100);
  const history = await (await sandbox.fetch('/v2/systems/@me/switches', { headers })).json();
  expect(history).toHaveLength(100);
});

test('a factory makes the same every time, and something else from another seed', () => {
  expect(large.world()).toEqual(system().withMembers(100).withGroups(3).withSwitches(200).world());
  const other = only(large.withSeed(2).world().systems);
  const first = only(large.world().systems);
  expect(other.id).not.toBe(first.id);
  const ids = first.members.map(({ id }) => id);
  expect(other.members.filter(({ id }) => ids.includes(id))).toEqual([]);
});

test('the world of a seed stays the same with new versions of Node', () => {
  const { id, uuid, members, switches } = only(large.world().systems);
  expect({ id, uuid, member: members[99]?.id, switch: switches[199] }).toMatchInlineSnapshot(`
    {
      "id": "prhhru",
      "member": "tmdmqc",
      "switch": {
        "id": "b25ae69f-feaa-4cb2-9da8-cd0775e70fb5",
        "members": [
          "iqnwej",
        ],
        "timestamp": "2025-12-31T20:24:04.753368Z",
      },
      "uuid": "9ce301f0-b882-4f5c-ad01-0770feacb771",
    }
  `);
});

test('methods give new factories and leave the old ones as they were', () => {
  const one = system().withMembers(1);
  one.withMembers(5).withGroups(2).withPrivacy('private').withSeed(9);
  const { members, groups, privacy } = only(one.world().systems);
  expect([members.length, groups.length, privacy.front_privacy]).toEqual([1, 0, 'public']);
});

test('a factory keeps the given fields', () => {
  const made = system({ id: 'exmpl', name: 'Example', settings: { member_limit: 7 } })
    .withMembers(2, { pronouns: 'they/them', tts: true })
    .withMembers(2, (index) => ({ name: `Numbered ${index}` }))
    .withGroups(1, (_, members) => ({ name: 'Pair', members: members.slice(0, 2).map(({ id }) => id) }))
    .withSwitches(1, (_, members) => ({
      timestamp: '2030-01-01T00:00:00Z',
      members: members.map(({ id }) => id),
    }))
    .withWebhook('http://127.0.0.1:4012/', 'secret')
    .world();
  const { members, groups, switches, ...own } = only(made.systems);
  expect(own).toMatchObject({
    id: 'exmpl',
    name: 'Example',
    settings: { member_limit: 7, group_limit: 250 },
  });
  expect(own.webhook).toEqual({ url: 'http://127.0.0.1:4012/', token: 'secret' });
  expect(members.map(({ pronouns, tts }) => [pronouns, tts]).slice(0, 2)).toEqual(
    Array(2).fill(['they/them', true]),
  );
  expect(members.map(({ name }) => name)).toEqual(['Alder', 'Briar', 'Numbered 0', 'Numbered 1']);
  const ids = members.map(({ id }) => id);
  expect(only(groups)).toMatchObject({ name: 'Pair', members: ids.slice(0, 2) });
  expect(only(switches)).toMatchObject({ timestamp: '2030-01-01T00:00:00Z', members: ids });
});

test('a field that is not valid is named by its path', () => {
  const attempt = () => system().withMembers(3, { color: 'red' }).world();
  expect(attempt).toThrow(WorldError);
  expect(attempt).toThrow('systems[0].members[0].color must be six hexadecimal digits');
});

test('presets of privacy apply where an object does not set its own', () => {
  const base = system()
    .withMembers(2)
    .withGroups(1)
    .withMembers(1, { privacy: { visibility: 'public' } });
  const levels = (preset: 'public' | 'private' | 'mixed') => {
    const { privacy, members, groups } = only(base.withPrivacy(preset).world().systems);
    return [
      privacy,
      ...members.slice(0, 2).map((one) => one.privacy),
      ...groups.map((one) => one.privacy),
    ].map((one) => [...new Set(Object.values(one))]);
  };
  expect(levels('public')).toEqual(Array(4).fill(['public']));
  expect(levels('private')).toEqual(Array(4).fill(['private']));
  expect(levels('mixed').map((found) => found.sort())).toEqual(Array(4).fill(['private', 'public']));
  const named = only(base.withPrivacy('private').world().systems).members[2];
  expect(named?.privacy).toMatchObject({ visibility: 'public', name_privacy: 'public' });
});

test('groups have some members, and members are in more than one', () => {
  const { members, groups } = only(large.world().systems);
  for (const group of groups) {
    expect(group.members.length).toBeGreaterThan(20);
    expect(group.members.length).toBeLessThan(60);
  }
  const counts = members.map(({ id }) => groups.filter((group) => group.members.includes(id)).length);
  expect(new Set(counts)).toEqual(new Set([0, 1, 2, 3]));
});

test('switches go up in time, to the microsecond, and never repeat the one before', () => {
  const { switches } = only(large.world().systems);
  const times = switches.map(({ timestamp }) => timestamp);
  expect(times.toSorted()).toEqual(times);
  expect(new Set(times).size).toBe(200);
  expect(times.filter((time) => /\.\d{6}Z$/.test(time)).length).toBeGreaterThan(150);
  for (const [index, { members }] of switches.entries()) {
    expect(members).not.toEqual(switches[index - 1]?.members);
  }
  const counts = new Set(switches.map(({ members }) => members.length));
  expect(counts).toEqual(new Set([0, 1, 2]));
});

test('several systems in one world have ids of their own', () => {
  const world = worldOf(...Array.from({ length: 10 }, () => large));
  expect(world.systems).toHaveLength(10);
  expect(() => loadWorld(world)).not.toThrow();
});

test('a factory makes thousands without a clash', () => {
  const world = system().withMembers(20_000).world();
  const { members } = only(world.systems);
  expect(new Set(members.map(({ id }) => id)).size).toBe(20_000);
});

describe('made-up messages', () => {
  const tagged = { keep_proxy: false, proxy_tags: [{ prefix: 'A:', suffix: '-A' }] };

  test('of a world are found by the API, and belong to its members', async () => {
    const world = worldOf(
      system().withMembers(3).withMessages(5),
      system().withMessages(2, { member: null }),
    );
    expect(world.messages).toHaveLength(7);
    const sandbox = createSandbox({ world });
    const [first, ...others] = world.messages;
    for (const { id, sender, member } of [first, ...others].filter((one) => one !== undefined)) {
      const response = await sandbox.fetch(`/v2/messages/${id}`, { headers: { 'User-Agent': 'test' } });
      const found = await response.json();
      expect(found).toMatchObject({ id, sender });
      expect(found.member?.id ?? null).toBe(member);
    }
    expect(world.systems[0]?.accounts).toContain(first?.sender);
    expect(world.systems[0]?.members.map(({ id }) => id)).toContain(first?.member);
    const times = world.messages.slice(0, 5).map(({ id }) => BigInt(id));
    expect(times).toEqual([...times].sort((one, other) => (one < other ? -1 : 1)));
  });

  test('do not change what else is made', () => {
    expect(system().withMembers(3).withMessages(5).world().systems).toEqual(
      system().withMembers(3).world().systems,
    );
  });

  test.each(['id', 'uuid', 'name'] as const)('are proxied as a member that is named by its %s', (key) => {
    const world = system().withMembers(2, tagged).world();
    const { systems } = world;
    const member = only(systems).members[0];
    const sandbox = createSandbox({ world });
    const message = messageBy(only(systems), { as: member?.[key] ?? '', content: 'hi', attachments: [] });
    expect(message).toMatchObject({ content: 'A:hi-A', account: only(systems).accounts[0] });
    expect(sandbox.bot.sendMessage(message)).toMatchObject({
      proxied: true,
      content: 'hi',
      member: member?.uuid,
    });
  });

  test('without an author are rejected', () => {
    const world = system({ accounts: [] }).withMembers(1, { name: 'Ann', proxy_tags: [] }).world();
    const author = only(world.systems);
    expect(() => messageBy(author)).toThrow('accounts are empty');
    expect(() => messageBy({ ...author, accounts: ['5'] }, { as: 'Ann' })).toThrow('without proxy tags: Ann');
    expect(() => messageBy({ ...author, accounts: ['5'] }, { as: 'Ben' })).toThrow(
      'no member of the system: Ben',
    );
  });
});
