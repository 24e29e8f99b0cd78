import { existsSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import byHand from '../../../examples/testing/world.json' with { type: 'json' };
import { dumpWorld } from '../../../src/sandbox/world/dump.ts';
import { loadWorld } from '../../../src/sandbox/world/load.ts';

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

  test('keeps a switch without a time within the calendar', () => {
    const switches = [{ timestamp: '9999-12-31T23:30:00Z' }, {}];
    const [system] = load({ systems: [{ switches }] }).systems;
    expect(system?.switches.map(({ timestamp }) => timestamp)).toEqual(Array(2).fill('9999-12-31T23:30:00Z'));
    expect(() => load({ systems: [system] })).not.toThrow();
  });

  test('is told which members were likely meant, of the first problems alone', () => {
    const messages = Array.from({ length: 50 }, () => ({ member: 'Anm' }));
    expect(() => load({ ...world, messages })).toThrow(/Anm; did you mean “Ann”\?\n.*[^?]\n/s);
  });

  test('is not told that a member without a name was meant', () => {
    const wrong = { systems: [{ members: [{}], switches: [{ members: ['y'] }] }] };
    expect(() => load(wrong)).toThrow(/switches\[0\]\.members\[0\] names no member[^;]*: y$/);
  });

  test.each([
    ['a switch', { switches: [{ members: ['Ann'] }] }, {}, 'systems[0].switches[0].members[0]'],
    ['a message', {}, { messages: [{ member: 'Ann' }] }, 'messages[0].member'],
  ])('is told that a name in %s is that of several members', (_, ofSystem, ofWorld, path) => {
    const systems = [{ name: 'Twins', members: [{ name: 'Ann' }, { name: 'Ann' }], ...ofSystem }];
    expect(() => load({ systems, ...ofWorld })).toThrow(
      `${path} names several members: Ann; give them ids, and name one by its id`,
    );
  });

  test('is told which member was likely meant', () => {
    const wrong = { ...world, messages: [{ member: 'Anm' }] };
    expect(() => load(wrong)).toThrow('messages[0].member names no member: Anm; did you mean “Ann”?');
  });
});
