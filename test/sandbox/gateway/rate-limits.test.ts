import { describe, expect, test } from 'vitest';
import { openSandbox, recordedWorld, send, sendForJson } from '../support.ts';
import { isCounted, openLimited } from './support.ts';

describe('rate-limit headers', () => {
  test.each([
    ['GET', '/v2/systems/alices', 200],
    ['GET', '/v2/systems/alices/groups', 200],
    ['GET', '/v2/messages/700000000000000099', 404],
    ['POST', '/v2/members', 415],
    ['POST', '/v2/systems/alices', 405],
  ])('are on responses that count: %s %s, %i', async (method, path, status) => {
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
  ])('are not on responses that do not count: %s %s, %i', async (method, path, status) => {
    const response = await send(openLimited(), method, path);
    expect(response.status).toBe(status);
    expect(isCounted(response)).toBe(false);
  });

  test('have the current second as Reset, and 8 as Remaining after the first of ten', async () => {
    const { headers } = await send(openLimited(), 'GET', '/v2/systems/alices');
    expect(headers.get('X-RateLimit-Reset')).toBe(String(Date.UTC(2030, 0, 1) / 1000));
    expect(headers.get('X-RateLimit-Remaining')).toBe('8');
  });

  test('come with a 429 of JSON that names the generic scope, without Retry-After and version', async () => {
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
    'counts %s of the caller, from any address',
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

  test('is chosen by the last reference of the path', async () => {
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
  ])('does not count POST %s, which names no system', async (path, body) => {
    const response = await send(openLimited(), 'POST', path, { as: 'alices', body });
    expect(response.headers.get('X-RateLimit-Scope')).toBe('generic_update');
  });

  test('is apart from that of the address: two creates and two own changes pass', async () => {
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
