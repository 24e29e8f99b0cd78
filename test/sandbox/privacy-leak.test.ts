import fc from 'fast-check';
import { expect, test } from 'vitest';
import { operations } from '../../generated/v2/operations.ts';
import type { Sandbox } from '../../src/sandbox/sandbox.ts';
import type { FullWorld, WorldSystem } from '../../src/sandbox/world/world.ts';
import { tries } from '../support/tries.ts';
import { worlds } from './privacy-worlds.ts';
import { type CallOptions, openSandbox, send } from './support.ts';

interface Request {
  readonly method: string;
  readonly path: string;
  readonly body?: unknown;
}

type Values = Readonly<Record<string, string>>;

const guild = '466707357099884544';
/** Says something to each operation that takes an object. */
const change = { description: null, display_name: null, tag: null, timestamp: '2020-01-01T00:00:00Z' };

/** What can stand in a path, for each thing of a system. */
function valuesOf(system: WorldSystem): Values[] {
  const { members, groups, switches } = system;
  const systemRef = system.id;
  return [
    { systemRef, guild_id: guild },
    { systemRef: system.uuid, guild_id: '1' },
    ...members.map(({ id }) => ({ memberRef: id, guild_id: guild })),
    ...groups.map(({ uuid }) => ({ groupRef: uuid })),
    ...switches.map(({ id }) => ({ systemRef, switchRef: id })),
  ];
}

const queries: Readonly<Record<string, readonly string[]>> = {
  getAutoproxySettings: [`?guild_id=${guild}`, ''],
  updateAutoproxySettings: [`?guild_id=${guild}`],
  listGroups: ['', '?with_members=true'],
  listSwitches: ['', '?limit=1', '?before=2023-01-03T00:00:00.123457Z'],
};

/** Requests for every operation that names something of a world; what would change something is tried as well. */
function requestsOf({ systems, messages }: FullWorld): Map<string, Request> {
  const ofSystems = systems.flatMap((system) => {
    const members = system.members.slice(0, 1).map(({ id }) => id);
    const namesAreShown = system.privacy.name_privacy === 'public';
    return valuesOf(system).flatMap((values) => requestsWith(values, members, namesAreShown));
  });
  const ofMessages = messages.flatMap(({ id }) => requestsWith({ message_id: id }, [], true));
  return new Map([...ofSystems, ...ofMessages].map((request) => [JSON.stringify(request), request]));
}

/** @param namesAreShown - else, links to members and groups show the name of their system all the same: the document says so */
function requestsWith(values: Values, members: readonly string[], namesAreShown: boolean): Request[] {
  return Object.values(operations).flatMap(({ id, method, path, parameters, hasBody }) => {
    const names: readonly string[] = parameters.path;
    if (names.length === 0 || !names.every((name) => name in values)) return [];
    if (!namesAreShown && (id === 'getMemberOEmbed' || id === 'getGroupOEmbed')) return [];
    const filled = `/v2${path.replace(/\{(\w+)\}/g, (_, name: string) => values[name] ?? '')}`;
    return (queries[id] ?? ['']).flatMap((query) =>
      (hasBody ? [change, members] : [undefined]).map((body) => ({ method, path: filled + query, body })),
    );
  });
}

/** The responses to a caller without a token, to a system whose own data does not change, and to owners with keys that grant nothing. */
async function responses(sandbox: Sandbox, requests: readonly Request[]): Promise<unknown[]> {
  const keys = await Promise.all(
    ['alices', 'bobby'].map((system) => sandbox.createKey({ system, scopes: ['publicread:all'] })),
  );
  const callers: readonly CallOptions[] = [
    {},
    { as: 'carol' },
    ...keys.map(({ token }) => ({ headers: { Authorization: `Bearer ${token}` } })),
  ];
  const found: unknown[] = [];
  for (const [index, caller] of callers.entries()) {
    for (const { method, path, body } of requests) {
      const response = await send(sandbox, method, path, { ...caller, ...(body !== undefined && { body }) });
      const headers = JSON.stringify([...response.headers]);
      found.push(`${index} ${method} ${path} ${response.status} ${headers} ${await response.text()}`);
    }
  }
  return found;
}

async function expectSameResponses(one: FullWorld, other: FullWorld): Promise<void> {
  const there = requestsOf(other);
  // A hidden member, or a switch, may be in one of them alone.
  const requests = [...requestsOf(one)].filter(([key]) => there.has(key)).map(([, request]) => request);
  const [found, expected] = await Promise.all(
    [other, one].map((world) => responses(openSandbox({ world }), requests)),
  );
  expect(found).toEqual(expected);
}

test('nobody but its owner can tell worlds apart that differ in what is private', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.infiniteStream(fc.boolean()),
      fc.string({ minLength: 1, maxLength: 20 }),
      async (levels, noise) => {
        const [one, other] = worlds(() => levels.next().value ?? true, noise);
        await expectSameResponses(one, other);
      },
    ),
    { numRuns: tries(4, 25) },
  );
}, 300_000);

test('where all is private, everything that can be hidden is', async () => {
  await expectSameResponses(...worlds(() => true, 'something else'));
});

test('every operation on something that is there already is among those that are tried', () => {
  const [world] = worlds(() => false, 'something else');
  const paths = [...requestsOf(world).values()].map(({ method, path }) => `${method} ${path}`);
  const missing = Object.values(operations).filter(({ method, path }) => {
    const pattern = new RegExp(`^${method} /v2${path.replace(/\{\w+\}/g, '[^/?]+')}(\\?|$)`);
    return path.includes('{') && !paths.some((tried) => pattern.test(tried));
  });
  expect(missing).toEqual([]);
});

test('the owner does see the difference', async () => {
  const [one, other] = worlds(() => true, 'something else');
  const own = async (world: FullWorld) =>
    (await send(openSandbox({ world }), 'GET', '/v2/systems/@me/members', { as: 'alices' })).text();
  expect(await own(other)).not.toBe(await own(one));
});
