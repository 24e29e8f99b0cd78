import { describe, expect, expectTypeOf, test } from 'vitest';
import type { RateLimitError, System, SystemNotFound } from '../../generated/v2/schema.ts';
import { createClient, TimeoutError, type UnstablePaths } from '../../src/index.ts';
import { createSandbox } from '../../src/sandbox/create-sandbox.ts';
import { fakeClient, fakeFetch, hang, json, rejection, token, userAgent } from './helpers.ts';

const systemNotFound = () =>
  json({ message: 'System not found.', code: 20001 }, 404, { 'X-RateLimit-Scope': 'generic_get' });

test('the low level gives data and the response, typed by the path', async () => {
  const { pk, requests } = fakeClient(() => json({ id: 'abcde' }, 200, { 'X-PluralKit-Version': 'abc' }));
  const { data, error, response } = await pk.fetch.GET('/systems/{systemRef}', {
    params: { path: { systemRef: 'ABC-DE' } },
  });
  expect(data).toEqual({ id: 'abcde' });
  expect(error).toBeUndefined();
  expect(response.headers.get('X-PluralKit-Version')).toBe('abc');
  expect(requests[0]).toMatchObject({ method: 'GET', path: '/systems/ABC-DE' });
  expectTypeOf(data).toEqualTypeOf<System | undefined>();
});

test('the low level gives errors without throwing them', async () => {
  const { pk } = fakeClient(systemNotFound);
  const { data, error, response } = await pk.fetch.GET('/systems/{systemRef}', {
    params: { path: { systemRef: 'abcde' } },
  });
  expect(data).toBeUndefined();
  expect(error).toEqual({ message: 'System not found.', code: 20001 });
  expect(response.status).toBe(404);
  if (error) expectTypeOf<SystemNotFound | RateLimitError>().toExtend<typeof error>();
});

test('the low level sends query, body and headers', async () => {
  const { pk, requests } = fakeClient(() => json([]));
  await pk.fetch.GET('/systems/{systemRef}/switches', {
    params: { path: { systemRef: '@me' }, query: { before: '2024-01-01T00:00:00Z', limit: 5 } },
  });
  await pk.fetch.PATCH('/members/{memberRef}', {
    params: { path: { memberRef: 'abcde' } },
    body: { pronouns: 'they/them' },
    headers: { 'X-Request-Id': '7', 'User-Agent': 'other/1.0' },
  });
  await pk.fetch.DELETE('/members/{memberRef}', { params: { path: { memberRef: 'abcde' } } });
  expect(requests.map(({ method, path, body }) => [method, path, body])).toEqual([
    ['GET', '/systems/@me/switches?before=2024-01-01T00%3A00%3A00Z&limit=5', undefined],
    ['PATCH', '/members/abcde', { pronouns: 'they/them' }],
    ['DELETE', '/members/abcde', undefined],
  ]);
  expect(requests[1]?.headers.get('X-Request-Id')).toBe('7');
  expect(requests[1]?.headers.get('User-Agent')).toBe('other/1.0');
  expect(requests[1]?.headers.get('Content-Type')).toBe('application/json');
});

test('a value can’t leave its place in the path', async () => {
  const { pk, requests } = fakeClient();
  await pk.fetch.GET('/systems/{systemRef}', { params: { path: { systemRef: '../members/a?b#c' } } });
  expect(requests[0]?.path).toBe('/systems/..%2Fmembers%2Fa%3Fb%23c');
});

test('paths and parameters that are not documented do not compile', () => {
  const { pk } = fakeClient();
  // @ts-expect-error: no such path
  const unknown = () => pk.fetch.GET('/nothing');
  // @ts-expect-error: unstable, so omitted
  const unstable = () => pk.fetch.POST('/private/bulk_privacy/member', { body: {} });
  // @ts-expect-error: the path needs its parameter
  const incomplete = () => pk.fetch.GET('/systems/{systemRef}', {});
  expect([unknown, unstable, incomplete]).toHaveLength(3);
});

describe('a path', () => {
  test.each([
    ['without its parameter', undefined],
    ['with null', null],
    ['with a number, which may have lost digits', 466707357099884500],
    ['with an object', {}],
    ['with nothing', ''],
    ['with the folder above', '..'],
    ['with the same folder', '.'],
  ])('%s is a TypeError, and not sent', async (_, systemRef) => {
    const { pk, requests } = fakeClient();
    // @ts-expect-error: people without a type checker do this
    const call = pk.fetch.GET('/systems/{systemRef}/members', { params: { path: { systemRef } } });
    expect(await rejection(call)).toBeInstanceOf(TypeError);
    // @ts-expect-error: the same with no parameters at all
    expect(await rejection(pk.fetch.GET('/systems/{systemRef}/members'))).toBeInstanceOf(TypeError);
    expect(requests).toEqual([]);
  });
});

describe('a Discord id in a query', () => {
  test.each([466707357099884500, 'abc', -1n])('of %s is a TypeError, and not sent', async (guild_id) => {
    const { pk, requests } = fakeClient();
    const params = { path: { systemRef: '@me' }, query: { guild_id } };
    // @ts-expect-error: not all of them are ids by their type
    const call = pk.fetch.GET('/systems/{systemRef}/autoproxy', { params });
    expect(await rejection(call)).toBeInstanceOf(TypeError);
    // @ts-expect-error: the same
    expect(await rejection(pk.settings.getAutoproxy('@me', { guild_id }))).toBeInstanceOf(TypeError);
    expect(requests).toEqual([]);
  });

  test('is asked for by the type where there is no response without it', () => {
    const { pk } = fakeClient();
    // @ts-expect-error: the guild is missing
    const withoutOptions = () => pk.settings.getAutoproxy('@me');
    // @ts-expect-error: the guild is missing
    const withoutGuild = () => pk.settings.getAutoproxy('@me', { timeout: 5 });
    // @ts-expect-error: the guild is missing
    const update = () => pk.settings.updateAutoproxy('@me', { autoproxy_mode: 'off' });
    expect([withoutOptions, withoutGuild, update]).toHaveLength(3);
  });
});

test('an option that would be ignored is rejected, by type and at run time', async () => {
  const { pk, requests } = fakeClient();
  const params = { path: { systemRef: 'abcde' } };
  const calls = [
    // @ts-expect-error: an option of openapi-fetch
    pk.fetch.GET('/systems/{systemRef}', { params, parseAs: 'text' }),
    // @ts-expect-error: an option of openapi-fetch
    pk.fetch.GET('/systems/{systemRef}', { params, baseUrl: 'https://x.test' }),
    // @ts-expect-error: an option of openapi-fetch
    pk.fetch.GET('/systems/{systemRef}', { params, fetch: globalThis.fetch }),
    // @ts-expect-error: an option of openapi-fetch
    pk.fetch.GET('/systems/{systemRef}', { params, middleware: [] }),
    // @ts-expect-error: an option of openapi-fetch
    pk.fetch.GET('/systems/{systemRef}', { params, querySerializer: () => '' }),
  ];
  for (const call of calls) expect(await rejection(call)).toBeInstanceOf(TypeError);
  expect(requests).toEqual([]);
  // @ts-expect-error: a GET has no body
  const withBody = () => pk.fetch.GET('/systems/{systemRef}', { params, body: {} });
  expect(withBody).toBeTypeOf('function');
});

describe('createClient', () => {
  test('authorizes, names itself and tries again as the whole client does', async () => {
    const { fetch, requests } = fakeFetch((_, index) =>
      index === 0 ? Promise.reject(new TypeError('fetch failed')) : json({ id: 'abcde' }),
    );
    const client = createClient({ token, userAgent, fetch });
    const { data } = await client.GET('/systems/{systemRef}', { params: { path: { systemRef: '@me' } } });
    expect(data).toEqual({ id: 'abcde' });
    expect(requests).toHaveLength(2);
    expect(requests[1]?.headers.get('Authorization')).toBe(token);
    expect(requests[1]?.headers.get('User-Agent')).toBe(userAgent);
  });

  test('takes a timeout for a call, and throws where there is no response', async () => {
    const { fetch } = fakeFetch(hang);
    const client = createClient({ userAgent, fetch });
    const call = client.GET('/systems/{systemRef}', {
      params: { path: { systemRef: 'abcde' } },
      timeout: 5,
      retry: false,
    });
    expect(await rejection(call)).toBeInstanceOf(TimeoutError);
  });

  test('calls what may change without notice with types of their own', async () => {
    const sandbox = createSandbox();
    const baseUrl = new URL('/', sandbox.url).href;
    const options = { baseUrl, token: sandbox.tokens.harbor, userAgent, fetch: sandbox.fetch };
    const client = createClient<UnstablePaths>(options);
    const { error, response } = await client.POST('/private/bulk_privacy/member', {
      body: { visibility: 'private' },
    });
    expect([response.status, error]).toEqual([204, undefined]);
    const members = sandbox.world().systems.find(({ id }) => id === 'harbor')?.members ?? [];
    expect(new Set(members.map(({ privacy }) => privacy?.visibility))).toEqual(new Set(['private']));
    // @ts-expect-error: not one of them
    const stable = () => client.GET('/systems/{systemRef}', { params: { path: { systemRef: '@me' } } });
    expect(stable).toBeTypeOf('function');
  });
});
