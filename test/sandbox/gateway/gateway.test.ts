import { describe, expect, test } from 'vitest';
import { openSandbox, recordedWorld, send } from '../support.ts';
import { isCounted, openLimited } from './support.ts';

const badRequest = { message: '400: Bad Request', code: 0 };

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
  ])('gets 405 with Allow on %s, asked with %2$s: %3$s', async (path, method, allowed) => {
    expect((await send(openSandbox(), method, path)).headers.get('Allow')).toBe(allowed);
  });
});

describe('each response', () => {
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
  ])('has all headers of CORS: %s %s', async (method, path) => {
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
  ])('tells the version where the API responds: %s %s, %s', async (method, path, told) => {
    const version = (await send(openSandbox(), method, path)).headers.get('X-PluralKit-Version');
    if (told) expect(version).toMatch(/^[0-9a-f]{40}$/);
    else expect(version).toBeNull();
  });
});

describe('the router', () => {
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
  ])('responds to the path %s with %i', async (path, status, body) => {
    const response = await send(openSandbox(), 'GET', path);
    expect(response.status).toBe(status);
    const text = await response.text();
    expect(text === '' ? undefined : JSON.parse(text)).toEqual(body);
  });

  test('redirects the root to the documentation', async () => {
    const response = await send(openSandbox(), 'GET', '/');
    expect(response.status).toBe(303);
    expect(response.headers.get('Location')).toMatch(/^https:\/\/pluralkit\.me\//);
  });

  test.each(['%ff', 'a%c3', '%00', '%zz'])(
    'rejects a reference of %s with 400, before the User-Agent',
    async (part) => {
      const sandbox = openSandbox();
      const path = `/v2/systems/${part}`;
      const response = await sandbox.fetch(new Request(`http://sandbox.test${path}`), { target: path });
      expect(response.status).toBe(400);
      expect(await response.json()).toEqual(badRequest);
    },
  );
});

describe('the check of the User-Agent', () => {
  test.each([
    ['', 200],
    ['   ', 200],
    ['unknown', 400],
    [undefined, 400],
  ])('responds to %j with %i', async (userAgent, status) => {
    const headers = userAgent === undefined ? undefined : { 'User-Agent': userAgent };
    const request = new Request('http://sandbox.test/v2/systems/alices', headers && { headers });
    const response = await openSandbox().fetch(request);
    expect(response.status).toBe(status);
    if (status === 400) expect(await response.text()).toBe('');
  });
});

describe('the settings of a system, which the gateway itself returns,', () => {
  const [alice] = recordedWorld.systems;
  const account = String(alice?.accounts?.[0]);

  test.each(['alicesxyz', 'ALI-CESxyz', `+${account}`, `000${account}`, `+000${account}`])(
    'are found by %s',
    async (reference) => {
      const response = await send(
        openSandbox(),
        'GET',
        `/v2/systems/${encodeURIComponent(reference)}/settings`,
      );
      expect(response.status).toBe(200);
    },
  );

  test('are found by less strict references than what the API returns', async () => {
    expect((await send(openSandbox(), 'GET', '/v2/systems/alicesxyz')).status).toBe(404);
    const changed = { as: 'alices', body: { pings_enabled: true } } as const;
    expect((await send(openSandbox(), 'PATCH', '/v2/systems/alicesxyz/settings', changed)).status).toBe(404);
  });
});

describe('an outage behind the gateway', () => {
  const failed = { message: '500: internal server error', code: 0 };

  test('of its rate limiter lets counted requests wait, and free ones pass', async () => {
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

  test('of the rate limiter’s script is a 500 without its headers', async () => {
    const sandbox = openLimited();
    sandbox.faults.add({ outage: 'rate-limiter-script' });
    const response = await send(sandbox, 'GET', '/v2/systems/alices');
    expect(response.status).toBe(500);
    expect(await response.json()).toEqual(failed);
    expect(isCounted(response)).toBe(false);
  });

  test('of the API is a 500 that was counted, for all but settings', async () => {
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
