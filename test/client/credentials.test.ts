import { afterEach, describe, expect, test, vi } from 'vitest';
import { createClient, createFetch, PluralKit, type TransportOptions } from '../../src/index.ts';
import { fakeClient, fakeFetch, json, token, userAgent } from './helpers.ts';

const uuid = '00000000-0000-4000-8000-000000000001';
const key = `pkapi:${btoa(
  JSON.stringify({
    tid: 'key-1',
    sid: uuid,
    type: 'user_created',
    scopes: ['read:members', 'write:fronters'],
  }),
)}:c2lnbmF0dXJl`;

afterEach(() => {
  vi.unstubAllGlobals();
});

describe('the token', () => {
  test.each([
    ['a legacy token as it is', token, token],
    ['one with space around it, as files end in', ` ${token}\n`, token],
    ['an API key as a bearer', key, `Bearer ${key}`],
  ])('is sent: %s', async (_, given, sent) => {
    const { pk, requests } = fakeClient(() => json({}), { token: given });
    await pk.systems.get('@me');
    await pk.fetch.GET('/systems/{systemRef}', { params: { path: { systemRef: '@me' } } });
    expect(requests.map(({ headers }) => headers.get('Authorization'))).toEqual([sent, sent]);
  });

  test.each([undefined, null])('is not sent where there is none: %s', async (none) => {
    const { pk, requests } = fakeClient(() => json({}), { token: none });
    await pk.systems.get('abcde');
    expect(requests[0]?.headers.has('Authorization')).toBe(false);
  });

  test.each(['', '  ', 'with space', 'line\nbreak', 'umlaut-ü', 'pkapi:no-signature'])(
    '%j is rejected',
    (wrong) => {
      expect(() => new PluralKit({ token: wrong, userAgent })).toThrow(TypeError);
      expect(() => createClient({ token: wrong, userAgent })).toThrow(TypeError);
    },
  );

  test('tells what stands in it where it is an API key', () => {
    expect(new PluralKit({ token: key, userAgent }).key).toEqual({
      id: 'key-1',
      systemId: uuid,
      type: 'user_created',
      scopes: ['read:members', 'write:fronters'],
    });
    expect(new PluralKit({ token, userAgent }).key).toBeNull();
    expect(new PluralKit({ userAgent }).key).toBeNull();
  });
});

describe('an option', () => {
  test.each([
    [{ userAgent, tokn: 'secret' }],
    [{ userAgent, __proto__: null, constructor: 'secret' }],
    [{ userAgent, baseURL: 'secret' }],
  ])('that is not known is rejected by its name alone: %j', (options) => {
    for (const create of [() => new PluralKit(options), () => createClient(options)]) {
      expect(create).toThrow(
        /^There is no option “(tokn”; did you mean “token|constructor”; options: token, userAgent|baseURL”; did you mean “baseUrl)/,
      );
      expect(create).not.toThrow(/secret/);
    }
  });

  test.each([null, 5, {}])('that is no limiter is rejected by its name: %j', (limiter) => {
    // @ts-expect-error: people without a type checker get it wrong
    const options: TransportOptions = { userAgent, limiter };
    for (const create of [() => new PluralKit(options), () => createFetch(options)])
      expect(create).toThrow(new TypeError('limiter must have a method acquire'));
  });

  test('is required, which an error says where none is given', () => {
    // @ts-expect-error: people without a type checker forget them
    expect(() => new PluralKit()).toThrow(/userAgent.*my-bot\/1\.0/);
  });
});

describe('the user agent', () => {
  test('is rejected where headers cannot take its letters', () => {
    for (const wrong of ['café/1.0', 'line\nbreak', '🦊'])
      expect(() => new PluralKit({ userAgent: wrong })).toThrow(
        new TypeError('`userAgent` must be ASCII, without line breaks'),
      );
  });

  test.each([undefined, '', '   ', 5, {}])('%j is rejected', (wrong) => {
    // @ts-expect-error: people without a type checker forget it
    expect(() => new PluralKit({ userAgent: wrong })).toThrow(/userAgent.*my-bot\/1\.0/);
    // @ts-expect-error: as above
    expect(() => createFetch({ userAgent: wrong })).toThrow(/userAgent.*my-bot\/1\.0/);
  });

  test('is neither needed nor sent in browsers', async () => {
    vi.stubGlobal('navigator', {
      userAgent: 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0',
    });
    const { fetch, requests } = fakeFetch();
    // @ts-expect-error: the type asks for it, as most run elsewhere
    await new PluralKit({ fetch }).systems.get('abcde');
    await new PluralKit({ fetch, userAgent }).systems.get('abcde');
    expect(requests.map(({ headers }) => [...headers.keys()])).toEqual([[], []]);
  });
});

test.each([
  ['https://api.pluralkit.me/v2', undefined],
  ['https://example.com/pk/v2', 'https://example.com/pk/v2/'],
  ['http://127.0.0.1:4011/v2', 'http://127.0.0.1:4011/v2'],
])('requests go to %s', async (expected, baseUrl) => {
  const { fetch, requests } = fakeFetch();
  await new PluralKit({ fetch, userAgent, baseUrl }).systems.get('abcde');
  expect(requests[0]?.url).toBe(`${expected}/systems/abcde`);
});

test('a base URL that is none is rejected at once', () => {
  expect(() => new PluralKit({ userAgent, baseUrl: 'api.pluralkit.me' })).toThrow(
    "must be an http(s) URL, not empty, without query and fragment, such as 'https://api.pluralkit.me/v2'",
  );
});

test('the global fetch is looked up at each call, so that it may be replaced', async () => {
  const pk = new PluralKit({ userAgent });
  const { fetch, requests } = fakeFetch(() => json({ id: 'abcde' }));
  vi.stubGlobal('fetch', fetch);
  expect(await pk.systems.get('abcde')).toEqual({ id: 'abcde' });
  expect(requests).toHaveLength(1);
});
