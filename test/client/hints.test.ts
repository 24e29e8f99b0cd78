import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { createClient, createFetch, PluralKit } from '../../src/index.ts';
import { createSandbox } from '../../src/sandbox/create-sandbox.ts';
import { fakeClient, json, rejection, token, userAgent } from './helpers.ts';

const sandbox = createSandbox();
const options = { userAgent, fetch: sandbox.fetch, baseUrl: `${sandbox.url}/v2` };

const messageOf = async (call: Promise<unknown>) => String(await rejection(call));

describe('an error', () => {
  test('says that the client has no token', async () => {
    const pk = new PluralKit(options);
    expect(await messageOf(pk.systems.get('@me'))).toMatch(/ – The client has no `token` \(GET .*401/);
  });

  test('says that the server does not know the token, and does not repeat it', async () => {
    const message = await messageOf(new PluralKit({ ...options, token }).systems.get('@me'));
    expect(message).toMatch(/ – The server does not know the `token` \(GET .*401/);
    expect(message).not.toContain(token);
  });

  test.each(['', '/', '/api', '/v1', '/v3'])(
    'asks about a base URL that is not of version 2: %j',
    async (path) => {
      const baseUrl = sandbox.url + path;
      const pk = new PluralKit({ ...options, baseUrl, token: sandbox.tokens.harbor });
      const hint = ' – Does `baseUrl` end in `/v2`? (';
      expect(await messageOf(pk.systems.get('@me'))).toContain(`${hint}GET`);
      expect(await messageOf(pk.members.create({ name: 'Juniper' }))).toContain(`${hint}POST`);
    },
  );

  test('adds nothing where the response says what is wrong', async () => {
    const pk = new PluralKit({ ...options, token: sandbox.tokens.harbor });
    expect(await messageOf(pk.members.get('zzzzz'))).toMatch(/^NotFoundError: [^–]*$/);
    expect(await messageOf(pk.messages.get('1'))).not.toContain('baseUrl');
  });
});

describe('a token', () => {
  test.each([
    '',
    `Bearer ${token}`,
    `bearer pkapi:${token}:${token}`,
    `Bot ${token}`,
    `Token ${token}`,
    `${token} `.repeat(2),
  ])('with a word before or after it is an error that says what it must be', (wrong) => {
    const create = () => new PluralKit({ ...options, token: wrong });
    expect(create).toThrow(/^`token` must be a token or API key, not empty, without Bearer$/);
    expect(create).not.toThrow(token);
  });
});

/** What no type checker looks at. */
const untyped = (value: unknown): typeof options => Object(value);

describe('in plain JavaScript', () => {
  test.each([
    [undefined, /^The options must be an object, such as { token, userAgent: 'my-bot/],
    [null, /^The options must be an object, such as { token, userAgent: 'my-bot/],
    ['token', /^The options must be an object, such as { token, userAgent: 'my-bot/],
    [['token'], /^The options must be an object, such as { token, userAgent: 'my-bot/],
    [{}, /give `userAgent`, such as 'my-bot/],
    [{ userAgent: 5 }, /give `userAgent`, such as 'my-bot/],
    [{ userAgent, baseUrl: 'localhost:4011/v2' }, /`baseUrl` must be an http\(s\) URL/],
    [{ userAgent, baseUrl: 'api.pluralkit.me/v2' }, /`baseUrl` must be an http\(s\) URL/],
    [{ userAgent, baseUrl: 4011 }, /`baseUrl` must be an http\(s\) URL/],
    [{ userAgent, baseUrl: '' }, /`baseUrl` must be an http\(s\) URL, not empty,/],
    [{ userAgent, timeout: '5s' }, /^timeout must be milliseconds above 0, or Infinity/],
    [{ userAgent, totalTimeout: 0 }, /^totalTimeout must be milliseconds above 0, or Infinity/],
    [{ userAgent, retry: true }, /^retry must be an object or false/],
    [{ userAgent, retry: { attempts: '3' } }, /^`retry\.attempts` must be a number from 1/],
    [{ userAgent, retry: { attemps: 3 } }, /^There is no option “attemps”; did you mean “attempts”\?$/],
    [{ userAgent, limiter: {} }, /^limiter must have a method acquire/],
    [{ userAgent, fetch: 'https://example.com' }, /^fetch must be a function/],
    [{ userAgent, timeOut: 5 }, /^There is no option “timeOut”; did you mean “timeout”\?$/],
    [
      { useragent: userAgent, tokn: 'a', fetch: 5 },
      /^There is no option “useragent”; did you mean “userAgent”\?\nThere is no option “tokn”; did you mean “token”\?\nfetch must be a function\nPluralKit asks who calls: give `userAgent`/,
    ],
    [
      { userAgent, somethingElse: 5 },
      /^There is no option “somethingElse”; options: token, userAgent, .*onRateLimit/,
    ],
  ])('the options %j are an error that says what is wrong', (given, expected) => {
    for (const create of [createClient, createFetch, (wrong: typeof options) => new PluralKit(wrong)]) {
      let thrown: unknown;
      try {
        create(JSON.parse(JSON.stringify(given ?? null)));
      } catch (error) {
        thrown = error;
      }
      expect(thrown).toBeInstanceOf(TypeError);
      expect(String(thrown)).toMatch(new RegExp(expected.source.replace(/^\^/, '^TypeError: ')));
    }
  });

  test.each([
    [{ cache: {} }, /^TypeError: cache must have the methods get and set/],
    [{ cache: 'memory' }, /^TypeError: cache must have the methods get and set/],
    [{ cacheTtl: 5 }, /^TypeError: cacheTtl must be an object$/],
    [{ cacheTtl: { found: '5m' } }, /^TypeError: cacheTtl must hold milliseconds/],
    [{ cacheTtl: { foud: 5 } }, /^TypeError: There is no option “foud”; did you mean “found”\?$/],
    [{ onRequest: 'log' }, /^TypeError: onRequest must be a function/],
  ])('the options %j are an error of the whole client', (given, expected) => {
    let thrown: unknown;
    try {
      new PluralKit(untyped({ ...options, ...given }));
    } catch (error) {
      thrown = error;
    }
    expect(String(thrown)).toMatch(expected);
  });

  test('options of another client that are no object are an error', () => {
    const pk = new PluralKit(options);
    expect(() => pk.with(JSON.parse('"token"'))).toThrow(new TypeError('The options must be an object'));
  });

  test('an empty base URL is not that of the page', () => {
    vi.stubGlobal('location', { href: 'https://example.com/' });
    onTestFinished(() => void vi.unstubAllGlobals());
    expect(() => createClient({ ...options, baseUrl: '' })).toThrow('not empty');
    expect(() => createClient({ ...options, baseUrl: '/v2' })).not.toThrow();
  });

  test.each(['cache', 'cacheTtl', 'view'])('%s is an option of the whole client alone', (name) => {
    for (const create of [createClient, createFetch])
      expect(() => create(untyped({ ...options, [name]: undefined }))).toThrow(
        `There is no option “${name}”`,
      );
  });

  test.each([
    [
      'an option',
      (pk: PluralKit) => pk.members.list('@me', Object({ timeOut: 5 })),
      '“timeOut”; did you mean “timeout”?',
    ],
    [
      'a query parameter',
      (pk: PluralKit) => pk.switches.list('@me', Object({ limt: 5 })),
      '“limt”; did you mean “limit”?',
    ],
    [
      'a query parameter of another method',
      (pk: PluralKit) => pk.groups.list('@me', Object({ before: '2024-01-01T00:00:00Z' })),
      '“before”; options: signal, timeout, totalTimeout, retry, with_members',
    ],
    [
      'an option of a change',
      (pk: PluralKit) => pk.members.update('marina', {}, Object({ retries: 5 })),
      '“retries”; did you mean “retry”?',
    ],
    [
      'an option of the history',
      (pk: PluralKit) => pk.switches.history('@me', Object({ sinc: '' })).next(),
      '“sinc”; did you mean “since”?',
    ],
    [
      'an option of a lookup',
      (pk: PluralKit) => pk.messages.find('920000000000000001', Object({ sgnal: 1 })),
      '“sgnal”; did you mean “signal”?',
    ],
    [
      'an option of many updates',
      (pk: PluralKit) => pk.members.updateMany([], {}, Object({ onprogress: 1 })),
      '“onprogress”; did you mean “onProgress”?',
    ],
    [
      'an option of the low level',
      (pk: PluralKit) => pk.fetch.GET('/systems/{systemRef}', Object({ parms: {} })),
      '“parms”; did you mean “params”?',
    ],
    [
      'an option of a client with other options',
      async (pk: PluralKit) => pk.with(Object({ tokn: 'a' })),
      '“tokn”; did you mean “token”?',
    ],
  ])('%s that does not exist is rejected before a request, with those that do', async (_, call, message) => {
    const { pk, requests } = fakeClient();
    await expect(async () => call(pk)).rejects.toThrow(new TypeError(`There is no option ${message}`));
    expect(requests).toEqual([]);
  });

  test.each([
    ['an object', (pk: PluralKit) => Reflect.apply(pk.members.create, pk, [])],
    ['an object', (pk: PluralKit) => Reflect.apply(pk.members.create, pk, ['Juniper'])],
    ['an object', (pk: PluralKit) => Reflect.apply(pk.switches.create, pk, ['@me', ['abcde']])],
    ['a list', (pk: PluralKit) => Reflect.apply(pk.members.addGroups, pk, ['abcde', { groups: [] }])],
  ])(
    'a call without the request body that it needs, %s, is rejected before a request',
    async (kind, call) => {
      const { pk, requests } = fakeClient();
      await expect(async () => call(pk)).rejects.toThrow(
        new RegExp(`^\\w+\\.\\w+ needs a request body: ${kind}$`),
      );
      expect(requests).toEqual([]);
    },
  );

  test.each([
    ['members.get', [], 'member must be a string or bigint, not undefined'],
    ['systems.get', [null], 'system must be a string or bigint, not null'],
    ['groups.update', [{ name: 'Crew' }], 'group must be a string or bigint, not object'],
    ['messages.get', [true], 'message_id must be a string or bigint, not boolean'],
    ['groups.addMembers', ['abcde', [{ id: 'abcde' }]], 'member must be a string or bigint, not object'],
    ['switches.create', ['@me', {}], 'members must be a list'],
    ['switches.create', ['@me', { members: 'abcde' }], 'members must be a list'],
  ])('%s of %j is rejected before a request', async (name, values, message) => {
    const { pk, requests } = fakeClient();
    const [group = '', method = ''] = name.split('.');
    const call = Reflect.get(Object(Reflect.get(pk, group)), method);
    await expect(async () => Reflect.apply(call, pk, values)).rejects.toThrow(new TypeError(message));
    expect(requests).toEqual([]);
  });

  test.each(['POST', 'PATCH'] as const)(
    '%s of the low level without a request body, which the server rejects with 415, is rejected before a request',
    async (method) => {
      const { pk, requests } = fakeClient();
      await expect(Reflect.apply(pk.fetch[method], pk, ['/members'])).rejects.toThrow(
        new TypeError(`${method} needs a request body`),
      );
      expect(requests).toEqual([]);
    },
  );

  test.each([
    ['a method', (pk: PluralKit, given: object) => pk.systems.get('abcde', given)],
    ['a lookup', (pk: PluralKit, given: object) => pk.messages.find('920000000000000001', given)],
    [
      'the low level',
      (pk: PluralKit, given: object) => pk.fetch.POST('/members', Object({ body: {}, ...given })),
    ],
  ])('%s rejects what is no signal', async (_, call) => {
    const { pk, requests } = fakeClient();
    for (const signal of ['x', {}, 5])
      await expect(call(pk, { signal })).rejects.toThrow(new TypeError('signal must be an AbortSignal'));
    expect(requests).toEqual([]);
  });

  test.each([
    ['a method', (pk: PluralKit) => pk.systems.get('abcde', JSON.parse('"options"'))],
    ['a lookup', (pk: PluralKit) => pk.messages.find('920000000000000001', JSON.parse('"options"'))],
  ])('%s rejects options that are no object', async (_, call) => {
    const { pk } = fakeClient();
    await expect(call(pk)).rejects.toThrow(new TypeError('The options must be an object'));
  });

  test.each([
    ['history', (pk: PluralKit) => pk.switches.history('@me', JSON.parse('null')).next()],
    ['updateMany', (pk: PluralKit) => pk.members.updateMany([], {}, JSON.parse('null'))],
    ['the low level', (pk: PluralKit) => Reflect.apply(pk.fetch.GET, pk, ['/systems/@me', null])],
  ])('%s takes null for no options', async (_, call) => {
    const { pk } = fakeClient(() => json([]));
    await expect(call(pk)).resolves.toBeDefined();
  });

  test.each([undefined, 'systems/@me', 5])('the path %s of the low level is rejected', async (path) => {
    const { pk, requests } = fakeClient();
    await expect(Reflect.apply(pk.fetch.GET, pk, [path])).rejects.toThrow(
      new TypeError('The path must begin with a slash, such as /systems/{systemRef}'),
    );
    expect(requests).toEqual([]);
  });

  test.each([undefined, 5, {}])('updateMany rejects %s in place of a list', async (list) => {
    const { pk } = fakeClient();
    await expect(Reflect.apply(pk.members.updateMany, pk, [list, {}])).rejects.toThrow(
      new TypeError('The members must be a list'),
    );
  });

  test('a limit of the history that is no number is rejected', async () => {
    const { pk } = fakeClient();
    const history = pk.switches.history('@me', Object({ limit: 'all' }));
    await expect(history.next()).rejects.toThrow(new TypeError('limit must be a number from 0'));
  });
});
