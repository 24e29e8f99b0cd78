import { describe, expect, test } from 'vitest';
import { createSandbox } from '../../../src/sandbox/create-sandbox.ts';
import { WorldError } from '../../../src/sandbox/world/problems.ts';
import { openSandbox, recordedWorld, send } from '../support.ts';

const most = 25_000;
const many = most + 1;
const named = { name: 'A' };

/** A world with one system, in which all else is made up. */
const within = (lists: object) => ({ systems: [{ id: 'abcde', uuid: uuid(0), ...lists }] });

function uuid(number: number): string {
  return `00000000-0000-4000-8000-${String(number).padStart(12, '0')}`;
}

describe('of the records without ids, a world may have 25,000 and no more:', () => {
  test.each([
    ['systems', { systems: Array(many).fill({}) }],
    ['members', within({ members: Array(many).fill(named) })],
    ['members with an id and no uuid', within({ members: Array(many).fill({ ...named, id: 'abcde' }) })],
    ['groups', within({ groups: Array(many).fill(named) })],
    ['switches', within({ switches: Array(many).fill({}) })],
    ['messages', { messages: Array(many).fill({}) }],
    [
      'all of these together',
      {
        systems: Array(most / 5).fill({ members: [named], groups: [named], switches: [{}] }),
        messages: Array(most / 5 + 1).fill({}),
      },
    ],
    ['members of an export', { switches: [], members: Array(many).fill(named) }],
    ['members of an export of Tupperbox', { tuppers: Array(many).fill(named) }],
    [
      'members of an export of Tupperbox with its ids',
      { tuppers: Array(many).fill({ ...named, id: 1, uuid: '1' }) },
    ],
  ])('%s', async (_name, world) => {
    const message = 'The world has 25,001 records without ids, of which at most 25,000 are made up: give ';
    expect(() => createSandbox({ world: world as object })).toThrow(WorldError);
    expect(() => createSandbox({ world: world as object })).toThrow(message);
    const sandbox = openSandbox();
    const response = await send(sandbox, 'PUT', '/_sandbox/world', { body: world });
    expect([response.status, await response.json()]).toEqual([
      400,
      expect.objectContaining({ message: expect.stringContaining(message), path: '' }),
    ]);
    expect(sandbox.world()).toEqual(recordedWorld);
  });

  test('25,000 are made up', () => {
    const sandbox = createSandbox({ world: { messages: Array(most).fill({}) } });
    expect(new Set(sandbox.world().messages.map(({ id }) => id)).size).toBe(most);
  });

  test('an import by the bot has the same limit', () => {
    const sandbox = openSandbox();
    const [account = ''] = recordedWorld.systems[0]?.accounts ?? [];
    const file = { tuppers: Array(many).fill(named) };
    expect(() => sandbox.bot.import(account, file)).toThrow('25,001 records without ids');
  });

  test('records with ids are not counted, so that a world that has grown can be loaded again', () => {
    const timestamp = '2020-01-01T00:00:00Z';
    const messages = Array.from({ length: many }, (_, index) => ({ id: `${index + 1}` }));
    const sandbox = createSandbox({
      world: { ...within({ switches: Array(many).fill({ timestamp }) }), messages },
    });
    const world = sandbox.world();
    expect([world.systems[0]?.switches.length, world.messages.length]).toEqual([many, many]);
    sandbox.load(world);
    expect(sandbox.world()).toEqual(world);
  });

  test('lists within lists are no world, and are read without a stack of calls', async () => {
    const body = '['.repeat(500_000) + ']'.repeat(500_000);
    const response = await openSandbox().fetch('/_sandbox/world', { method: 'PUT', body });
    expect(response.status).toBe(400);
  });

  test('a world of systems within systems is read without a stack of calls', () => {
    let nested: object = {};
    for (let depth = 0; depth < 100_000; depth += 1) nested = { systems: [nested] };
    expect(() => createSandbox({ world: nested })).toThrow('systems[0].systems is not known');
  });
});
