/** The client with API keys that a sandbox gives out. */
import { inspect } from 'node:util';
import { describe, expect, test } from 'vitest';
import { methods } from '../../generated/v2/methods.ts';
import { ForbiddenError, PluralKit, parseApiKey, UnauthorizedError } from '../../src/index.ts';
import { isOpen, mixed, open, operations, otherSystem, scopes, secretive } from './keys-support.ts';

const userAgent = 'tests/1.0 (tests@example.com)';
const sandbox = open();
// Nothing is rate limited.
const limiter = { acquire: async () => () => undefined };

async function clientWith(held: typeof scopes, system = mixed.id): Promise<PluralKit> {
  const { token } = await sandbox.createKey({ system, scopes: held });
  return new PluralKit({ token, userAgent, limiter, fetch: (url, init) => sandbox.fetch(String(url), init) });
}

async function rejection(call: Promise<unknown>): Promise<unknown> {
  return call.then(
    () => undefined,
    (error: unknown) => error,
  );
}

test('a key can be read, and is accepted', async () => {
  const { token, id } = await sandbox.createKey({
    system: mixed.id,
    scopes: ['identify'],
    type: 'dashboard',
  });
  const fetch = (url: string, init?: RequestInit) => sandbox.fetch(url, init);
  const pk = new PluralKit({ token, userAgent, fetch });
  expect(pk.key).toEqual({ id, systemId: mixed.uuid, type: 'dashboard', scopes: ['identify'] });
  expect(pk.key).toEqual(parseApiKey(token));
  expect(await pk.systems.get('@me')).toMatchObject({ id: mixed.id, privacy: null });
  const legacy = new PluralKit({ token: mixed.token, userAgent, fetch });
  expect(legacy.key).toBeNull();
  expect((await legacy.systems.get('@me')).privacy).toEqual(mixed.privacy);
});

const references: Readonly<Record<string, string | undefined>> = {
  systemRef: '@me',
  memberRef: mixed.members[0]?.id,
  groupRef: mixed.groups[0]?.id,
  switchRef: mixed.switches[0]?.id,
  guild_id: '466707357099884544',
};

/** Calls of all methods that need a scope, with the scope that the document names. */
const calls = Object.entries(methods).flatMap(([group, entries]) =>
  Object.entries(entries).flatMap(([name, entry]) => {
    const [method = '', route = '', , list = ''] = entry.split(' ');
    const [path = ''] = route.split('?');
    const operation = operations.find(
      (one) => one.method === method && one.path.replaceAll('Ref}', '}') === path,
    );
    if (operation?.apiKeyScope == null || isOpen(operation)) return [];
    const { part, level } = operation.apiKeyScope;
    const parameters = operation.parameters.path.map((parameter) => references[parameter]);
    // The body is a list of references, or has one as a property.
    const [property = '', reference] = list.split('=');
    const withList = property === '' ? [] : { [property]: [] };
    const body = operation.hasBody ? [reference === undefined ? {} : withList] : [];
    return { name: `${group}.${name}`, group, method: name, values: [...parameters, ...body], part, level };
  }),
);

/** A method by name, as one that takes anything. */
function call(pk: PluralKit, group: string, method: string, values: readonly unknown[]): Promise<unknown> {
  const found: unknown = Reflect.get(Object(Reflect.get(pk, group)), method);
  if (typeof found !== 'function') throw new TypeError(`The client has no ${group}.${method}`);
  return found(...values);
}

test('there are methods for all that needs a scope', () => {
  const needing = operations.filter((operation) => !isOpen(operation) && !operation.unstable);
  expect(calls).toHaveLength(needing.length);
});

describe.each(calls)('$name', ({ group, method, values, part, level }) => {
  const scope = `${level}:${part}`;

  test(`fails without ${scope}, which the error names`, async () => {
    const others = scopes.filter((one) => !one.endsWith(`:${part}`) && !one.endsWith(':all'));
    for (const held of [[], others]) {
      const pk = await clientWith(held);
      const error = await rejection(call(pk, group, method, values));
      expect(error).toBeInstanceOf(ForbiddenError);
      expect(error).toMatchObject({ status: 403, code: 0, codeName: 'Forbidden', missingScope: scope });
      expect(String(error)).toContain(`The API key lacks the scope ${scope}`);
    }
  });

  test('fails with every scope but that', async () => {
    const pk = await clientWith(['write:all']);
    const error = await rejection(call(pk, group, method, values));
    expect(error).not.toBeInstanceOf(ForbiddenError);
    sandbox.reset();
  });
});

describe('reading the own system', () => {
  test.each([
    ['members', 'list', 'read:members', 'MemberListPrivate'],
    ['groups', 'list', 'read:groups', 'GroupListPrivate'],
    ['switches', 'list', 'read:switches', 'FrontHistoryPrivate'],
    ['switches', 'getFronters', 'read:fronters', 'FrontersPrivate'],
  ] as const)('fails in %s.%s without %s, which the error names', async (group, method, scope, codeName) => {
    const error = await rejection(call(await clientWith([], secretive.id), group, method, ['@me']));
    expect(error).toMatchObject({ name: 'ForbiddenError', codeName, missingScope: scope });
    const pk = await clientWith([scope], secretive.id);
    expect(await call(pk, group, method, ['@me'])).toBeTruthy();
  });

  test('does not name a missing scope for other systems', async () => {
    const pk = await clientWith(['read:groups']);
    expect(await rejection(pk.members.list(secretive.id))).toMatchObject({
      codeName: 'MemberListPrivate',
      missingScope: null,
    });
    const member = otherSystem.members[0]?.id ?? '';
    const all = await clientWith(['write:all']);
    expect(await rejection(all.members.update(member, { name: 'New' }))).toMatchObject({
      codeName: 'NotOwnMember',
      missingScope: null,
    });
  });
});

test('changes that a key may make are made', async () => {
  const pk = await clientWith(['write:members']);
  const created = await pk.members.create({ name: 'New', privacy: { visibility: 'private' } });
  expect(created.privacy.visibility).toBe('private');
  expect(await pk.members.update(created.id, { pronouns: 'they/them' })).toMatchObject({
    pronouns: 'they/them',
  });
  await pk.members.delete(created.id);
});

test('a revoked key is reported as unknown', async () => {
  const { token, id } = await sandbox.createKey({ system: mixed.id, scopes: ['write:all'] });
  const pk = new PluralKit({ token, userAgent, fetch: (url, init) => sandbox.fetch(String(url), init) });
  expect(await pk.systems.get('@me')).toMatchObject({ privacy: mixed.privacy });
  sandbox.revokeKey(id);
  expect(await rejection(pk.systems.get('@me'))).toBeInstanceOf(UnauthorizedError);
  expect(await pk.systems.get(mixed.id)).toMatchObject({ privacy: null });
});

test('no error and no property of the client shows the key', async () => {
  const { token } = await sandbox.createKey({ system: mixed.id, scopes: ['read:all'] });
  const pk = new PluralKit({ token, userAgent, fetch: (url, init) => sandbox.fetch(String(url), init) });
  const error = await rejection(pk.members.create({ name: 'New' }));
  expect(error).toBeInstanceOf(ForbiddenError);
  const shown = [
    String(error),
    JSON.stringify(error),
    inspect(error, { depth: 20, showHidden: true }),
    JSON.stringify(pk),
    inspect(pk, { depth: 20 }),
  ].join('\n');
  for (const secret of token.split(':').slice(1)) expect(shown).not.toContain(secret);
});
