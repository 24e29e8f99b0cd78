import { inspect } from 'node:util';
import { describe, expect, test } from 'vitest';
import type { LimiterRequest } from '../../src/client/limiter.ts';
import {
  AbortedError,
  createClient,
  isPluralKitError,
  PluralKit,
  PluralKitError,
  RateLimitedError,
  TimeoutError,
} from '../../src/index.ts';
import { fakeClient, hang, json, rejection, token, userAgent } from './helpers.ts';

describe('secrets', () => {
  const legacy = `${token.slice(0, 60)}+/a=`;
  const key = (() => {
    const payload = {
      tid: 'k',
      sid: '00000000-0000-4000-8000-000000000001',
      type: 'dashboard',
      scopes: ['identify'],
    };
    return `pkapi:${btoa(JSON.stringify(payload))}:c2lnbmF0dXJlLXRoYXQtaXMtc2VjcmV0`;
  })();
  const escaped = (text: string) =>
    text.replaceAll('+', '\\u002B').replaceAll('/', '\\/').replaceAll('t', '\\u0074');
  /** As of an error in JSON that holds the JSON of another one. */
  const nested = (text: string) => JSON.stringify(JSON.stringify(escaped(text))).slice(3, -3);
  /** As templates of Go and Handlebars write it. */
  const html = (text: string) =>
    text
      .replaceAll('+', '&#43;')
      .replaceAll('/', '&#x2F;')
      .replaceAll('=', '&#x3D;')
      .replaceAll('t', '&#116;');

  test.each([legacy, key])('that a server echoes are in no error', async (secret) => {
    const part = secret.split(':').at(-1) ?? secret;
    const bodies = [
      `{"code":0,"message":"token ${secret} is wrong"}`,
      `{"code":0,"message":"token ${escaped(secret)} is wrong"}`,
      `{"code":0,"message":"signature ${part} is wrong"}`,
      `{"code":40001,"message":"x","errors":{"${secret}":[{"message":"${secret}","${escaped(secret)}":"${secret}"}]}}`,
      `{"title":"${secret}"}`,
      `<a href="/login?token=${encodeURIComponent(secret)}">${secret}</a>`,
      `{"code":0,"message":"upstream: ${nested(secret)}"}`,
      `{"code":0,"message":"token ${html(secret)} is wrong"}`,
      `<pre>${html(secret)}</pre>`,
    ];
    const secrets = [secret, part, encodeURIComponent(part), JSON.parse(`"${nested(part)}"`), html(part)];
    for (const body of bodies) {
      for (const status of [400, 403, 429, 500, 503]) {
        const { pk } = fakeClient(() => new Response(body, { status }), { token: secret, retry: false });
        expectAbsent(await rejection(pk.systems.get('@me')), secrets);
        const { error } = await pk.fetch.GET('/systems/{systemRef}', {
          params: { path: { systemRef: '@me' } },
        });
        expectAbsent(error, secrets);
      }
    }
    const { pk } = fakeClient(
      () =>
        new Response(null, {
          status: 307,
          headers: { Location: `https://u:p4ss@x.test/?t=${encodeURIComponent(secret)}` },
        }),
      { token: secret },
    );
    expectAbsent(await rejection(pk.systems.get('@me')), [secret, part, encodeURIComponent(part), 'p4ss']);
  });

  test('escapes and deep nesting in an error stay what they are', async () => {
    const message = 'a "quoted" back\\slash \\u0041 ünïcode \n';
    const { pk } = fakeClient(() => json({ code: 30006, message, errors: {} }, 403), { token });
    expect(await rejection(pk.systems.get('@me'))).toMatchObject({
      message: expect.stringContaining(message),
    });
    const deep = `{"code":0,"message":"x","errors":${'['.repeat(200_000)}${']'.repeat(200_000)}}`;
    const hostile = fakeClient(() => new Response(deep, { status: 400 }), { token }).pk;
    expect(await rejection(hostile.systems.get('@me'))).toMatchObject({ name: 'ValidationError' });
  });

  test('a field named __proto__ is a field', async () => {
    const body = '{"code":40001,"message":"x","errors":{"__proto__":[{"message":"no"}]}}';
    const { pk } = fakeClient(() => new Response(body, { status: 400 }));
    const error = await rejection(pk.systems.get('@me'));
    expect(error).toMatchObject({ message: expect.stringContaining('__proto__: no') });
    expect(isPluralKitError(error) && Object.getPrototypeOf(error.errors)).toBe(Object.prototype);
  });

  test('of the base URL are in no error, event or cache', async () => {
    const baseUrl = 'http://annabel:s3cret@127.0.0.1:9/v2';
    const kept: unknown[] = [];
    const limiter = {
      acquire: async (request: LimiterRequest) => {
        kept.push(request.buckets());
        return () => undefined;
      },
    };
    const events = { onRequest: (event: unknown) => kept.push(event) };
    const cache = {
      get: (name: string) => void kept.push(name),
      set: (name: string) => void kept.push(name),
    };
    const byFetch = new PluralKit({ userAgent, baseUrl, limiter, cache, retry: false, ...events });
    expectAbsent(await rejection(byFetch.systems.get('@me')), ['annabel', 's3cret']);
    const ofItsOwn = (url: string) => Promise.reject(new Error(`GET ${url}: no s3cret`));
    const byOwn = new PluralKit({
      userAgent,
      baseUrl,
      limiter,
      cache,
      fetch: ofItsOwn,
      retry: false,
      ...events,
    });
    expectAbsent(await rejection(byOwn.systems.get('abcde')), ['annabel', 's3cret']);
    await rejection(byOwn.messages.find('1'));
    expect(kept.length).toBeGreaterThan(4);
    expectAbsent([kept, byOwn, byFetch], ['annabel', 's3cret']);
  });

  test.each([
    'https://annabel:s3cret@[/v2',
    'ftp://annabel:s3cret@x.test',
    'https://annabel:s3cret@x.test/v2?a=1',
    'https://x.test/v2#a',
    'https://x.test/v2?',
  ])('of a base URL %s are not in the TypeError that rejects it', (baseUrl) => {
    for (const create of [
      () => new PluralKit({ userAgent, baseUrl }),
      () => createClient({ userAgent, baseUrl }),
    ]) {
      expect(create).toThrow(TypeError);
      try {
        create();
      } catch (error) {
        expectAbsent(error, ['annabel', 's3cret']);
      }
    }
  });

  function expectAbsent(value: unknown, secrets: readonly string[]) {
    const text = inspect(value, { depth: 20, showHidden: true, getters: true, maxStringLength: null });
    for (const secret of secrets) expect(text).not.toContain(secret);
  }
});

describe('the token', () => {
  const key = `pkapi:${btoa(
    JSON.stringify({
      tid: 'k1',
      sid: 'f6e5b6a0-0000-4000-8000-000000000001',
      type: 'dashboard',
      scopes: ['identify'],
    }),
  )}:c2lnbmF0dXJlLXRoYXQtaXMtc2VjcmV0`;

  const failures: readonly [string, (secret: string) => Promise<Response> | Response][] = [
    ['404', () => json({ message: 'System not found.', code: 20001 }, 404)],
    ['401', () => json({ message: '401: Missing or invalid Authorization header', code: 0 }, 401)],
    [
      '429',
      () => json({ message: '429: too many requests', retry_after: 5, scope: 'generic_get', code: 0 }, 429),
    ],
    ['502', () => new Response('<html>', { status: 502 })],
    [
      'a broken connection',
      () =>
        Promise.reject(
          new TypeError('fetch failed', { cause: Object.assign(new Error('reset'), { code: 'ECONNRESET' }) }),
        ),
    ],
    [
      'a fetch that repeats its headers',
      (secret) => Promise.reject(new Error(`headers: Authorization: ${secret}`)),
    ],
    [
      'a fetch that keeps its request',
      (secret) =>
        Promise.reject(
          Object.assign(new Error('failed', { cause: new Error(`deep ${secret}`) }), {
            config: { headers: { Authorization: secret } },
            headers: new Headers({ Authorization: secret }),
          }),
        ),
    ],
    ['a fetch that throws a text', (secret) => Promise.reject(`no ${secret}`)],
  ];

  test.each(
    failures.flatMap(([name, respond]) => [token, key].map((secret) => [name, respond, secret] as const)),
  )('is in no error: %s', async (_, respond, secret) => {
    const { pk } = fakeClient(() => respond(secret), { token: secret, retry: false });
    const calls = [() => pk.systems.get('@me'), () => pk.messages.find('123'), () => pk.members.list('@me')];
    for (const call of calls) {
      const error = await rejection(call());
      expect(error).toBeInstanceOf(PluralKitError);
      expectNoSecret(error, secret);
    }
  });

  test.each([token, key])('is in no error of timeouts and aborted calls', async (secret) => {
    const { pk } = fakeClient(hang, { token: secret, timeout: 5 });
    const late = await rejection(pk.systems.get('@me'));
    expect(late).toBeInstanceOf(TimeoutError);
    expectNoSecret(late, secret);
    const aborted = await rejection(pk.systems.get('@me', { signal: AbortSignal.abort() }));
    expect(aborted).toBeInstanceOf(AbortedError);
    expectNoSecret(aborted, secret);
  });

  test.each([token, key])('is neither in the client nor in its events', async (secret) => {
    const events: unknown[] = [];
    const log = (event: unknown) => events.push(event);
    const { pk } = fakeClient(() => json({ message: 'x', code: 0, retry_after: 1 }, 429), {
      token: secret,
      onRequest: log,
      onResponse: log,
      onRateLimit: log,
      retry: false,
    });
    const error = await rejection(pk.systems.get('@me'));
    expect(error).toBeInstanceOf(RateLimitedError);
    expect(events).toHaveLength(3);
    for (const value of [pk, pk.systems, pk.messages, pk.fetch, pk.key, events])
      expectNoSecret(value, secret);
  });

  test.each([`${token}\nX-Other: 1`, `${token}…`, `pkapi:${token}`, `Bearer pkapi:${token}:${token}`])(
    'is not in the error of the constructor that rejects it',
    async (wrong) => {
      let error: unknown;
      try {
        new PluralKit({ token: wrong, userAgent });
      } catch (thrown) {
        error = thrown;
      }
      expect(error).toBeInstanceOf(TypeError);
      expectNoSecret(error, token);
    },
  );

  test('is in no error where it was given in place of a reference', async () => {
    const { pk } = fakeClient();
    for (const call of [pk.systems.get(token), pk.members.get(token), pk.messages.find(token)]) {
      expectNoSecret(await rejection(call), token);
    }
  });

  function expectNoSecret(value: unknown, secret: string) {
    const signature = secret.split(':').at(-1) ?? secret;
    const shown = [
      inspect(value, { depth: 20, showHidden: true, getters: true }),
      JSON.stringify(value) ?? '',
      String(value),
      value instanceof Error ? `${value.message} ${value.stack}` : '',
    ];
    for (const text of shown) {
      expect(text).not.toContain(secret);
      expect(text).not.toContain(signature);
    }
  }
});
