import { inspect } from 'node:util';
import { describe, expect, expectTypeOf, test } from 'vitest';
import { errorCodes } from '../../generated/v2/operations.ts';
import { loadScenarios } from '../../scripts/lib/recordings.ts';
import {
  AbortedError,
  ForbiddenError,
  isPluralKitError,
  NetworkError,
  NotFoundError,
  PluralKit,
  PluralKitError,
  RateLimitedError,
  ServerError,
  TimeoutError,
  UnauthorizedError,
  ValidationError,
} from '../../src/index.ts';
import { fakeClient, hang, json, rejection, token, userAgent } from './helpers.ts';

const classes: Readonly<Record<number, typeof PluralKitError>> = {
  400: ValidationError,
  401: UnauthorizedError,
  404: NotFoundError,
  500: ServerError,
  501: ServerError,
};

/** Each response that the real server rejected with, once, from version 2. */
const errorResponses = new Map(
  loadScenarios()
    .filter(({ name }) => name.startsWith('v2/'))
    .flatMap(({ exchanges }) => exchanges)
    .filter(({ response }) => response.status >= 400)
    .map(({ response }) => [JSON.stringify(response), response] as const),
);

describe('what the real server rejects', () => {
  test('is told with the whole request', async () => {
    const { pk } = fakeClient(() => json({ message: 'System not found.', code: 20001 }, 404));
    const error = await rejection(pk.switches.list('exmpl', { limit: 5 }));
    expect(error).toMatchObject({ request: { method: 'GET', path: '/systems/exmpl/switches?limit=5' } });
  });

  test('is recorded', () => {
    expect(errorResponses.size).toBeGreaterThan(100);
  });

  test('becomes an error of its class, code and name', async () => {
    for (const { status, body, type } of errorResponses.values()) {
      const text = body === undefined ? '' : JSON.stringify(body);
      const headers = { 'Content-Type': type ?? '' };
      const { pk } = fakeClient(() => new Response(text, { status, headers }), { retry: false });
      const error = await rejection(pk.systems.get('abcde'));
      if (!(error instanceof PluralKitError)) throw new Error('It is no PluralKitError');
      expect(error).toBeInstanceOf(status === 403 ? ForbiddenError : (classes[status] ?? PluralKitError));
      expect(error.status).toBe(status);
      const { code = null, message, errors = {} } = Object(body);
      expect(error.code).toBe(code);
      expect(error.errors).toEqual(errors);
      if (message) expect(error.message).toContain(String(message).replace(/\.$/, ''));
      const named = Object.entries(errorCodes).find(([name]) => name === error.codeName)?.[1];
      if (code > 0 || (code === 0 && status in classes)) expect(named).toMatchObject({ code, status });
    }
  });
});

test('every code of the document has its name', async () => {
  for (const [codeName, { code, status }] of Object.entries(errorCodes)) {
    const { pk } = fakeClient(() => json({ message: 'x', code: code ?? undefined }, status), {
      retry: false,
    });
    expect(await rejection(pk.systems.get('abcde'))).toMatchObject({ codeName, status, code });
  }
});

test('the message tells what is wrong with which request, and each field', async () => {
  const body = {
    message: 'Error parsing JSON model',
    code: 40001,
    errors: {
      name: [{ message: 'Too long.', max_length: 100, actual_length: 101 }, { message: 'Bad.' }],
      color: [{ message: 'Not hex.' }],
    },
  };
  const { pk } = fakeClient(() => json(body, 400));
  const error = await rejection(pk.members.update('ABCDE', { name: 'x' }));
  expect(error).toMatchObject({
    name: 'ValidationError',
    message:
      'Error parsing JSON model – name: Too long. Bad. – color: Not hex. (PATCH /members/abcde, 400, 40001)',
    errors: body.errors,
    request: { method: 'PATCH', path: '/members/abcde' },
  });
  expect(JSON.parse(JSON.stringify(error))).toMatchObject({
    name: 'ValidationError',
    message: expect.stringContaining('Too long.'),
    status: 400,
    code: 40001,
    codeName: 'ModelParseError',
  });
});

test.each([
  [{ errors: { name: 'not a list', color: [null, 5, { text: 'x' }] } }, { name: [], color: [] }],
  [{ errors: ['a'] }, {}],
  ['<html>Bad gateway</html>', {}],
  [null, {}],
])('an error of an unknown form is still an error, without a name: %j', async (body, errors) => {
  const { pk } = fakeClient(() => json(body, 500));
  expect(await rejection(pk.systems.get('abcde'))).toMatchObject({
    name: 'ServerError',
    code: null,
    codeName: null,
    errors,
    message: expect.stringMatching(/^The server responded with 500.* \(GET \/systems\/abcde, 500\)$/),
  });
});

describe('isPluralKitError', () => {
  test('narrows by name', async () => {
    const { pk } = fakeClient(() => json({ message: 'Member not found.', code: 20001 }, 404));
    const error = await rejection(pk.members.get('abcde'));
    expect(isPluralKitError(error)).toBe(true);
    expect(isPluralKitError(error, 'SystemNotFound')).toBe(true);
    expect(isPluralKitError(error, 'MemberNotFound', 'SystemNotFound')).toBe(true);
    expect(isPluralKitError(error, 'MemberNotFound')).toBe(false);
    if (isPluralKitError(error, 'MemberNotFound', 'MemberListPrivate')) {
      expectTypeOf(error.codeName).toEqualTypeOf<'MemberNotFound' | 'MemberListPrivate'>();
      expectTypeOf(error.code).toEqualTypeOf<20002 | 30001>();
      if (error.code === 30001) expectTypeOf(error.status).toEqualTypeOf<403>();
    }
  });

  test.each([
    ['GroupNotFnd', /^There is no error name “GroupNotFnd”; did you mean “GroupNotFound”\?$/],
    ['x', /^There is no error name “x”; error names: ProblemDetails, .*Unimplemented$/],
    [undefined, /^There is no error name “undefined”/],
    [['GroupNotFound'], /^There is no error name “\["GroupNotFound"\]”; did you mean “GroupNotFound”\?$/],
  ])('rejects a name that does not exist: %s', (name, message) => {
    for (const error of [new Error('x'), undefined]) {
      // @ts-expect-error: people without a type checker mistype names
      const tell = () => isPluralKitError(error, 'SystemNotFound', name);
      expect(tell).toThrow(TypeError);
      expect(tell).toThrow(message);
    }
  });

  test.each([[new Error('x')], [null], ['SystemNotFound'], [{ codeName: 'SystemNotFound' }]])(
    'is false for %s',
    (error) => {
      expect(isPluralKitError(error)).toBe(false);
      expect(isPluralKitError(error, 'SystemNotFound')).toBe(false);
    },
  );
});

describe('a missing scope', () => {
  const payload = { tid: 'k1', sid: '00000000-0000-4000-8000-000000000001', type: 'user_created' };
  const keyWith = (scopes: string[]) => `pkapi:${btoa(JSON.stringify({ ...payload, scopes }))}:c2lnbmF0dXJl`;
  const forbidden = () => json({ message: '403: Missing permissions to access this resource', code: 0 }, 403);

  test('is named', async () => {
    const { pk } = fakeClient(forbidden, { token: keyWith(['read:members', 'write:groups']) });
    const error = await rejection(pk.members.update('abcde', { name: 'x' }));
    expect(error).toBeInstanceOf(ForbiddenError);
    expect(error).toMatchObject({
      missingScope: 'write:members',
      message: expect.stringContaining('write:members'),
    });
  });

  test('is not blamed where the key has it, a code tells the reason, or there is no key', async () => {
    const all = fakeClient(forbidden, { token: keyWith(['write:all']) }).pk;
    expect(await rejection(all.members.update('abcde', { name: 'x' }))).toMatchObject({ missingScope: null });
    const others = fakeClient(() => json({ message: 'x', code: 30006 }, 403), { token: keyWith([]) }).pk;
    expect(await rejection(others.members.update('abcde', { name: 'x' }))).toMatchObject({
      missingScope: null,
    });
    const legacy = fakeClient(forbidden, { token }).pk;
    expect(await rejection(legacy.members.update('abcde', { name: 'x' }))).toMatchObject({
      missingScope: null,
    });
  });
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

test('a network error says why', async () => {
  const cause = Object.assign(new Error('connect ECONNREFUSED 127.0.0.1:1'), { code: 'ECONNREFUSED' });
  const { pk } = fakeClient(() => Promise.reject(new TypeError('fetch failed', { cause })), { retry: false });
  const error = await rejection(pk.systems.get('@me'));
  expect(error).toBeInstanceOf(NetworkError);
  expect(error).toMatchObject({
    message: 'No response came: connect ECONNREFUSED 127.0.0.1:1 (GET /systems/@me)',
    status: null,
    code: null,
    codeName: null,
    cause: { name: 'TypeError', message: 'fetch failed', cause: { code: 'ECONNREFUSED' } },
  });
});
