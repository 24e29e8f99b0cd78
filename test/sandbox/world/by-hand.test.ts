import { runInNewContext } from 'node:vm';
import { describe, expect, test } from 'vitest';
import { createSandbox } from '../../../src/sandbox/create-sandbox.ts';
import { system as factory } from '../../../src/sandbox/factories/index.ts';
import { timezoneNames } from '../../../src/sandbox/formats/timezones.ts';
import { openSandbox, recordedWorld, send } from '../support.ts';

/** The message of the error that a world is rejected with, in process and over HTTP. */
async function messageFor(world: object): Promise<string> {
  let thrown: unknown;
  try {
    createSandbox({ world });
  } catch (error) {
    thrown = error;
  }
  const response = await send(openSandbox(), 'PUT', '/_sandbox/world', { body: world });
  const { message } = await response.json();
  expect([response.status, message]).toEqual([400, thrown instanceof Error && thrown.message]);
  return message;
}

const ownSystem = { name: 'Harbor', members: [{ name: 'Juniper' }] };

test.each([
  ['a system alone', ownSystem],
  ['a system with other fields', { members: [], nothing: 1 }],
])('%s is told to be put into a list', async (_name, world) => {
  expect(await messageFor(world)).toBe('The world must have the system in a list: { systems: [{ … }] }');
});

test('a list of systems is told to be put into an object', async () => {
  const { message } = await (
    await send(openSandbox(), 'PUT', '/_sandbox/world', { body: [ownSystem] })
  ).json();
  expect(message).toBe('The world must have the system in a list: { systems: [{ … }] }');
});

test('a system beside a list of systems is a field that is not known', async () => {
  expect(await messageFor({ systems: [], name: 'Harbor' })).toBe(
    'name is not known; known: systems, messages',
  );
});

describe('a time zone', () => {
  const world = (timezone: string) => ({ systems: [{ settings: { timezone } }] });
  const must =
    'systems[0].settings.timezone must be the name of a time zone, such as Europe/Berlin, or an offset';

  test.each([
    ['Europe/Berln', '; did you mean “Europe/Berlin”?'],
    ['europe/berlin', '; did you mean “Europe/Berlin”?'],
    ['utc', '; did you mean “UTC”?'],
    ['UTC+2', '; did you mean “UTC”?'],
    ['', ''],
  ])('“%s” is rejected', async (timezone, hint) => {
    expect(await messageFor(world(timezone))).toBe(`${must}, such as UTC+02:00${hint}`);
  });

  test.each(['Europe/Berlin', 'US/Pacific', 'UTC+02:00', 'CET'])('“%s” is taken', (timezone) => {
    expect(createSandbox({ world: world(timezone) }).world().systems[0]?.settings.timezone).toBe(timezone);
  });

  test('is compared with all names in the first problems only', async () => {
    const systems = Array.from({ length: 8 }, () => ({ settings: { timezone: 'europe/berlin' } }));
    expect(timezoneNames().length).toBeGreaterThan(500);
    expect((await messageFor({ systems })).match(/did you mean/g)).toHaveLength(5);
  });
});

test.each([
  [{ members: ['Juniper'] }, "members[0] must be an object such as { name: 'Juniper' }"],
  [
    { members: [{ name: 'Juniper', proxy_tags: ['J:'] }] },
    "members[0].proxy_tags[0] must be an object such as { prefix: 'J:' }",
  ],
  [{ switches: ['Juniper'] }, "switches[0] must be an object such as { members: ['Juniper'] }"],
  [{ privacy: 'private' }, "privacy must be an object such as { name_privacy: 'private' }"],
  [{ webhook: 'http://127.0.0.1' }, "webhook must be an object such as { url: 'http://127.0.0.1:4012' }"],
  [{ accounts: [123] }, 'accounts[0] must be a Discord id, as a string of digits'],
  [{ color: '#ff7000' }, 'color must be six hexadecimal digits without #'],
  [{ settings: { member_limit: -1 } }, 'settings.member_limit must be a whole number from 0 up'],
])('a system %j is told what is taken', (system, message) => {
  expect(() => createSandbox({ world: { systems: [system] } as object })).toThrow(`systems[0].${message}`);
});

test('the JSON of a world is told to be parsed', () => {
  expect(() => Reflect.apply(openSandbox().load, undefined, ['{"systems":[]}'])).toThrow(
    "The world must be an object such as { systems: [{ name: 'Harbor' }] }; parse a JSON string first",
  );
});

test.each([
  ['a factory', factory(), 'The world'],
  ['a sandbox', openSandbox(), 'The world'],
  ['a list of factories', { systems: [factory().world().systems[0], factory()] }, 'systems[1]'],
])('%s is no world', (_name, world, place) => {
  expect(() => createSandbox({ world: world as object })).toThrow(
    `${place} is a factory or a sandbox: give what its world() returns, or what worldOf() makes of factories`,
  );
});

class Empty {
  get systems() {
    return [];
  }
}

describe('an object without fields is no world and no part of one:', () => {
  test.each([
    ['a Map', new Map([['systems', []]]), 'Map'],
    ['a Date', new Date(0), 'Date'],
    ['a promise', Promise.resolve({}), 'Promise'],
    ['an instance of a class', new Empty(), 'Empty'],
  ])('%s', (_name, value, kind) => {
    expect(() => createSandbox({ world: value })).toThrow(
      new TypeError("world must be an object such as { systems: [{ name: 'Harbor' }] }"),
    );
    const message = `; a ${kind} has no fields to read`;
    const example = "{ systems: [{ name: 'Harbor' }] }";
    expect(() => openSandbox().load(value)).toThrow(
      `The world must be an object such as ${example}${message}`,
    );
    const systems: unknown[] = [{ settings: value }];
    expect(() => openSandbox().load({ systems })).toThrow(`systems[0].settings must be an object${message}`);
  });

  test('empty objects are, of this and of another realm', () => {
    const others: object[] = [{}, Object.create(null), runInNewContext('({ systems: [{}] })')];
    for (const world of others) expect(() => createSandbox({ world })).not.toThrow();
  });

  test('an instance of a class with fields is', () => {
    class World {
      readonly systems = recordedWorld.systems;
    }
    expect(createSandbox({ world: new World() }).world().systems).toEqual(recordedWorld.systems);
  });
});
