import { describe, expect, test } from 'vitest';
import { createSandbox, type Sandbox } from '../../src/sandbox/index.ts';
import { MemoryStorage } from './memory-storage.ts';
import { recordedWorld, send } from './support.ts';

/** Goes on from what is kept, as a sandbox does after a restart. */
function open(storage: MemoryStorage, seed?: number): Sandbox {
  return createSandbox({ storage, world: recordedWorld, ...(seed !== undefined && { seed }) });
}

const statusOf = async (sandbox: Sandbox, token: string) =>
  (await send(sandbox, 'GET', '/v2/systems/@me', { headers: { Authorization: `Bearer ${token}` } })).status;

const alicesKey = { system: 'alices', scopes: ['read:members'] } as const;

describe('API keys', () => {
  test('allow the same after a restart, whether they were made by the method or over HTTP', async () => {
    const storage = new MemoryStorage();
    const first = open(storage);
    const inside = await first.createKey({ ...alicesKey, scopes: ['write:members'], type: 'dashboard' });
    const response = await first.fetch('/_sandbox/keys', { method: 'POST', body: JSON.stringify(alicesKey) });
    const outside = await response.json();

    const second = open(storage);
    expect(second.keys()).toEqual(first.keys());
    expect(second.keys()).toMatchObject([
      { id: inside.id, system: 'alices', type: 'dashboard', scopes: ['write:members'] },
      { id: outside.id, system: 'alices', type: 'user_created', scopes: ['read:members'] },
    ]);
    const create = (token: string) =>
      send(second, 'POST', '/v2/members', {
        body: { name: 'New' },
        headers: { Authorization: `Bearer ${token}` },
      });
    expect((await create(inside.token)).status).toBe(200);
    expect((await create(outside.token)).status).toBe(403);
    expect(await statusOf(second, outside.token)).toBe(200);
  });

  test('stay revoked, by the method or over HTTP', async () => {
    const storage = new MemoryStorage();
    const first = open(storage);
    const [one, two, three] = [
      await first.createKey(alicesKey),
      await first.createKey(alicesKey),
      await first.createKey(alicesKey),
    ];
    first.revokeKey(one.id);
    await first.fetch(`/_sandbox/keys/${two.id}`, { method: 'DELETE' });
    const second = open(storage);
    expect(second.keys().map(({ id }) => id)).toEqual([three.id]);
    const statuses = await Promise.all([one, two, three].map(({ token }) => statusOf(second, token)));
    expect(statuses).toEqual([401, 401, 200]);
  });

  test.each(['reset', 'load'] as const)('are revoked for good by %s', async (how) => {
    const storage = new MemoryStorage();
    const first = open(storage);
    const { token } = await first.createKey(alicesKey);
    const second = open(storage);
    if (how === 'reset') second.reset();
    else second.load(recordedWorld);
    const third = open(storage);
    expect([second.keys(), third.keys()]).toEqual([[], []]);
    expect([await statusOf(second, token), await statusOf(third, token)]).toEqual([401, 401]);
  });

  test('stay when a sandbox is closed', async () => {
    const storage = new MemoryStorage();
    const first = open(storage);
    const { token } = await first.createKey(alicesKey);
    first.close();
    expect(await statusOf(open(storage), token)).toBe(200);
  });

  test('are kept without their tokens', async () => {
    const storage = new MemoryStorage();
    const { token, id } = await open(storage).createKey(alicesKey);
    const [written] = storage.writes.at(-1)?.written ?? [];
    expect(written?.content).toEqual({
      ...{ id, systemId: '00000000-0000-4000-8000-000000000001', type: 'user_created' },
      scopes: ['read:members'],
      publicKey: { x: expect.any(String), y: expect.any(String) },
    });
    for (const secret of token.split(':').slice(1)) {
      expect(JSON.stringify(storage.writes)).not.toContain(secret);
    }
  });

  test('that were given a change are not taken after a restart', async () => {
    const storage = new MemoryStorage();
    const { token } = await open(storage).createKey(alicesKey);
    const [prefix, data = '', signature] = token.split(':');
    const changed = btoa(JSON.stringify({ ...JSON.parse(atob(data)), scopes: ['write:all'] }));
    const second = open(storage);
    expect(await statusOf(second, `${prefix}:${changed}:${signature}`)).toBe(401);
    expect(await statusOf(second, token)).toBe(200);
  });

  test('with the same ids in two sandboxes do not conflict', async () => {
    const storage = new MemoryStorage();
    const one = await open(storage, 1).createKey(alicesKey);
    const second = open(storage, 1);
    const other = await second.createKey({ ...alicesKey, system: 'bobby' });
    expect(second.keys().map(({ id, system }) => [id, system])).toEqual([
      [one.id, 'alices'],
      [other.id, 'bobby'],
    ]);
    const third = open(storage, 1);
    expect([await statusOf(third, one.token), await statusOf(third, other.token)]).toEqual([200, 200]);
  });

  test('are neither given out nor revoked while that cannot be kept', async () => {
    const storage = new MemoryStorage();
    const sandbox = open(storage);
    storage.isFull = true;
    await expect(sandbox.createKey(alicesKey)).rejects.toThrow('The disk is full');
    storage.isFull = false;
    const { id } = await sandbox.createKey(alicesKey);
    storage.isFull = true;
    expect(() => sandbox.revokeKey(id)).toThrow('The disk is full');
    expect(open(storage).keys()).toContainEqual(expect.objectContaining({ id }));
    expect(sandbox.keys()).toEqual(open(storage).keys());
    storage.isFull = false;
    expect(sandbox.revokeKey(id)).toBe(true);
    expect(sandbox.keys()).toEqual(open(storage).keys());
    expect(sandbox.keys()).not.toContainEqual(expect.objectContaining({ id }));
  });

  test('that are kept in a wrong form are rejected with the path of what is wrong', () => {
    const storage = new MemoryStorage();
    open(storage);
    const content = { id: 'x', systemId: 'x', type: 'x', scopes: [], publicKey: { x: 'x', y: 'y' } };
    storage.write({
      isReset: false,
      written: [{ kind: 'key', key: 'x', system: 'x', content }],
      deleted: [],
    });
    expect(() => open(storage)).toThrow('keys[0].publicKey.x must be a coordinate');
  });
});
