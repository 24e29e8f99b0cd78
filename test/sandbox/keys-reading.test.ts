/**
 * Every scope × every operation that reads: a key without `read` for a part sees that part as other callers do, and where only
 * the system itself may ask, it is rejected.
 */
import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import { generatedDocument, resolveReference } from '../../scripts/lib/document.ts';
import { operationsOf } from '../../scripts/lib/matcher.ts';
import { isObject } from '../../scripts/lib/recordings.ts';
import type { WorldSystem } from '../../src/sandbox/world/world.ts';
import {
  ask,
  canRead,
  forbidden,
  hasScope,
  isOpen,
  mixed,
  objectsIn,
  open,
  operations,
  otherSystem,
  pathsTo,
  type Received,
  scopes,
  secretive,
  world,
} from './keys-support.ts';

type Operation = (typeof operations)[number];
type Json = Readonly<Record<string, unknown>>;

const sandbox = open();
const reading = operations.filter(({ method }) => method === 'GET');
const asked = new Map<string, Promise<Received>>();

/** The response to the owner of a system, or to a caller without a token. */
function askPlainly(operation: Operation, path: string, owner?: WorldSystem): Promise<Received> {
  const key = `${owner?.id} ${path}`;
  const known = asked.get(key) ?? ask(sandbox, { operation, path }, owner?.token ?? undefined);
  asked.set(key, known);
  return known;
}

const [getMember] = reading.filter(({ id }) => id === 'getMember');

/** A member as a key of its system sees it. */
async function memberSeen(id: unknown, system: WorldSystem, held: readonly string[]): Promise<unknown> {
  if (getMember === undefined) throw new RangeError('The document has no getMember');
  const owner = canRead(held, 'members') ? system : undefined;
  return (await askPlainly(getMember, `/v2/members/${id}`, owner)).body;
}

/** Members that lists show to a key of their system. */
function listed(members: readonly string[], system: WorldSystem, held: readonly string[]): string[] {
  const find = (idOrUuid: string) =>
    system.members.find(({ id, uuid }) => id === idOrUuid || uuid === idOrUuid);
  return members.filter(
    (member) => canRead(held, 'members') || find(member)?.privacy.visibility === 'public',
  );
}

interface Mixed {
  /** The response, without what belongs to another part. */
  readonly body: unknown;
  /** The responses to the owner and to other callers. */
  readonly owner: unknown;
  readonly others: unknown;
  readonly system: WorldSystem;
  readonly held: readonly string[];
}

/** Responses that hold what is of another part than the operation. */
const mixtures: Readonly<Record<string, (parts: Mixed) => Promise<unknown>>> = {
  getFronters: switchSeen,
  getSwitch: switchSeen,
  async listGroupMembers({ owner, system, held }) {
    const ids = objectsIn(owner).map(({ id }) => String(id));
    return Promise.all(listed(ids, system, held).map((id) => memberSeen(id, system, held)));
  },
  async listGroups({ body, owner, system, held }) {
    const own = new Map(objectsIn(owner).map((group) => [group.id, group]));
    return objectsIn(body).map((group) => {
      if (!('members' in group)) return group;
      const { privacy, members } = own.get(group.id) ?? {};
      const isListed = canRead(held, 'groups') || (isObject(privacy) && privacy.list_privacy === 'public');
      const uuids = isListed && Array.isArray(members) ? members.map(String) : [];
      return { ...group, members: listed(uuids, system, held) };
    });
  },
  async getMessage({ owner, others, held }) {
    const of = (part: string) => objectOf(canRead(held, part) ? owner : others);
    return { ...objectOf(others), system: of('system').system, member: of('members').member };
  },
};

async function switchSeen({ body, system, held }: Mixed): Promise<unknown> {
  const { members, ...rest } = objectOf(body);
  return {
    ...rest,
    members: await Promise.all(objectsIn(members).map(({ id }) => memberSeen(id, system, held))),
  };
}

function objectOf(value: unknown): Json {
  if (!isObject(value)) throw new TypeError('The response is no object');
  return value;
}

/** What a key of a system should see of that system. */
async function expectedResponse(
  operation: Operation,
  path: string,
  system: WorldSystem,
  held: readonly string[],
): Promise<Received> {
  const owner = await askPlainly(operation, path, system);
  if (!isOpen(operation)) return hasScope(held, operation) ? owner : forbidden;
  const others = await askPlainly(operation, path);
  const seen = canRead(held, operation.apiKeyScope?.part ?? '') ? owner : others;
  const mix = mixtures[operation.id];
  if (mix === undefined || seen.status !== 200) return seen;
  const parts = { body: seen.body, owner: owner.body, others: others.body, system, held };
  return { status: 200, body: await mix(parts) };
}

const keys = new Map<string, string>();

async function keyOf(system: WorldSystem, held: typeof scopes): Promise<string> {
  const name = `${system.id} ${held.join()}`;
  const key = keys.get(name) ?? (await sandbox.createKey({ system: system.id, scopes: held })).token;
  keys.set(name, key);
  return `Bearer ${key}`;
}

/** Holds all responses to a key about its own system, named and as `@me`, against what they should be. */
async function expectOwn(operation: Operation, system: WorldSystem, held: typeof scopes): Promise<void> {
  const key = await keyOf(system, held);
  const named = pathsTo(operation, system);
  const asMe = pathsTo(operation, system, '@me');
  expect(named).not.toEqual([]);
  for (const [index, path] of named.entries()) {
    const expected = await expectedResponse(operation, path, system, held);
    expect(await ask(sandbox, { operation, path }, key), path).toEqual(expected);
    const mine = asMe[index] ?? path;
    expect(await ask(sandbox, { operation, path: mine }, key), mine).toEqual(expected);
  }
}

beforeAll(async () => {
  for (const system of [mixed, secretive]) await keyOf(system, []);
});

test('the operations that return things of several parts are those that are known here', () => {
  const parts: Readonly<Record<string, string>> = {
    System: 'system',
    Member: 'members',
    MessageMember: 'members',
    Group: 'groups',
  };
  const document = generatedDocument('v2');
  const namesIn = (node: unknown): string[] => {
    if (typeof node !== 'object' || node === null) return [];
    const reference = isObject(node) && typeof node.$ref === 'string' ? node.$ref.split('/').slice(-1) : [];
    const children = reference.length > 0 ? [resolveReference(document, node)] : Object.values(node);
    return [...reference, ...children.flatMap(namesIn)];
  };
  const found = operationsOf(document).filter(({ operationId, method, definition }) => {
    const own = operations.find(({ id }) => id === operationId)?.apiKeyScope?.part;
    const responses = resolveReference(document, definition.responses);
    const others = namesIn(responses['200']).flatMap((name) => parts[name] ?? []);
    return method === 'GET' && others.some((part) => part !== own);
  });
  // The UUIDs of members that groups are listed with are no models, but are members all the same.
  const ids = [...found.map(({ operationId }) => operationId), 'listGroups'];
  expect(ids.sort()).toEqual(Object.keys(mixtures).sort());
});

describe.each(reading)('$id', (operation) => {
  test.each([[], ...scopes.map((scope) => [scope])].map((held) => ({ held })))(
    'with $held shows the own system as its scopes say',
    async ({ held }) => {
      await expectOwn(operation, mixed, held);
      await expectOwn(operation, secretive, held);
    },
  );

  test.each(scopes)('with %s shows other systems as others see them', async (scope) => {
    for (const system of [otherSystem, secretive]) {
      for (const path of pathsTo(operation, system)) {
        const foreign = await askPlainly(operation, path, mixed);
        const isRejected = !isOpen(operation) && !hasScope([scope], operation);
        const received = await ask(sandbox, { operation, path }, await keyOf(mixed, [scope]));
        expect(received, path).toEqual(isRejected ? forbidden : foreign);
        if (isOpen(operation)) expect(received, path).toEqual(await askPlainly(operation, path));
      }
    }
  });
});

test('what is private differs, so that the tests above can fail', async () => {
  const differing: string[] = [];
  for (const operation of reading) {
    const paths = [mixed, secretive].flatMap((system) =>
      pathsTo(operation, system).map((path) => [path, system] as const),
    );
    for (const [path, system] of paths) {
      const [one, other] = [await askPlainly(operation, path, system), await askPlainly(operation, path)];
      if (JSON.stringify(one) !== JSON.stringify(other)) differing.push(operation.id);
    }
  }
  const same = reading.map(({ id }) => id).filter((id) => !differing.includes(id));
  // What a key without scopes may read is the same for all.
  const open = reading.filter(({ apiKeyScope }) => apiKeyScope?.level === 'publicread');
  expect(same).toEqual(open.map(({ id }) => id));
  expect(same).toContain('getMemberOEmbed');
});

test('several scopes allow what any of them allows', async () => {
  const some = fc.subarray([...scopes], { minLength: 2, maxLength: 5 });
  await fc.assert(
    fc.asyncProperty(some, fc.constantFrom(...reading), async (held, operation) => {
      await expectOwn(operation, mixed, held);
      await expectOwn(operation, secretive, held);
    }),
    { numRuns: 300 },
  );
});

test('a scope with swapped parts allows nothing', async () => {
  // @ts-expect-error: such scopes are rejected
  await expect(sandbox.createKey({ system: mixed.id, scopes: ['members:read'] })).rejects.toThrow(
    'scopes[0]',
  );
});

test('reading changes nothing', () => {
  expect(sandbox.world()).toEqual(world);
});
