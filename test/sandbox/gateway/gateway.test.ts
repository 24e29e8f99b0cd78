import { describe, expect, test } from 'vitest';
import type { Sandbox } from '../../../src/sandbox/sandbox.ts';
import { openSandbox, recordedWorld, send, sendForJson } from '../support.ts';

const rateLimitHeaders = [
  'x-ratelimit-limit',
  'x-ratelimit-remaining',
  'x-ratelimit-reset',
  'x-ratelimit-scope',
];
const badRequest = { message: '400: Bad Request', code: 0 };

function openLimited(): Sandbox {
  const sandbox = openSandbox({ rateLimits: 'server' });
  sandbox.clock.freeze(new Date('2030-01-01T00:00:00.700Z'));
  return sandbox;
}

function isCounted({ headers }: Response): boolean {
  const present = rateLimitHeaders.filter((name) => headers.has(name));
  expect([0, rateLimitHeaders.length]).toContain(present.length);
  return present.length > 0;
}

describe('HEAD', () => {
  test('is 405 without a body, lists the methods of the API, and counts as an update', async () => {
    const sandbox = openLimited();
    const head = () => send(sandbox, 'HEAD', '/v2/systems/alices');
    const response = await head();
    expect(response.status).toBe(405);
    expect(await response.text()).toBe('');
    expect(response.headers.get('Allow')).toBe('GET,PATCH');
    expect(response.headers.get('X-RateLimit-Scope')).toBe('generic_update');
    expect((await head()).status).toBe(405);
    expect((await head()).status).toBe(429);
  });

  test('shares the bucket of updates with PATCH', async () => {
    const sandbox = openLimited();
    const patch = () => send(sandbox, 'PATCH', '/v2/systems/@me', { as: 'alices', body: { tag: 'x' } });
    expect((await send(sandbox, 'HEAD', '/v2/systems/@me', { as: 'alices' })).status).toBe(405);
    expect((await patch()).status).toBe(200);
    expect((await patch()).status).toBe(429);
  });

  test('works where the gateway itself responds', async () => {
    const response = await send(openLimited(), 'HEAD', '/v2/systems/alices/settings');
    expect(response.status).toBe(200);
    expect(await response.text()).toBe('');
  });
});

describe('a method that the path lacks', () => {
  test('passes the rate limiter before it is 405, and can be 429', async () => {
    const sandbox = openLimited();
    const put = () => send(sandbox, 'PUT', '/v2/systems/alices');
    const response = await put();
    expect(response.status).toBe(405);
    expect(isCounted(response)).toBe(true);
    expect((await put()).status).toBe(405);
    const limited = await put();
    expect(limited.status).toBe(429);
    expect(limited.headers.get('Allow')).toBe('GET,HEAD,PATCH');
  });

  test.each([
    ['/v2/systems/alices', 'PUT', 'GET,HEAD,PATCH'],
    ['/v2/members/amaaa', 'PUT', 'GET,HEAD,PATCH,DELETE'],
    ['/v2/systems/alices/switches', 'PUT', 'GET,HEAD,POST'],
    ['/v2/members', 'GET', 'POST'],
    ['/v2/systems/alices', 'OPTIONS', 'GET,HEAD,PATCH'],
    ['/v2/systems/zzzzz', 'PUT', 'GET,HEAD,PATCH'],
  ])('%s, asked with %2$s, allows %3$s', async (path, method, allowed) => {
    expect((await send(openSandbox(), method, path)).headers.get('Allow')).toBe(allowed);
  });
});

describe('rate-limit headers', () => {
  test.each([
    ['GET', '/v2/systems/alices', 200],
    ['GET', '/v2/systems/alices/groups', 200],
    ['GET', '/v2/messages/700000000000000099', 404],
    ['POST', '/v2/members', 415],
    ['POST', '/v2/systems/alices', 405],
  ])('%s %s: %i, counted', async (method, path, status) => {
    const response = await send(openLimited(), method, path);
    expect(response.status).toBe(status);
    expect(isCounted(response)).toBe(true);
  });

  test.each([
    ['OPTIONS', '/v2/systems/alices', 200, {}],
    ['GET', '/v2/systems/zzzzz', 404, {}],
    ['GET', '/v2/systems/@me', 401, {}],
    ['GET', '/v2/nothing', 404, {}],
    ['GET', '/v1/s', 410, {}],
    ['GET', '/v2/s', 400, {}],
    ['GET', '/v2/systems/%ff', 400, {}],
  ])('%s %s: %i, free', async (method, path, status) => {
    const response = await send(openLimited(), method, path);
    expect(response.status).toBe(status);
    expect(isCounted(response)).toBe(false);
  });

  test('Reset is the current second, and Remaining is rounded down to 8 after the first of ten', async () => {
    const { headers } = await send(openLimited(), 'GET', '/v2/systems/alices');
    expect(headers.get('X-RateLimit-Reset')).toBe(String(Date.UTC(2030, 0, 1) / 1000));
    expect(headers.get('X-RateLimit-Remaining')).toBe('8');
  });

  test('a 429 is JSON, names the generic scope in its body, and has neither Retry-After nor a version', async () => {
    const sandbox = openLimited();
    const read = () => send(sandbox, 'GET', '/v2/systems/@me', { as: 'alices' });
    for (let count = 0; count < 9; count += 1) expect((await read()).status).toBe(200);
    const response = await read();
    expect(response.status).toBe(429);
    expect(response.headers.get('Content-Type')).toBe('application/json');
    expect(response.headers.get('X-RateLimit-Scope')).toBe('own_system_get');
    expect(response.headers.get('Retry-After')).toBeNull();
    expect(response.headers.get('X-PluralKit-Version')).toBeNull();
    expect(await response.json()).toMatchObject({ scope: 'generic_get', retry_after: 0 });
  });
});

describe('the own-system bucket', () => {
  const [first, second] = recordedWorld.systems.flatMap(({ switches }) => switches ?? []);

  test.each(['/v2/systems/@me', '/v2/systems/ALI-CES', '/v2/members/amaaa', '/v2/groups/agaaa'])(
    '%s of the caller counts there, from any address',
    async (path) => {
      const sandbox = openLimited();
      const response = await send(sandbox, 'GET', path, { as: 'alices' });
      expect(response.headers.get('X-RateLimit-Scope')).toBe('own_system_get');
      const request = new Request(`http://sandbox.test${path}`, {
        headers: { 'User-Agent': 'test', Authorization: sandbox.tokens.alices ?? '' },
      });
      const elsewhere = await sandbox.fetch(request, { address: '192.0.2.9' });
      expect(elsewhere.headers.get('X-RateLimit-Remaining')).toBe('7');
    },
  );

  test('the last reference of the path decides', async () => {
    expect(first).toBeDefined();
    expect(second).toBeDefined();
    const sandbox = openLimited();
    const history = (await sendForJson(sandbox, 'GET', '/v2/systems/@me/switches?limit=1', {
      as: 'alices',
    })) as { id: string }[];
    const [{ id } = { id: '' }] = history;
    const scope = async (path: string, as: 'alices' | 'bobby') =>
      (await send(sandbox, 'GET', path, { as })).headers.get('X-RateLimit-Scope');
    expect(await scope(`/v2/systems/bobby/switches/${id}`, 'alices')).toBe('own_system_get');
    expect(await scope(`/v2/systems/bobby/switches/${id}`, 'bobby')).toBe('generic_get');
  });

  test.each([
    ['/v2/members', { name: 'New' }],
    ['/v2/groups', { name: 'New' }],
    ['/private/bulk_privacy/member', { visibility: 'private' }],
    ['/private/bulk_privacy/group', { visibility: 'private' }],
  ])('POST %s names no system, and counts by address', async (path, body) => {
    const response = await send(openLimited(), 'POST', path, { as: 'alices', body });
    expect(response.headers.get('X-RateLimit-Scope')).toBe('generic_update');
  });

  test('two creates and two own changes pass; two creates of two systems from one address do not', async () => {
    const sandbox = openLimited();
    const create = (as: 'alices' | 'bobby') =>
      send(sandbox, 'POST', '/v2/members', { as, body: { name: 'New' } });
    const change = () => send(sandbox, 'PATCH', '/v2/systems/@me', { as: 'alices', body: { tag: 'x' } });
    for (const call of [() => create('alices'), () => create('alices'), change, change]) {
      expect((await call()).status).toBe(200);
    }
    expect((await create('bobby')).status).toBe(429);
  });
});

test('an application with a token of its own has a limit of 20 in place of all others', async () => {
  const sandbox = openSandbox({ rateLimits: 'server', apps: { 'a-partner': 'partner-token' } });
  sandbox.clock.freeze();
  const headers = { 'X-PluralKit-App': 'partner-token' };
  const read = () => send(sandbox, 'GET', '/v2/systems/@me', { as: 'alices', headers });
  const first = await read();
  expect(first.headers.get('X-RateLimit-Scope')).toBe('token2');
  expect(first.headers.get('X-RateLimit-Limit')).toBe('20');
  const change = { as: 'bobby', headers, body: { tag: 'x' } } as const;
  const update = await send(sandbox, 'PATCH', '/v2/systems/@me', change);
  expect(update.headers.get('X-RateLimit-Remaining')).toBe('17');
  const unknown = await send(sandbox, 'GET', '/v2/systems/bobby', {
    headers: { 'X-PluralKit-App': 'another' },
  });
  expect(unknown.headers.get('X-RateLimit-Scope')).toBe('generic_get');
  expect(sandbox.rateLimits().buckets).toContainEqual(
    expect.objectContaining({ scope: 'token2', kind: 'app', key: 'a-partner' }),
  );
});

describe('headers that all responses have', () => {
  const cors = {
    'access-control-allow-credentials': 'true',
    'access-control-allow-headers': 'Content-Type, Authorization, sentry-trace, User-Agent',
    'access-control-allow-methods': '*',
    'access-control-allow-origin': '*',
    'access-control-expose-headers':
      'X-PluralKit-Version, X-RateLimit-Limit, X-RateLimit-Remaining, X-RateLimit-Reset, X-RateLimit-Scope',
    'access-control-max-age': '86400',
  };

  test.each([
    ['GET', '/v2/systems/alices'],
    ['OPTIONS', '/v2/systems/alices'],
    ['GET', '/v2/systems/zzzzz'],
    ['GET', '/v2/nothing'],
    ['GET', '/v1/s'],
    ['PUT', '/v2/systems/alices'],
  ])('%s %s has all of CORS', async (method, path) => {
    const { headers } = await send(openSandbox(), method, path);
    const found = [...headers].filter(([name]) => name.startsWith('access-control-'));
    expect(Object.fromEntries(found)).toEqual(cors);
  });

  test.each([
    ['GET', '/v2/systems/alices', true],
    ['POST', '/v2/members', true],
    ['GET', '/v2/systems/alices/settings', false],
    ['OPTIONS', '/v2/systems/alices', false],
    ['GET', '/v2/systems/zzzzz', false],
    ['GET', '/v2/systems/@me', false],
    ['GET', '/v1/s', false],
    ['GET', '/v2/s', false],
    ['PUT', '/v2/systems/alices', false],
    ['GET', '/v2/messages/700000000000000099', false],
  ])('%s %s tells a version: %s', async (method, path, told) => {
    const version = (await send(openSandbox(), method, path)).headers.get('X-PluralKit-Version');
    if (told) expect(version).toMatch(/^[0-9a-f]{40}$/);
    else expect(version).toBeNull();
  });
});

describe('paths', () => {
  const unsupported = { message: 'Unsupported API version', code: 0 };
  test.each([
    ['/v1foo', 410, unsupported],
    ['/v10/systems/alices', 410, unsupported],
    ['/v2foo', 404, undefined],
    ['/v20/systems/alices', 404, undefined],
    ['/v2/a', 404, undefined],
    ['/v2/msg', 404, undefined],
    ['/v2/m', 400, { message: 'Invalid path for API version', code: 0 }],
    ['/v2/systems//members', 404, { message: 'System not found.', code: 20001 }],
    ['/v3', 400, unsupported],
  ])('%s: %i', async (path, status, body) => {
    const response = await send(openSandbox(), 'GET', path);
    expect(response.status).toBe(status);
    const text = await response.text();
    expect(text === '' ? undefined : JSON.parse(text)).toEqual(body);
  });

  test('the root leads to the documentation', async () => {
    const response = await send(openSandbox(), 'GET', '/');
    expect(response.status).toBe(303);
    expect(response.headers.get('Location')).toMatch(/^https:\/\/pluralkit\.me\//);
  });

  test.each(['%ff', 'a%c3', '%00', '%zz'])(
    'a reference of %s is 400, before the User-Agent',
    async (part) => {
      const sandbox = openSandbox();
      const path = `/v2/systems/${part}`;
      const response = await sandbox.fetch(new Request(`http://sandbox.test${path}`), { target: path });
      expect(response.status).toBe(400);
      expect(await response.json()).toEqual(badRequest);
    },
  );
});

describe('User-Agent', () => {
  test.each([
    ['', 200],
    ['   ', 200],
    ['unknown', 400],
    [undefined, 400],
  ])('%j: %i', async (userAgent, status) => {
    const headers = userAgent === undefined ? undefined : { 'User-Agent': userAgent };
    const request = new Request('http://sandbox.test/v2/systems/alices', headers && { headers });
    const response = await openSandbox().fetch(request);
    expect(response.status).toBe(status);
    if (status === 400) expect(await response.text()).toBe('');
  });
});

describe('settings, which the gateway itself returns', () => {
  const [alice] = recordedWorld.systems;
  const account = String(alice?.accounts?.[0]);

  test.each(['alicesxyz', 'ALI-CESxyz', `+${account}`, `000${account}`, `+000${account}`])(
    '%s finds the system',
    async (reference) => {
      const response = await send(
        openSandbox(),
        'GET',
        `/v2/systems/${encodeURIComponent(reference)}/settings`,
      );
      expect(response.status).toBe(200);
    },
  );

  test('is not so lenient where the API responds', async () => {
    expect((await send(openSandbox(), 'GET', '/v2/systems/alicesxyz')).status).toBe(404);
    const changed = { as: 'alices', body: { pings_enabled: true } } as const;
    expect((await send(openSandbox(), 'PATCH', '/v2/systems/alicesxyz/settings', changed)).status).toBe(404);
  });
});

describe('outages behind the gateway', () => {
  const failed = { message: '500: internal server error', code: 0 };

  test('without its rate limiter, counted requests wait, and free ones do not', async () => {
    const sandbox = openLimited();
    sandbox.faults.add({ outage: 'rate-limiter' });
    let done = false;
    const waiting = send(sandbox, 'GET', '/v2/systems/alices').then((response) => {
      done = true;
      return response;
    });
    expect((await send(sandbox, 'GET', '/v2/systems/zzzzz')).status).toBe(404);
    expect(done).toBe(false);
    sandbox.faults.clear();
    expect((await waiting).status).toBe(200);
  });

  test('a rate limiter that fails is a 500 without its headers', async () => {
    const sandbox = openLimited();
    sandbox.faults.add({ outage: 'rate-limiter-script' });
    const response = await send(sandbox, 'GET', '/v2/systems/alices');
    expect(response.status).toBe(500);
    expect(await response.json()).toEqual(failed);
    expect(isCounted(response)).toBe(false);
  });

  test('without the API, all but settings is a 500 that was counted', async () => {
    const sandbox = openLimited();
    sandbox.faults.add({ outage: 'api' });
    const response = await send(sandbox, 'GET', '/v2/systems/alices');
    expect(response.status).toBe(500);
    expect(await response.json()).toEqual(failed);
    expect(isCounted(response)).toBe(true);
    expect((await send(sandbox, 'GET', '/v2/systems/alices/settings')).status).toBe(200);
  });
});

test('pages may ask for examples by the query, since a preflight would reject `Prefer`', async () => {
  const path = '/v2/systems/alices?__code=404&__example=SystemNotFound';
  const response = await send(openSandbox(), 'GET', path);
  expect(response.status).toBe(404);
  expect(await response.json()).toEqual({ message: 'System not found.', code: 20001 });
});
