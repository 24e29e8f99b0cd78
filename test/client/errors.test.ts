import { describe, expect, expectTypeOf, test } from 'vitest';
import { errorCodes } from '../../generated/v2/operations.ts';
import { loadScenarios } from '../../scripts/lib/recordings.ts';
import {
  ForbiddenError,
  isPluralKitError,
  NetworkError,
  NotFoundError,
  PluralKitError,
  ServerError,
  UnauthorizedError,
  ValidationError,
} from '../../src/index.ts';
import { fakeClient, hang, json, rejection, token } from './helpers.ts';

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

  test.each([
    ['a response', {}],
    ['no time', { timeout: 5 }],
  ])('has no cause where there was %s, so that logs do not show one', async (_, options) => {
    const { pk } = fakeClient((request) => ('timeout' in options ? hang(request) : json({}, 404)), options);
    const error = await rejection(pk.systems.get('exmpl'));
    expect(error).toBeInstanceOf(PluralKitError);
    expect(error).not.toHaveProperty('cause');
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
