import { describe, expect, test } from 'vitest';
import { createClient, createFetch, PluralKit } from '../../src/index.ts';
import { createSandbox } from '../../src/sandbox/create-sandbox.ts';
import { rejection, token, userAgent } from './helpers.ts';

const sandbox = createSandbox();
const options = { userAgent, fetch: sandbox.fetch, baseUrl: `${sandbox.url}/v2` };

const messageOf = async (call: Promise<unknown>) => String(await rejection(call));

describe('an error says what the caller may have done wrong', () => {
  test('no token', async () => {
    const pk = new PluralKit(options);
    expect(await messageOf(pk.systems.get('@me'))).toMatch(/ – The client has no `token` \(GET .*401/);
  });

  test('a token that the server does not know, which the error does not repeat', async () => {
    const message = await messageOf(new PluralKit({ ...options, token }).systems.get('@me'));
    expect(message).toMatch(/ – The server does not know the `token` \(GET .*401/);
    expect(message).not.toContain(token);
  });

  test.each([sandbox.url, `${sandbox.url}/`, `${sandbox.url}/api`])(
    'a base URL without the version: %s',
    async (baseUrl) => {
      const pk = new PluralKit({ ...options, baseUrl, token: sandbox.tokens.harbor });
      expect(await messageOf(pk.systems.get('@me'))).toContain('Does `baseUrl` lack `/v2`? (GET');
      expect(await messageOf(pk.members.create({ name: 'Juniper' }))).toContain('Does `baseUrl` lack `/v2`?');
    },
  );

  test('neither where the response says what is wrong', async () => {
    const pk = new PluralKit({ ...options, token: sandbox.tokens.harbor });
    expect(await messageOf(pk.members.get('zzzzz'))).toMatch(/^NotFoundError: [^–]*$/);
    expect(await messageOf(pk.messages.get('1'))).not.toContain('baseUrl');
  });
});

describe('a token', () => {
  test.each([`Bot ${token}`, `Token ${token}`, `${token} `.repeat(2)])(
    'with a word before or after it is an error that says which it is to be',
    (wrong) => {
      const create = () => new PluralKit({ ...options, token: wrong });
      expect(create).toThrow(/^`token` must be the text that pk;token gives, alone/);
      expect(create).not.toThrow(token);
    },
  );
});

/** What no type checker looks at. */
const untyped = (value: unknown): typeof options => Object(value);

describe('in plain JavaScript', () => {
  test.each([
    [undefined, /give `userAgent`, such as 'my-bot/],
    [null, /give `userAgent`, such as 'my-bot/],
    [{}, /give `userAgent`, such as 'my-bot/],
    [{ userAgent: 5 }, /give `userAgent`, such as 'my-bot/],
    [{ userAgent, baseUrl: 'localhost:4011/v2' }, /`baseUrl` must be an http\(s\) URL/],
    [{ userAgent, baseUrl: 'api.pluralkit.me/v2' }, /`baseUrl` must be an http\(s\) URL/],
    [{ userAgent, baseUrl: 4011 }, /`baseUrl` must be an http\(s\) URL/],
    [{ userAgent, timeout: '5s' }, /^timeout must be milliseconds above 0, or Infinity/],
    [{ userAgent, totalTimeout: 0 }, /^totalTimeout must be milliseconds above 0, or Infinity/],
    [{ userAgent, retry: true }, /^retry must be an object or false/],
    [{ userAgent, retry: { attempts: '3' } }, /^`retry\.attempts` must be a number from 1/],
    [{ userAgent, retry: { attemps: 3 } }, /^There is no option “attemps”\. Options: attempts, refusals/],
    [{ userAgent, limiter: {} }, /^limiter must have a method acquire/],
    [{ userAgent, fetch: 'https://example.com' }, /^fetch must be a function/],
    [{ userAgent, timeOut: 5 }, /^There is no option “timeOut”\. Options: .*timeout/],
  ])('%j is an error that names the option', (given, expected) => {
    for (const create of [createClient, createFetch, (wrong: typeof options) => new PluralKit(wrong)]) {
      let thrown: unknown;
      try {
        create(given === undefined || given === null ? JSON.parse('null') : untyped(given));
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
    [{ cacheTtl: { found: '5m' } }, /^TypeError: cacheTtl must hold milliseconds/],
    [{ cacheTtl: { foud: 5 } }, /^TypeError: There is no option “foud”\. Options: found, missing/],
    [{ onRequest: 'log' }, /^TypeError: onRequest must be a function/],
  ])('%j is an error of the whole client', (given, expected) => {
    let thrown: unknown;
    try {
      new PluralKit(untyped({ ...options, ...given }));
    } catch (error) {
      thrown = error;
    }
    expect(String(thrown)).toMatch(expected);
  });

  test.each([
    ['an option', (pk: PluralKit) => pk.members.list('@me', Object({ timeOut: 5 })), 'timeOut'],
    ['a query parameter', (pk: PluralKit) => pk.switches.list('@me', Object({ limt: 5 })), 'limt'],
    [
      'an option of a change',
      (pk: PluralKit) => pk.members.update('marina', {}, Object({ retries: 5 })),
      'retries',
    ],
    [
      'an option of the history',
      (pk: PluralKit) => pk.switches.history('@me', Object({ sinc: '' })).next(),
      'sinc',
    ],
    [
      'an option of a lookup',
      (pk: PluralKit) => pk.messages.find('920000000000000001', Object({ sgnal: 1 })),
      'sgnal',
    ],
  ])('%s of a call that is not known is an error, and no request is sent', async (_name, call, option) => {
    let sent = 0;
    const pk = new PluralKit({ ...options, fetch: async () => Response.json(++sent) });
    await expect(async () => call(pk)).rejects.toThrow(new RegExp(`^There is no option “${option}”`));
    expect(sent).toBe(0);
  });
});
