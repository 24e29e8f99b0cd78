import { afterEach, describe, expect, test, vi } from 'vitest';
import { generatedDocument, resolveReference } from '../../scripts/lib/document.ts';
import { isObject } from '../../scripts/lib/recordings.ts';
import { parseApiKey } from '../../src/models/index.ts';
import type { Sandbox } from '../../src/sandbox/sandbox.ts';
import { isTaken } from './keys-support.ts';
import { openSandbox, send, sendForJson } from './support.ts';

const alices = '00000000-0000-4000-8000-000000000001';
const bearer = (key: string) => ({ headers: { Authorization: `Bearer ${key}` } });

async function admin(sandbox: Sandbox, method: string, path: string, body?: unknown) {
  const init = body === undefined ? { method } : { method, body: JSON.stringify(body) };
  const response = await sandbox.fetch(`/_sandbox/keys${path}`, init);
  const text = await response.text();
  const read: unknown = text === '' ? null : JSON.parse(text);
  return { status: response.status, body: read };
}

afterEach(() => {
  vi.restoreAllMocks();
});

describe('a key', () => {
  test('has the form of the API, and says what was asked for', async () => {
    const sandbox = openSandbox();
    const { token, ...key } = await sandbox.createKey({ system: 'alices', scopes: ['read:members'] });
    expect(token).toMatch(/^pkapi:[A-Za-z0-9+/]+=*:[\w-]{86}$/);
    expect(parseApiKey(token)).toEqual({
      id: key.id,
      systemId: alices,
      type: 'user_created',
      scopes: ['read:members'],
    });
    expect(key).toEqual({ id: key.id, system: 'alices', type: 'user_created', scopes: ['read:members'] });
    expect(await isTaken(sandbox, `Bearer ${token}`)).toBe(true);
    expect(await sendForJson(sandbox, 'GET', '/v2/systems/@me', bearer(token))).toMatchObject({
      uuid: alices,
    });
  });

  test.each(['ALI-CES', alices, '100000000000000002'])('is made for the system %s', async (system) => {
    expect(await openSandbox().createKey({ system, scopes: ['identify'] })).toMatchObject({
      system: 'alices',
    });
  });

  test.each(['dashboard', 'user_created', 'external_app'] as const)('may be of the type %s', async (type) => {
    const sandbox = openSandbox();
    const { token } = await sandbox.createKey({ system: 'alices', scopes: [], type });
    expect(parseApiKey(token).type).toBe(type);
    expect(await isTaken(sandbox, `Bearer ${token}`)).toBe(true);
  });

  test('takes all scopes that the document knows', async () => {
    const document = generatedDocument('v2');
    const { securitySchemes } = resolveReference(document, document.components);
    const scheme = resolveReference(document, resolveReference(document, securitySchemes).ApiKey);
    const scopes = Object.keys(resolveReference(document, scheme['x-scopes']));
    expect(scopes).toContain('read:fronters');
    const made = await admin(openSandbox(), 'POST', '', { system: 'alices', scopes });
    expect(made).toMatchObject({ status: 201, body: { scopes } });
  });

  test.each([
    ['system', { system: 'nobody', scopes: [] }],
    ['system', { scopes: [] }],
    ['scopes', { system: 'alices' }],
    ['scopes', { system: 'alices', scopes: 'read:all' }],
    ['scopes[1]', { system: 'alices', scopes: ['read:all', 'members:read'] }],
    ['scopes[0]', { system: 'alices', scopes: ['admin:all'] }],
    ['type', { system: 'alices', scopes: [], type: 'admin' }],
    ['kind', { system: 'alices', scopes: [], kind: 'dashboard' }],
  ])('is not made where %s is wrong', async (path, wrong) => {
    const sandbox = openSandbox();
    // @ts-expect-error: what comes from outside may be anything
    await expect(sandbox.createKey(wrong)).rejects.toMatchObject({ name: 'WorldError', path });
    const { status, body } = await admin(sandbox, 'POST', '', wrong);
    expect([status, isObject(body) && body.path]).toEqual([400, path]);
    expect(sandbox.keys()).toEqual([]);
  });
});

describe('the revocation of a key', () => {
  test('counts at once, and for that key only', async () => {
    const sandbox = openSandbox();
    const [first, second] = [
      await sandbox.createKey({ system: 'alices', scopes: ['identify'] }),
      await sandbox.createKey({ system: 'bobby', scopes: ['identify'] }),
    ];
    expect(sandbox.keys().map(({ id }) => id)).toEqual([first.id, second.id]);
    expect(sandbox.revokeKey(first.id)).toBe(true);
    expect(sandbox.revokeKey(first.id)).toBe(false);
    expect(sandbox.keys().map(({ id }) => id)).toEqual([second.id]);
    expect(await isTaken(sandbox, `Bearer ${first.token}`)).toBe(false);
    expect(await isTaken(sandbox, `Bearer ${second.token}`)).toBe(true);
  });

  test('counts for requests that are under way', async () => {
    const sandbox = openSandbox();
    const { id, token } = await sandbox.createKey({ system: 'alices', scopes: ['write:all'] });
    const options = { ...bearer(token), body: { name: 'New' } };
    const response = send(sandbox, 'POST', '/v2/members', options);
    sandbox.revokeKey(id);
    expect((await response).status).toBe(401);
  });

  test('is what a reset does to all keys', async () => {
    const sandbox = openSandbox();
    const { token } = await sandbox.createKey({ system: 'alices', scopes: ['identify'] });
    sandbox.reset();
    expect(sandbox.keys()).toEqual([]);
    expect(await isTaken(sandbox, `Bearer ${token}`)).toBe(false);
  });

  test('is permanent, also where another key has the same id later', async () => {
    const sandbox = openSandbox({ seed: 1 });
    const old = await sandbox.createKey({ system: 'alices', scopes: ['write:all'] });
    sandbox.reset();
    const { id, token } = await sandbox.createKey({ system: 'alices', scopes: ['identify'] });
    expect(id).toBe(old.id);
    expect(await isTaken(sandbox, `Bearer ${old.token}`)).toBe(false);
    expect(await isTaken(sandbox, `Bearer ${token}`)).toBe(true);
  });
});

describe('the control route of keys', () => {
  test('creates keys, lists them without their tokens, and revokes them', async () => {
    const sandbox = openSandbox();
    const made = await admin(sandbox, 'POST', '', { system: 'alices', scopes: ['write:all'] });
    if (!isObject(made.body)) throw new TypeError('The response is no object');
    const { token, ...key } = made.body;
    expect(made.status).toBe(201);
    expect(key).toEqual({ id: key.id, system: 'alices', type: 'user_created', scopes: ['write:all'] });
    expect(await isTaken(sandbox, `Bearer ${token}`)).toBe(true);
    expect(await admin(sandbox, 'GET', '')).toEqual({ status: 200, body: [key] });
    expect(sandbox.keys()).toEqual([key]);
    expect(await admin(sandbox, 'DELETE', `/${key.id}`)).toEqual({ status: 204, body: null });
    expect(await admin(sandbox, 'DELETE', `/${key.id}`)).toMatchObject({ status: 404, body: { code: 0 } });
    expect(await isTaken(sandbox, `Bearer ${token}`)).toBe(false);
    expect(await admin(sandbox, 'GET', '')).toEqual({ status: 200, body: [] });
  });

  test('leaves only the system of a key in the journal', async () => {
    const sandbox = openSandbox();
    const { token } = await sandbox.createKey({ system: 'alices', scopes: ['identify'] });
    await send(sandbox, 'GET', '/v2/systems/@me', bearer(token));
    const [entry] = sandbox.requests();
    expect(entry).toMatchObject({ operation: 'getSystem', system: 'alices', status: 200 });
    const har = await (await sandbox.fetch('/_sandbox/requests?format=har')).text();
    for (const text of [JSON.stringify(entry), har]) {
      for (const secret of token.split(':').slice(1)) expect(text).not.toContain(secret);
    }
  });
});

describe('a request with a key', () => {
  const withScopes = async (...scopes: ('read:members' | 'write:members')[]) => {
    const sandbox = openSandbox();
    return { sandbox, options: bearer((await sandbox.createKey({ system: 'alices', scopes })).token) };
  };

  test('is checked for references, type and syntax of the body before the scope, and for its shape after it', async () => {
    const { sandbox, options } = await withScopes('read:members');
    const patch = (path: string, body: unknown, headers = {}) =>
      send(sandbox, 'PATCH', path, { body, headers: { ...options.headers, ...headers } });
    const statuses = [
      await patch('/v2/members/nobody', []),
      await patch('/v2/members/amaaa', '{}', { 'Content-Type': 'text/plain' }),
      await patch('/v2/members/amaaa', '{'),
      await patch('/v2/members/amaaa', []),
      await patch('/v2/members/amaaa', { name: '' }),
      await patch('/v2/members/dmaaa', { name: 'New' }),
    ].map(({ status }) => status);
    expect(statuses).toEqual([404, 415, 400, 403, 403, 403]);
  });

  test('gets 405 for a wrong method, also where the path names @me', async () => {
    const { sandbox, options } = await withScopes();
    expect((await send(sandbox, 'DELETE', '/v2/systems/@me', options)).status).toBe(405);
    expect((await send(sandbox, 'DELETE', '/v2/systems/@me')).status).toBe(401);
  });

  test('is counted as one of its system', async () => {
    const sandbox = openSandbox({ rateLimits: 'server' });
    const { token } = await sandbox.createKey({ system: 'alices', scopes: ['identify'] });
    const scopeOf = async (path: string) =>
      (await send(sandbox, 'GET', path, bearer(token))).headers.get('X-RateLimit-Scope');
    expect(await scopeOf('/v2/systems/@me')).toBe('own_system_get');
    expect(await scopeOf('/v2/systems/bobby')).toBe('generic_get');
  });

  test('is one without a token in version 1', async () => {
    const sandbox = openSandbox({ v1: true });
    const { token } = await sandbox.createKey({ system: 'alices', scopes: ['write:all'] });
    expect((await send(sandbox, 'GET', '/v1/s', bearer(token))).status).toBe(401);
    const path = '/v1/s/alices/members';
    expect(await sendForJson(sandbox, 'GET', path, bearer(token))).toEqual(
      await sendForJson(sandbox, 'GET', path),
    );
  });
});
