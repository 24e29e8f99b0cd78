import { expect, test } from 'vitest';
import { operations } from '../../generated/v2/operations.ts';
import { createSandbox, type Sandbox, system } from '../../src/sandbox/index.ts';
import { MemoryStorage } from './memory-storage.ts';

const guild = '900000000000000001';

async function call(sandbox: Sandbox, method: string, path: string, body?: unknown): Promise<unknown> {
  const headers = {
    Authorization: sandbox.tokens.harbor ?? '',
    'Content-Type': 'application/json',
    'User-Agent': 'test',
  };
  const init = { method, headers, ...(body !== undefined && { body: JSON.stringify(body) }) };
  const response = await sandbox.fetch(path, init);
  expect(response.ok, `${method} ${path}`).toBe(true);
  const text = await response.text();
  return text === '' ? undefined : JSON.parse(text);
}

function idOf(created: unknown): string {
  if (typeof created === 'object' && created !== null && 'id' in created) return String(created.id);
  throw new Error('It has no id');
}

/** Every operation that changes something, at least once. */
async function* changeEverything(sandbox: Sandbox): AsyncGenerator<void> {
  yield* callAll([
    () => call(sandbox, 'PATCH', '/v2/systems/@me', { name: 'New', privacy: { name_privacy: 'private' } }),
    () => call(sandbox, 'PATCH', '/v2/systems/@me/settings', { timezone: 'Europe/Berlin' }),
    () => call(sandbox, 'PATCH', `/v2/systems/@me/guilds/${guild}`, { tag: 'x' }),
    () =>
      call(sandbox, 'PATCH', `/v2/systems/@me/autoproxy?guild_id=${guild}`, {
        autoproxy_mode: 'member',
        autoproxy_member: 'pipppp',
      }),
    () => call(sandbox, 'PATCH', '/v2/members/marina', { pronouns: 'any' }),
    () => call(sandbox, 'PATCH', `/v2/members/marina/guilds/${guild}`, { display_name: 'M.' }),
    () => call(sandbox, 'POST', '/v2/members/marina/groups/add', ['littls']),
    () => call(sandbox, 'POST', '/v2/members/marina/groups/remove', ['littls']),
    () => call(sandbox, 'POST', '/v2/members/marina/groups/overwrite', ['crewww', 'littls']),
    () => call(sandbox, 'PATCH', '/v2/groups/crewww', { description: null }),
    () => call(sandbox, 'POST', '/v2/groups/crewww/members/add', ['hollow']),
    () => call(sandbox, 'POST', '/v2/groups/crewww/members/remove', ['hollow']),
    () => call(sandbox, 'POST', '/v2/groups/crewww/members/overwrite', ['pipppp', 'marina', 'quillq']),
    () => call(sandbox, 'POST', '/private/bulk_privacy/member', { visibility: 'private' }),
    () => call(sandbox, 'POST', '/private/bulk_privacy/group', { name_privacy: 'private' }),
  ]);
  const member = idOf(
    await call(sandbox, 'POST', '/v2/members', { name: 'Wren', proxy_tags: [{ prefix: 'w:' }] }),
  );
  yield;
  const group = idOf(await call(sandbox, 'POST', '/v2/groups', { name: 'Birds' }));
  yield;
  const logged = idOf(
    await call(sandbox, 'POST', '/v2/systems/@me/switches', { members: ['pipppp', member] }),
  );
  yield;
  yield* callAll([
    () =>
      call(sandbox, 'PATCH', `/v2/systems/@me/switches/${logged}`, {
        timestamp: '2026-01-06T01:02:03.456789Z',
      }),
    () => call(sandbox, 'PATCH', `/v2/systems/@me/switches/${logged}/members`, ['quillq', 'pipppp']),
    // Takes it out of groups, switches, autoproxy and messages.
    () => call(sandbox, 'DELETE', '/v2/members/pipppp'),
    () => call(sandbox, 'DELETE', '/v2/members/quillq'),
    () => call(sandbox, 'DELETE', `/v2/systems/@me/switches/${logged}`),
    () => call(sandbox, 'DELETE', `/v2/groups/${group}`),
  ]);
}

async function* callAll(calls: readonly (() => Promise<unknown>)[]): AsyncGenerator<void> {
  for (const one of calls) {
    await one();
    yield;
  }
}

test('after every operation, what is kept is what is there', async () => {
  const storage = new MemoryStorage();
  const sandbox = createSandbox({ storage });
  let written = storage.writes.length;
  for await (const _ of changeEverything(sandbox)) {
    expect(storage.writes.length).toBe(written + 1);
    written += 1;
    expect(createSandbox({ storage }).world()).toEqual(sandbox.world());
    expect(storage.writes.length).toBe(written);
  }
  const called = new Set(sandbox.requests().map(({ operation }) => operation));
  const changing = Object.values(operations).filter(({ method }) => method !== 'GET');
  expect(changing.filter(({ id }) => !called.has(id)).map(({ id }) => id)).toEqual([]);
});

test('writes what has changed and no more', async () => {
  const storage = new MemoryStorage();
  const sandbox = createSandbox({ storage });
  const before = storage.writes.length;
  await call(sandbox, 'GET', '/v2/systems/@me/members');
  await sandbox.fetch('/v2/members/marina', { method: 'PATCH', body: '{"name":null}' });
  expect(storage.writes.length).toBe(before);
  await call(sandbox, 'PATCH', '/v2/members/marina', { name: 'Mari' });
  expect(storage.writes.slice(before)).toMatchObject([
    { start: undefined, written: [{ kind: 'member', content: { id: 'marina', name: 'Mari' } }], deleted: [] },
  ]);
});

test('a sandbox goes on from what was kept, whatever world it is given', async () => {
  const storage = new MemoryStorage();
  const first = createSandbox({ storage });
  await call(first, 'PATCH', '/v2/systems/@me', { name: 'Kept' });
  const second = createSandbox({ storage, world: system().world() });
  expect(second.world()).toEqual(first.world());
  expect(second.tokens).toEqual(first.tokens);
});

test('a given world is kept where nothing was kept yet', () => {
  const storage = new MemoryStorage();
  const world = system().withMembers(5).withGroups(2).withSwitches(5).world();
  const first = createSandbox({ storage, world });
  expect(createSandbox({ storage }).world()).toEqual(first.world());
});

test('reset goes back to the same world after a restart, also after another one was loaded', async () => {
  const storage = new MemoryStorage();
  const first = createSandbox({ storage });
  await call(first, 'DELETE', '/v2/members/marina');
  const second = createSandbox({ storage });
  second.reset();
  expect(second.world()).toEqual(createSandbox().world());
  expect(createSandbox({ storage }).world()).toEqual(createSandbox().world());

  const other = system().withMembers(3).world();
  second.load(other);
  const third = createSandbox({ storage });
  expect(third.world()).toEqual(createSandbox({ world: other }).world());
  third.reset();
  expect(third.world()).toEqual(createSandbox({ world: other }).world());
});

test('a change that cannot be stored is not reported as done, and is stored once that works again', async () => {
  const storage = new MemoryStorage();
  const sandbox = createSandbox({ storage });
  storage.isFull = true;
  await expect(call(sandbox, 'PATCH', '/v2/systems/@me', { name: 'Unkept' })).rejects.toThrow(
    'The disk is full',
  );
  await expect(call(sandbox, 'GET', '/v2/systems/@me')).rejects.toThrow('The disk is full');
  storage.isFull = false;
  expect(await call(sandbox, 'GET', '/v2/systems/@me')).toMatchObject({ name: 'Unkept' });
  expect(createSandbox({ storage }).world()).toEqual(sandbox.world());
});

test('a reset that cannot be kept is whole once that works again', async () => {
  const storage = new MemoryStorage();
  const sandbox = createSandbox({ storage });
  const before = sandbox.world();
  await call(sandbox, 'PATCH', '/v2/systems/@me', { name: 'New' });
  sandbox.clock.freeze();
  storage.isFull = true;
  expect(() => sandbox.reset()).toThrow('The disk is full');
  await expect(call(sandbox, 'GET', '/v2/systems/@me')).rejects.toThrow('The disk is full');
  storage.isFull = false;
  expect(await call(sandbox, 'GET', '/v2/systems/@me')).toMatchObject({ name: 'The Harbour' });
  expect([sandbox.world(), createSandbox({ storage }).world()]).toEqual([before, before]);
  expect([sandbox.clock.frozen, sandbox.deliveries()]).toEqual([false, []]);
});

test('stored data that is inconsistent is rejected', () => {
  const storage = new MemoryStorage();
  createSandbox({ storage });
  const content = { id: 'broken' };
  storage.write({
    start: undefined,
    written: [{ kind: 'system', key: 'x', system: null, content }],
    deleted: [],
  });
  expect(() => createSandbox({ storage })).toThrow('systems[4].uuid must be a lower-case UUID');
});
