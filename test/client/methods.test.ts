import { describe, expect, expectTypeOf, test } from 'vitest';
import { methods } from '../../generated/v2/methods.ts';
import { type OperationDescription, operations } from '../../generated/v2/operations.ts';
import type {
  Fronters,
  Member,
  OwnMember,
  OwnSystem,
  PublicSystemSettings,
  Switch,
  System,
  SystemSettings,
} from '../../generated/v2/schema.ts';
import type { PluralKit } from '../../src/index.ts';
import { isObject } from '../../src/models/is-object.ts';
import { fakeClient, json, rejection, userAgent } from './helpers.ts';

const uuid = '0a1b2c3d-0000-4000-8000-00000000abcd';
/** What stands for each kind of parameter in a call, and in the path that is sent. */
const samples: Readonly<Record<string, readonly [given: unknown, sent: string]>> = {
  systemRef: ['ABC-DEF', 'abcdef'],
  memberRef: ['QWE-RT', 'qwert'],
  groupRef: [uuid.toUpperCase(), uuid],
  switchRef: [uuid.replaceAll('-', ''), uuid],
  guild_id: [466707357099884544n, '466707357099884544'],
  message_id: ['1212345678901234567', '1212345678901234567'],
};

const all: readonly OperationDescription[] = Object.values(operations);
const stable = all.filter(({ unstable }) => !unstable);

/** The table is downloaded by browsers, so that it has what each reference names alone. */
const routeOf = ({ method, path }: OperationDescription) => `${method} ${path.replaceAll('Ref}', '}')}`;

const entries = Object.entries(methods).flatMap(([group, names]) =>
  Object.entries(names).map(([name, entry]) => {
    const [method = '', route = ''] = entry.split(' ');
    const [path = ''] = route.split('?');
    return { group, name, entry, method, path };
  }),
);

describe('the operation', () => {
  test('has one method where it is stable, and none otherwise', () => {
    const expected = stable.map(routeOf).sort();
    expect(entries.map(({ method, path }) => `${method} ${path}`).sort()).toEqual(expected);
    expect(all.length).toBeGreaterThan(stable.length);
  });

  test.each(stable)('$id is sent as $method $path', async (operation) => {
    const entry = entries.find(({ method, path }) => `${method} ${path}` === routeOf(operation));
    const parameters = operation.parameters.path.map((name) => samples[name] ?? ['?', '?']);
    const isList = / =\w/.test(entry?.entry ?? '');
    const body = isList ? ['qwert'] : { name: 'x', members: ['qwert'] };
    const query = Object.fromEntries(operation.parameters.query.map((name) => [name, '1']));
    const { pk, requests } = fakeClient(() =>
      operation.successes.includes(200) ? json({}) : new Response(null, { status: 204 }),
    );
    const group: unknown = Reflect.get(pk, entry?.group ?? '');
    const call: unknown = isObject(group) ? group[entry?.name ?? ''] : undefined;
    if (typeof call !== 'function') throw new Error(`${operation.id} has no method`);
    await call(...parameters.map(([given]) => given), ...(operation.hasBody ? [body] : []), query);

    const sent = operation.path.replace(/\{(\w+)\}/g, (_, name: string) => samples[name]?.[1] ?? '?');
    const text = operation.parameters.query.map((name) => `${name}=1`).join('&');
    expect(requests).toHaveLength(1);
    expect(requests[0]).toMatchObject({ method: operation.method, path: sent + (text && `?${text}`) });
    expect(requests[0]?.body).toEqual(operation.hasBody ? body : undefined);
    expect(requests[0]?.headers.get('Content-Type')).toBe(operation.hasBody ? 'application/json' : null);
    expect(requests[0]?.headers.get('User-Agent')).toBe(userAgent);
  });
});

test('the names of methods follow from tag and operationId', () => {
  expect(entries.map(({ group, name }) => `${group}.${name}`)).toEqual(
    expect.arrayContaining([
      'systems.get',
      'systems.update',
      'members.list',
      'members.listGroups',
      'members.updateGuildSettings',
      'groups.overwriteMembers',
      'switches.list',
      'switches.updateMembers',
      'switches.getFronters',
      'messages.get',
      'settings.getSystem',
      'settings.updateAutoproxy',
      'oEmbed.getMember',
    ]),
  );
});

describe('references', () => {
  test.each([
    ['@me', '@me'],
    ['exmpl', 'exmpl'],
    ['EXMPL', 'exmpl'],
    ['abc-def', 'abcdef'],
    [uuid.toUpperCase(), uuid],
    ['466707357099884544', '466707357099884544'],
    [466707357099884544n, '466707357099884544'],
  ])('%s is taken for a system', async (given, sent) => {
    const { pk, requests } = fakeClient();
    await pk.systems.get(given);
    expect(requests[0]?.path).toBe(`/systems/${sent}`);
  });

  test('in lists are sent in the exact form', async () => {
    const { pk, requests } = fakeClient(({ path }) =>
      path.startsWith('/systems') ? json({}) : new Response(null, { status: 204 }),
    );
    await pk.groups.addMembers('abcde', ['QWE-RT', uuid.toUpperCase()]);
    await pk.members.removeGroups('abcde', Object.freeze(['ABC-DEF']));
    await pk.switches.create('@me', { members: ['QWERT'], timestamp: '2024-01-01T00:00:00Z' });
    await pk.switches.updateMembers('@me', uuid, ['qwe-rt']);
    expect(requests.map(({ body }) => body)).toEqual([
      ['qwert', uuid],
      ['abcdef'],
      { members: ['qwert'], timestamp: '2024-01-01T00:00:00Z' },
      ['qwert'],
    ]);
  });

  test.each([
    ['a member by @me', (pk: PluralKit) => pk.members.get('@me')],
    ['a member by a Discord account', (pk: PluralKit) => pk.members.get('466707357099884544')],
    ['a group by nothing', (pk: PluralKit) => pk.groups.get('')],
    ['a switch by an id', (pk: PluralKit) => pk.switches.get('@me', 'abcde')],
    ['a message by an id of letters', (pk: PluralKit) => pk.messages.get('abcde')],
    ['a path within a reference', (pk: PluralKit) => pk.systems.get('abcde/members')],
    ['a list with a wrong one', (pk: PluralKit) => pk.groups.addMembers('abcde', ['qwert', '@me'])],
    // @ts-expect-error: a number has lost digits
    ['a Discord id as a number', (pk: PluralKit) => pk.messages.get(46670735709988)],
    // @ts-expect-error: a reference is needed
    ['nothing at all', (pk: PluralKit) => pk.systems.get()],
  ])('of the wrong kind fail before the request: %s', async (_, call) => {
    const { pk, requests } = fakeClient();
    expect(await rejection(call(pk))).toBeInstanceOf(TypeError);
    expect(requests).toEqual([]);
  });
});

describe('responses', () => {
  test('keep fields and values that are not documented', async () => {
    const model = { id: 'abcdef', brand_new: [1, { deep: true }], privacy: { name_privacy: 'friends-only' } };
    const { pk } = fakeClient(() => json(model));
    expect(await pk.systems.get('abcdef')).toEqual(model);
  });

  test('without a body are null', async () => {
    const { pk } = fakeClient(() => new Response(null, { status: 204 }));
    expect(await pk.switches.getFronters('@me')).toBeNull();
    expectTypeOf(pk.switches.getFronters('@me')).resolves.toEqualTypeOf<Fronters | null>();
  });

  test('that are lists can be iterated without awaiting them', async () => {
    const members = [{ id: 'aaaaa' }, { id: 'bbbbb' }];
    const { pk, requests } = fakeClient(() => json(members));
    const ids: string[] = [];
    for await (const { id } of pk.members.list('@me')) ids.push(id);
    expect(ids).toEqual(['aaaaa', 'bbbbb']);
    expect(await pk.members.list('@me')).toEqual(members);
    expect(requests).toHaveLength(2);
  });

  test('that are errors reject the iteration', async () => {
    const { pk } = fakeClient(() => json({ message: 'no', code: 30001 }, 403));
    const walk = async () => {
      for await (const _ of pk.members.list('@me'));
    };
    await expect(walk()).rejects.toMatchObject({ codeName: 'MemberListPrivate' });
  });
});

test('query and options share the last parameter, and undefined is not sent', async () => {
  const { pk, requests } = fakeClient(() => json([]));
  const signal = new AbortController().signal;
  await pk.switches.list('@me', { limit: 5, signal, timeout: 1000, retry: false });
  await pk.switches.list('@me', { before: '2024-01-01T00:00:00.000001Z' });
  await pk.groups.list('abcde', { with_members: true });
  await pk.settings.getAutoproxy('@me', { guild_id: 466707357099884544n });
  expect(requests.map(({ path }) => path)).toEqual([
    '/systems/@me/switches?limit=5',
    '/systems/@me/switches?before=2024-01-01T00%3A00%3A00.000001Z',
    '/systems/abcde/groups?with_members=true',
    '/systems/@me/autoproxy?guild_id=466707357099884544',
  ]);
});

test('a written object has the owner’s type, and others may be private', () => {
  const { pk } = fakeClient();
  expectTypeOf(pk.systems.get('abcde')).resolves.toEqualTypeOf<System>();
  expectTypeOf(pk.systems.update('abcde', {})).resolves.toEqualTypeOf<OwnSystem>();
  expectTypeOf(pk.settings.getSystem('abcde')).resolves.toEqualTypeOf<
    SystemSettings | PublicSystemSettings
  >();
  expectTypeOf(pk.members.list('abcde')).resolves.toEqualTypeOf<Member[]>();
  expectTypeOf(pk.members.create({ name: 'A' })).resolves.toEqualTypeOf<OwnMember>();
  expectTypeOf(pk.members.delete('abcde')).resolves.toEqualTypeOf<void>();
  expectTypeOf(pk.switches.history('abcde')).toExtend<AsyncIterable<Switch>>();
  expectTypeOf<OwnSystem['privacy']>().not.toBeNullable();
  expectTypeOf<System['privacy']>().toBeNullable();
  // @ts-expect-error: a member needs a name
  const withoutName: Parameters<typeof pk.members.create>[0] = {};
  // @ts-expect-error: this can't be set
  const readOnly: Parameters<typeof pk.members.update>[1] = { message_count: 5 };
  // @ts-expect-error: there is no such query
  const query: Parameters<typeof pk.switches.list>[1] = { after: '2024-01-01T00:00:00Z' };
  // @ts-expect-error: the API wants to know who calls
  const options: ConstructorParameters<typeof PluralKit>[0] = { token: 'x' };
  expect([withoutName, readOnly, query, options]).toHaveLength(4);
});
