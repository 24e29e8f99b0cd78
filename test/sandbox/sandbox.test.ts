import { describe, expect, test } from 'vitest';
import { createIdSource } from '../../src/sandbox/store/ids.ts';
import { createClock } from '../../src/sandbox/time/clock.ts';
import { openSandbox, send, sendForJson } from './support.ts';

test('new members and groups always send an event, where there is a webhook', async () => {
  const sandbox = openSandbox();
  await send(sandbox, 'POST', '/v2/members', {
    as: 'davedd',
    body: { name: 'New', privacy: { visibility: 'private' } },
  });
  await send(sandbox, 'POST', '/v2/groups', { as: 'davedd', body: { name: 'G', color: 'ABCDEF' } });
  await send(sandbox, 'POST', '/v2/members', { as: 'alices', body: { name: 'Unheard' } });
  expect(sandbox.deliveries().map(({ payload }) => [payload.type, payload.data])).toEqual([
    ['CREATE_MEMBER', { name: 'New', privacy: { visibility: 'private' } }],
    ['CREATE_GROUP', { name: 'G', color: 'abcdef' }],
  ]);
});

test('reset goes back to the start: state, events, ids and clock', async () => {
  const sandbox = openSandbox();
  const before = sandbox.world();
  const create = () => sendForJson(sandbox, 'POST', '/v2/members', { as: 'davedd', body: { name: 'New' } });
  sandbox.clock.freeze(new Date('2030-01-01T00:00:00Z'));
  const first = await create();
  expect(first).toMatchObject({ created: '2030-01-01T00:00:00Z' });
  sandbox.reset();
  expect(sandbox.world()).toEqual(before);
  expect(sandbox.deliveries()).toEqual([]);
  expect(sandbox.clock.frozen).toBe(false);
  sandbox.clock.freeze(new Date('2030-01-01T00:00:00Z'));
  expect(await create()).toEqual(first);
});

test('a closed sandbox responds no more, and frees what it has recorded', async () => {
  const sandbox = openSandbox();
  await send(sandbox, 'POST', '/v2/members', { as: 'davedd', body: { name: 'New' } });
  sandbox.faults.add({ status: 503 });
  sandbox.close();
  await expect(sandbox.fetch('/v2/systems/davedd')).rejects.toThrow('The sandbox is closed');
  expect([sandbox.requests(), sandbox.deliveries(), sandbox.keys()]).toEqual([[], [], []]);
  expect(sandbox.world().systems).not.toEqual([]);
});

test('a world that cannot be loaded changes nothing', async () => {
  const sandbox = openSandbox();
  const before = sandbox.world();
  expect(() => sandbox.load({ systems: [{ id: 'abcde', uuid: 'x', created: 'x' }] })).toThrow(
    'systems[0].uuid',
  );
  expect(sandbox.world()).toEqual(before);
  sandbox.load({ systems: [] });
  expect((await send(sandbox, 'GET', '/v2/systems/alices')).status).toBe(404);
});

describe('tokens', () => {
  test('are listed by the id of their system', () => {
    expect(Object.keys(openSandbox().tokens)).toEqual(['alices', 'bobby', 'carol', 'davedd']);
  });
});

test('a switch id that is no UUID is rejected as documented', async () => {
  const path = '/v2/systems/alices/switches/abcde';
  expect(await sendForJson(openSandbox(), 'GET', path)).toEqual({
    message: 'Invalid switch ID.',
    code: 40006,
  });
});

test('a switch of another system is not found under the own system', async () => {
  const path = '/v2/systems/@me/switches/00000000-0000-4000-8000-000000000035';
  const body = { timestamp: '2020-01-01T00:00:00Z' };
  for (const [method, options] of [
    ['GET', {}],
    ['PATCH', { body }],
    ['DELETE', {}],
  ] as const) {
    expect(await sendForJson(openSandbox(), method, path, { as: 'alices', ...options })).toMatchObject({
      code: 20008,
    });
  }
});

test('version 1 is served where the option is set, and is 410 otherwise', async () => {
  const path = '/v1/s/switches';
  const options = { as: 'alices', body: { members: ['amaaa'] } } as const;
  expect((await send(openSandbox({ v1: true }), 'POST', path, options)).status).toBe(204);
  expect((await send(openSandbox(), 'POST', path, options)).status).toBe(410);
});

test('switches logged within one microsecond get a time each', async () => {
  const sandbox = openSandbox();
  sandbox.clock.freeze(new Date('2030-01-01T00:00:00Z'));
  for (const members of [['amaaa'], ['ambbb'], []]) {
    await send(sandbox, 'POST', '/v2/systems/@me/switches', { as: 'alices', body: { members } });
  }
  const history = await sendForJson(sandbox, 'GET', '/v2/systems/alices/switches?limit=3');
  expect(history).toMatchObject([
    { timestamp: '2030-01-01T00:00:00.000002Z' },
    { timestamp: '2030-01-01T00:00:00.000001Z' },
    { timestamp: '2030-01-01T00:00:00Z' },
  ]);
});

test('a switch at the end of the year 9999 gets a time that can be kept', async () => {
  const end = '9999-12-31T23:59:59.999';
  const switches = Array.from({ length: 1000 }, (_, index) => ({
    timestamp: `${end}${String(index).padStart(3, '0')}Z`,
    members: [],
  }));
  const world = { systems: [{ id: 'alices', token: 'token', members: [{ name: 'Ash' }], switches }] };
  const sandbox = openSandbox({ world });
  sandbox.clock.freeze(new Date(`${end}Z`));
  const [member] = sandbox.world().systems[0]?.members ?? [];
  const body = { members: [member?.id] };
  const logged = await sendForJson(sandbox, 'POST', '/v2/systems/@me/switches', { as: 'alices', body });
  expect(logged).toMatchObject({ timestamp: '9999-12-31T23:59:59.998999Z' });
  expect(() => sandbox.load(sandbox.world())).not.toThrow();
});

describe('the clock', () => {
  test('can be frozen, resumed and set', () => {
    let real = Date.UTC(2026, 0, 1);
    const clock = createClock(() => real);
    const now = () => new Date(Number(clock.now() / 1_000_000n)).toISOString();
    clock.advance(1000);
    expect(now()).toBe('2026-01-01T00:00:01.000Z');
    clock.freeze();
    real += 5000;
    expect(now()).toBe('2026-01-01T00:00:01.000Z');
    clock.set(new Date('2000-01-01T00:00:00Z'));
    clock.advance(-1);
    expect(now()).toBe('1999-12-31T23:59:59.999Z');
    clock.reset();
    expect(now()).toBe('2026-01-01T00:00:05.000Z');
  });

  test('tells microseconds', () => {
    expect(createClock(() => 1000.123456).now()).toBe(1_000_123_000n);
  });
});

test.each([5, 6] as const)('ids have %i letters, and are the same again with a seed', (letters) => {
  const take = (seed?: number) => {
    const ids = createIdSource(seed, letters);
    return [ids.shortId(), ids.shortId(), ids.uuid(), ids.uuid()];
  };
  expect(take(7)).toEqual(take(7));
  expect(take(7)).not.toEqual(take(8));
  for (const [one, , uuid] of [take(7), take()]) {
    expect(one).toMatch(letters === 5 ? /^[a-z]{5}$/ : /^[a-z]{6}$/);
    expect(uuid).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  }
});
