import { describe, expect, onTestFinished, test, vi } from 'vitest';
import type { UnstablePaths } from '../../generated/v2/client.ts';
import openapi from '../../generated/v2/openapi.json' with { type: 'json' };
import { checkPrivacy } from '../../src/client/check-privacy.ts';
import { createClient, createFetch, type PluralKit } from '../../src/index.ts';
import { allPublic } from '../../src/models/privacy.ts';
import { fakeClient, fakeFetch, json, rejection, userAgent } from './helpers.ts';

/** Sends what no type checker looks at, as plain JavaScript can. */
const ways: Readonly<Record<string, (pk: PluralKit, body: object) => Promise<unknown>>> = {
  'members.create': (pk, body) => Reflect.apply(pk.members.create, pk, [{ name: 'Juniper', ...body }]),
  'members.update': (pk, body) => pk.members.update('abcde', body),
  'groups.create': (pk, body) => Reflect.apply(pk.groups.create, pk, [{ name: 'Garden', ...body }]),
  'groups.update': (pk, body) => pk.groups.update('abcde', body),
  'members.updateMany': (pk, body) => pk.members.updateMany(['abcde'], body),
  'the low level': (pk, body) =>
    pk.fetch.PATCH('/members/{memberRef}', { params: { path: { memberRef: 'abcde' } }, body }),
};

const mistyped = /^TypeError: There is no privacy setting “visibilty”; did you mean “visibility”\?$/;

describe('a mistyped privacy setting is rejected before a request, as the server would make public what was to be private', () => {
  test.each(Object.entries(ways))('%s', async (_, send) => {
    const { pk, requests } = fakeClient();
    expect(String(await rejection(send(pk, { privacy: { visibilty: 'private' } })))).toMatch(mistyped);
    expect(requests).toEqual([]);
  });

  test('systems.update', async () => {
    const { pk, requests } = fakeClient();
    const privacy: object = { pronouns_privacy: 'private', icon_privacy: 'public' };
    expect(String(await rejection(pk.systems.update('@me', { privacy })))).toMatch(
      /^TypeError: There is no privacy setting “pronouns_privacy”; did you mean “pronoun_privacy”\?\nThere is no privacy setting “icon_privacy”/,
    );
    expect(requests).toEqual([]);
  });

  test.each(['member', 'group'] as const)('bulk privacy: %s', async (kind) => {
    const { fetch, requests } = fakeFetch();
    const client = createClient<UnstablePaths>({ userAgent, fetch, baseUrl: 'https://api.pluralkit.me' });
    const body: object = { visibilty: 'private' };
    const call = client.POST(`/private/bulk_privacy/${kind}`, { body });
    expect(String(await rejection(call))).toMatch(mistyped);
    expect(requests).toEqual([]);
  });

  test('a function of updateMany', async () => {
    const { pk, requests } = fakeClient();
    const privacy: object = { visibilty: 'private' };
    const error = await rejection(pk.members.updateMany(['abcde'], () => ({ privacy })));
    expect(error).toMatchObject({ name: 'BulkError', cause: expect.any(TypeError) });
    expect(requests).toEqual([]);
  });

  test('createFetch', async () => {
    const { fetch, requests } = fakeFetch();
    const call = createFetch({ userAgent, fetch })('https://api.pluralkit.me/v2/members?a=b', {
      method: 'POST',
      body: JSON.stringify({ name: 'Juniper', privacy: { visibilty: 'private' } }),
    });
    expect(String(await rejection(call))).toMatch(mistyped);
    expect(requests).toEqual([]);
  });
});

test('a body with privacy is not sent where the code that checks it can’t be loaded', async () => {
  const code = '../../src/client/check-privacy.ts';
  vi.resetModules();
  vi.doMock(code, () => {
    throw new Error('offline');
  });
  onTestFinished(() => {
    vi.doUnmock(code);
    vi.resetModules();
  });
  const { createClient: create } = await import('../../src/client/low-level.ts');
  const { fetch, requests } = fakeFetch();
  const call = create({ userAgent, fetch }).POST('/members', {
    body: { name: 'Juniper', privacy: { visibility: 'private' } },
  });
  expect(await rejection(call)).toMatchObject({ name: 'NetworkError', cause: expect.anything() });
  expect(requests).toEqual([]);
});

describe('of a member', () => {
  test.each([
    [{ privcy: { visibility: 'private' } }, 'There is no field “privcy”; did you mean “privacy”?'],
    [{ visibility: 'private' }, '“visibility” must be within “privacy”'],
    [{ name_privacy: 'public' }, '“name_privacy” must be within “privacy”'],
    [{ visibilty: 'private' }, '“visibilty” must be within “privacy”'],
    [{ privacy: 'private' }, 'privacy must be an object'],
    [{ privacy: ['private'] }, 'privacy must be an object'],
    [
      { privacy: { front_privacy: 'private' } },
      'There is no privacy setting “front_privacy”; did you mean “proxy_privacy”?',
    ],
  ])('%j is rejected before a request', async (body, message) => {
    const { pk, requests } = fakeClient();
    expect(String(await rejection(pk.members.update('abcde', Object(body))))).toContain(message);
    expect(requests).toEqual([]);
  });

  test.each([
    { privacy: { visibility: 'private', proxy_privacy: 'public' } },
    { privacy: null },
    { privacy: {} },
    { privacy: undefined, name: 'private' },
    { name: 'private', display_name: 'public', description: 'private', pronouns: 'public' },
  ])('%j is sent', async (body) => {
    const { pk, requests } = fakeClient(() => json({}));
    await pk.members.update('abcde', Object(body));
    expect(requests).toHaveLength(1);
  });
});

/** The fields that a request body, or the object that the server returns, has. */
const fieldsOf = (name: string): string[] => {
  const { properties = {} }: { properties?: object } = Object(Object(openapi.components.schemas)[name]);
  return Object.keys(properties);
};

test.each([
  ['/systems/@me', ['System', 'OwnSystem', 'SystemPatch'], ['SystemPrivacy']],
  ['/members', ['Member', 'OwnMember', 'MemberCreate'], ['MemberPrivacy']],
  ['/members/abcde', ['Member', 'OwnMember', 'MemberPatch'], ['MemberPrivacy']],
  ['/groups', ['Group', 'OwnGroup', 'GroupCreate'], ['GroupPrivacy']],
  ['/groups/abcde', ['Group', 'OwnGroup', 'GroupPatch'], ['GroupPrivacy']],
])('%s takes every field and every privacy setting of the document', (path, schemas, settings) => {
  const fields = schemas.flatMap(fieldsOf).filter((field) => field !== 'privacy');
  expect(fields.length).toBeGreaterThan(20);
  const all = (names: readonly string[]) => Object.fromEntries(names.map((name) => [name, 'private']));
  const privacy = all(settings.flatMap(fieldsOf));
  expect(Object.keys(privacy).length).toBeGreaterThan(6);
  expect(() => checkPrivacy(path, { ...all(fields), privacy })).not.toThrow();
  expect(() => checkPrivacy(path, { privacy: { ...privacy, pronouns_privacy: 'private' } })).toThrow(
    TypeError,
  );
});

describe('settings that a newer server returns can be sent back', () => {
  test.each(['member', 'group'] as const)('%s', (kind) => {
    const privacy = { ...allPublic(kind), url_privacy: 'public', visibility: 'private' };
    expect(() => checkPrivacy(`/private/bulk_privacy/${kind}`, privacy)).not.toThrow();
    expect(() => checkPrivacy(`/${kind}s/abcde`, { privacy })).not.toThrow();
    for (const name of ['visibilty', 'name_privcy', 'descriptions_privacy', 'member_list_privacy', 'private'])
      expect(() => checkPrivacy(`/${kind}s/abcde`, { privacy: { ...privacy, [name]: 'private' } })).toThrow(
        name,
      );
  });

  test('but one of them alone is taken for a mistake', () => {
    expect(() => checkPrivacy('/members/abcde', { privacy: { url_privacy: 'private' } })).toThrow(TypeError);
  });
});

test('bodies of other operations are not looked at', () => {
  for (const path of [
    '/systems/@me/settings',
    '/systems/@me/switches',
    '/members/abcde/guilds/1',
    '/m/abcde',
  ])
    expect(() => checkPrivacy(path, { visibility: 'private', privacy: 5 })).not.toThrow();
});
