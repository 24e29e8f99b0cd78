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

test('a storage is given what has changed and no more', async () => {
  const storage = new MemoryStorage();
  const sandbox = createSandbox({ storage });
  const before = storage.writes.length;
  await call(sandbox, 'GET', '/v2/systems/@me/members');
  await sandbox.fetch('/v2/members/marina', { method: 'PATCH', body: '{"name":null}' });
  expect(storage.writes.length).toBe(before);
  await call(sandbox, 'PATCH', '/v2/members/marina', { name: 'Mari' });
  expect(storage.writes.slice(before)).toMatchObject([
    { isReset: false, written: [{ kind: 'member', content: { id: 'marina', name: 'Mari' } }], deleted: [] },
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

test('a change that cannot be kept is not made, neither now nor later', async () => {
  const storage = new MemoryStorage();
  const sandbox = createSandbox({ storage });
  const before = sandbox.world();
  const steps = storage.writes.length;
  storage.isFull = true;
  for await (const outcome of rejectedChanges(sandbox)) {
    expect(outcome).toBe('The disk is full');
    expect(sandbox.world()).toEqual(before);
    expect(await call(sandbox, 'GET', '/v2/systems/@me')).toMatchObject({ name: 'The Harbour' });
  }
  expect(sandbox.deliveries()).toEqual([]);
  storage.isFull = false;
  await call(sandbox, 'PATCH', '/v2/systems/@me/settings', { latch_timeout: 5 });
  expect(storage.writes.slice(steps)).toMatchObject([{ written: [{ kind: 'system' }], deleted: [] }]);
  expect(createSandbox({ storage }).world()).toEqual(sandbox.world());
  expect(sandbox.world().systems.slice(1)).toEqual(before.systems.slice(1));
});

/** The messages of what changes are rejected with, of all kinds. */
async function* rejectedChanges(sandbox: Sandbox): AsyncGenerator<unknown> {
  const changes: readonly (() => unknown)[] = [
    () => call(sandbox, 'PATCH', '/v2/systems/@me', { name: 'Unkept' }),
    () => call(sandbox, 'POST', '/v2/members', { name: 'Unkept' }),
    () => call(sandbox, 'DELETE', '/v2/members/marina'),
    () => call(sandbox, 'POST', '/private/bulk_privacy/member', { visibility: 'private' }),
    () => call(sandbox, 'POST', '/v2/systems/@me/switches', { members: [] }),
    () => sandbox.bot.linkAccount({ account: '900000000000000099', system: 'harbor' }),
    () => sandbox.bot.refreshToken('harbor'),
    () => sandbox.bot.deleteSwitches('harbor'),
    () => sandbox.load({ systems: [] }),
  ];
  for (const change of changes) yield await messageOf(change);
}

async function messageOf(change: () => unknown): Promise<unknown> {
  try {
    return await change();
  } catch (error) {
    return error instanceof Error ? error.message : error;
  }
}

test('of two concurrent changes, each response says whether its own was kept', async () => {
  const storage = new MemoryStorage();
  const sandbox = createSandbox({ storage });
  storage.isFull = true;
  const changes = ['Ann', 'Bea'].map((name) =>
    messageOf(() => call(sandbox, 'PATCH', '/v2/systems/@me', { name })),
  );
  expect(await Promise.all(changes)).toEqual(['The disk is full', 'The disk is full']);
  expect(sandbox.world()).toEqual(createSandbox().world());
});

test('a reset that cannot be kept is not made', async () => {
  const storage = new MemoryStorage();
  const sandbox = createSandbox({ storage });
  await call(sandbox, 'PATCH', '/v2/systems/@me', { name: 'New' });
  sandbox.clock.freeze();
  sandbox.snapshots.save('here');
  await call(sandbox, 'DELETE', '/v2/members/marina');
  const changed = sandbox.world();
  storage.isFull = true;
  for (const change of [() => sandbox.reset(), () => sandbox.snapshots.restore('here')]) {
    expect(change).toThrow('The disk is full');
    expect([sandbox.world(), sandbox.clock.frozen, sandbox.requests().length]).toEqual([changed, true, 2]);
  }
  storage.isFull = false;
  sandbox.snapshots.restore('here');
  expect(await call(sandbox, 'GET', '/v2/members/marina')).toMatchObject({ id: 'marina' });
  expect(createSandbox({ storage }).world()).toEqual(sandbox.world());
  sandbox.reset();
  expect([sandbox.world(), createSandbox({ storage }).world()]).toEqual([
    createSandbox().world(),
    createSandbox().world(),
  ]);
});

test('a storage is given on a reset what was changed and no more', async () => {
  const storage = new MemoryStorage();
  const sandbox = createSandbox({ storage, world: system({ id: 'harbor' }).withMembers(100).world() });
  const [first, second] = sandbox.world().systems[0]?.members ?? [];
  sandbox.snapshots.save('start');
  await call(sandbox, 'PATCH', `/v2/members/${first?.id}`, { name: 'New' });
  await call(sandbox, 'DELETE', `/v2/members/${second?.id}`);
  const written = storage.writes.length;
  sandbox.snapshots.restore('start');
  sandbox.reset();
  const [restored, reset] = storage.writes.slice(written);
  expect(new Set(restored?.written.map(({ key }) => key))).toEqual(new Set([first?.uuid, second?.uuid]));
  expect(restored?.deleted).toEqual([]);
  expect(reset).toEqual({ isReset: true, written: [], deleted: [] });
});

test('a state from before another world was loaded is kept as a change of that world', async () => {
  const storage = new MemoryStorage();
  const sandbox = createSandbox({ storage });
  await call(sandbox, 'DELETE', '/v2/members/marina');
  const before = sandbox.world();
  sandbox.snapshots.save('before');
  const other = system().withMembers(3).world();
  sandbox.load(other);
  sandbox.snapshots.save('other');
  sandbox.snapshots.restore('before');
  expect([sandbox.world(), createSandbox({ storage }).world()]).toEqual([before, before]);
  sandbox.snapshots.restore('other');
  const loaded = createSandbox({ world: other }).world();
  expect([sandbox.world(), createSandbox({ storage }).world()]).toEqual([loaded, loaded]);
  sandbox.snapshots.restore('before');
  const again = createSandbox({ storage });
  again.reset();
  expect([again.world(), createSandbox({ storage }).world()]).toEqual([loaded, loaded]);
});

test('stored data that is inconsistent is rejected', () => {
  const storage = new MemoryStorage();
  createSandbox({ storage });
  const content = { id: 'broken' };
  storage.write({
    isReset: false,
    written: [{ kind: 'system', key: 'x', system: null, content }],
    deleted: [],
  });
  expect(() => createSandbox({ storage })).toThrow('systems[4].uuid must be a lower-case UUID');
});
