import { describe, expect, test, vi } from 'vitest';
import { createSandbox } from '../../src/sandbox/create-sandbox.ts';
import type { Delivery } from '../../src/sandbox/dispatch/dispatch.ts';
import type { Sandbox } from '../../src/sandbox/sandbox.ts';
import { createClock } from '../../src/sandbox/time/clock.ts';
import { createSandboxTest } from '../../src/sandbox/vitest.ts';
import { openSandbox, recordedWorld, send } from './support.ts';

const headers = { 'User-Agent': 'test' };

describe('fetch', () => {
  test('rejects with the reason of a signal that is aborted already', async () => {
    const reason = new Error('no longer wanted');
    const signal = AbortSignal.abort(reason);
    await expect(openSandbox().fetch('/v2/systems/@me', { signal, headers })).rejects.toBe(reason);
  });

  test.each([{ delay: 600_000 }, { outage: 'rate-limiter' as const }])(
    'rejects while it waits: %j',
    async (fault) => {
      const sandbox = openSandbox();
      sandbox.faults.add(fault);
      const controller = new AbortController();
      const request = sandbox.fetch('/v2/systems/@me', { signal: controller.signal, headers });
      const rejected = expect(request).rejects.toMatchObject({ name: 'AbortError' });
      controller.abort();
      await rejected;
    },
  );

  test('rejects while a body does not end, and changes nothing', async () => {
    const sandbox = openSandbox();
    const controller = new AbortController();
    const body = new ReadableStream();
    const init: RequestInit & { duplex: 'half' } = {
      ...{ method: 'POST', body, duplex: 'half', signal: controller.signal },
      headers: { ...headers, Authorization: sandbox.tokens.alices ?? '', 'Content-Type': 'application/json' },
    };
    const rejected = expect(sandbox.fetch('/v2/members', init)).rejects.toMatchObject({ name: 'AbortError' });
    setTimeout(() => controller.abort(), 5);
    await rejected;
  });

  test('rejects, and does not throw, for an address that is none', async () => {
    const sandbox = openSandbox();
    const promise = sandbox.fetch('http://[');
    await expect(promise).rejects.toThrow(TypeError);
    await expect(sandbox.fetch('/v2/systems/@me', { method: 'TRACE' })).rejects.toThrow(TypeError);
  });
});

describe('a request that waits', () => {
  const create = (sandbox: ReturnType<typeof openSandbox>) =>
    send(sandbox, 'POST', '/v2/members', { as: 'alices', body: { name: 'From the old world' } });

  test.each([{ delay: 600_000 }, { outage: 'rate-limiter' as const }])(
    'is broken off by reset: %j',
    async (fault) => {
      const sandbox = openSandbox();
      const before = sandbox.world();
      sandbox.faults.add(fault);
      const rejected = expect(create(sandbox)).rejects.toThrow(
        'The sandbox was reset while the request waited',
      );
      await new Promise((resolve) => setTimeout(resolve, 5));
      sandbox.reset();
      await rejected;
      expect(sandbox.world()).toEqual(before);
    },
  );

  test('whose body comes after a reset does not write into the new world', async () => {
    const sandbox = openSandbox();
    const before = sandbox.world();
    const body = new ReadableStream({
      async start(controller) {
        await new Promise((resolve) => setTimeout(resolve, 20));
        controller.enqueue(new TextEncoder().encode('{"name":"From the old world"}'));
        controller.close();
      },
    });
    const init: RequestInit & { duplex: 'half' } = {
      ...{ method: 'POST', body, duplex: 'half' },
      headers: { ...headers, Authorization: sandbox.tokens.alices ?? '', 'Content-Type': 'application/json' },
    };
    const rejected = expect(sandbox.fetch('/v2/members', init)).rejects.toThrow('was reset while');
    sandbox.reset();
    await rejected;
    expect(sandbox.world()).toEqual(before);
  });

  test('is ended by close, and leaves no timer', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    try {
      const sandbox = openSandbox();
      sandbox.faults.add({ delay: 8_000 });
      const rejected = expect(create(sandbox)).rejects.toThrow('The sandbox is closed');
      await vi.waitFor(() => expect(vi.getTimerCount()).toBe(1), { interval: 0 });
      sandbox.close();
      await rejected;
      expect(vi.getTimerCount()).toBe(0);
    } finally {
      vi.useRealTimers();
    }
  });

  test('goes on where the faults are removed', async () => {
    const sandbox = openSandbox();
    sandbox.faults.add({ delay: 600_000 });
    const created = create(sandbox);
    await new Promise((resolve) => setTimeout(resolve, 5));
    sandbox.faults.clear();
    expect((await created).status).toBe(200);
  });

  test('does not put a key that is being made into the world after a reset', async () => {
    const sandbox = openSandbox();
    const [system] = recordedWorld.systems;
    const rejected = expect(sandbox.createKey({ system: system?.id ?? '', scopes: [] })).rejects.toThrow(
      TypeError,
    );
    sandbox.reset();
    await rejected;
    expect(sandbox.keys()).toEqual([]);
  });
});

test('the method world gives a copy', () => {
  const sandbox = openSandbox();
  const before = JSON.stringify(sandbox.world());
  const world: unknown = sandbox.world();
  const spoil = (value: unknown) => {
    if (typeof value !== 'object' || value === null) return;
    for (const child of Object.values(value)) spoil(child);
    for (const key of Object.keys(value)) Reflect.set(value, key, 'spoilt');
  };
  spoil(world);
  expect(JSON.stringify(sandbox.world())).toBe(before);
});

describe('options of plain JavaScript are checked:', () => {
  test.each([
    [{ ratelimits: 'off' }, 'There is no option “ratelimits”; did you mean “rateLimits”?'],
    [{ rateLimits: 'of' }, 'rateLimits must be one of server, documented, off'],
    [{ rateLimitFactor: 0.5 }, 'rateLimitFactor must be an integer from 1'],
    [{ seed: '1' }, 'seed must be a number'],
    [{ seed: Number.NaN }, 'seed must be a number'],
    [{ v1: 'false' }, 'v1 must be true or false'],
    [{ deliver: 'http://127.0.0.1' }, 'deliver must be a function'],
    [{ clock: new Date() }, 'clock must be a clock, as createClock makes it'],
    [
      { clock: { now() {}, reset() {}, set() {}, advance() {} } },
      'clock must be a clock, as createClock makes it',
    ],
    [{ storage: './file' }, 'storage must be a storage, as openSqliteStorage makes it'],
    [{ world: null }, "world must be an object such as { systems: [{ name: 'Harbor' }] }"],
    [null, 'The options must be an object'],
    ['off', 'The options must be an object'],
    [{ apps: 'token' }, 'apps must be an object of tokens by name'],
  ])('rejects the option %j', (options, message) => {
    expect(() => Reflect.apply(createSandbox, undefined, [options])).toThrow(new TypeError(message));
  });
});

describe('a deliver in plain JavaScript that', () => {
  const unprintable = {
    toString() {
      throw new Error('no text');
    },
  };
  test.each([
    ['rejects', () => Promise.reject(new Error('no network')), { error: 'no network' }],
    [
      'throws',
      () => {
        throw new Error('no network');
      },
      { error: 'no network' },
    ],
    ['rejects with nothing', () => Promise.reject(), { error: 'undefined' }],
    ['rejects with what is no text', () => Promise.reject(unprintable), { error: 'deliver failed' }],
    ['rejects without a prototype', () => Promise.reject({ __proto__: null }), { error: 'deliver failed' }],
    ['returns nothing', async () => undefined, { error: 'deliver returned no outcome' }],
    ['returns something else', async () => ({ ok: true }), { error: 'deliver returned no outcome' }],
    [
      'freezes what it gets',
      async (given: object) => ({ status: Object.keys(Object.freeze(given)).length }),
      { status: 2 },
    ],
  ])('%s is an outcome of the delivery', async (_name, deliver, outcome) => {
    const sandbox: Sandbox = Reflect.apply(openSandbox, undefined, [{ deliver }]);
    await send(sandbox, 'PATCH', '/v2/systems/@me', { as: 'davedd', body: { name: 'Dave 2' } });
    await vi.waitFor(() => expect(sandbox.deliveries()).toMatchObject([{ outcome }]));
  });

  test('changes what it gets, changes neither the world nor what is recorded', async () => {
    const tags = [{ prefix: 'A:', suffix: null }];
    const deliver = async ({ payload }: Delivery) => {
      const { proxy_tags: given }: { proxy_tags?: object[] } = payload.data ?? {};
      given?.push({ prefix: 'B:', suffix: null });
      return { status: 200 };
    };
    const [system] = recordedWorld.systems.filter(({ id }) => id === 'davedd');
    const sandbox = openSandbox({
      deliver,
      world: {
        systems: system
          ? [{ ...system, groups: [], switches: [], members: [{ id: 'admmm', name: 'Ash' }] }]
          : [],
      },
    });
    await send(sandbox, 'PATCH', '/v2/members/admmm', { as: 'davedd', body: { proxy_tags: tags } });
    await vi.waitFor(() => expect(sandbox.deliveries()).toMatchObject([{ outcome: { status: 200 } }]));
    expect(sandbox.deliveries()).toMatchObject([{ payload: { data: { proxy_tags: tags } } }]);
    expect(sandbox.world().systems[0]?.members[0]?.proxy_tags).toEqual(tags);
  });
});

test('what the sandbox returns of keys and faults are copies', async () => {
  const sandbox = openSandbox();
  const created = await sandbox.createKey({ system: 'alices', scopes: ['identify'] });
  for (const { scopes } of [created, ...sandbox.keys()])
    Reflect.apply(Array.prototype.push, scopes, ['write:all']);
  expect(sandbox.keys()).toMatchObject([{ scopes: ['identify'] }]);
  for (const fault of [sandbox.faults.add({ status: 503 }), ...sandbox.faults.list()])
    Reflect.set(fault, 'status', 200);
  expect(sandbox.faults.list()).toMatchObject([{ status: 503 }]);
});

test('a clock takes no text for a number', () => {
  const { clock } = openSandbox();
  clock.freeze(new Date('2030-01-01T00:00:00Z'));
  expect(() => Reflect.apply(clock.advance, clock, ['5'])).toThrow(TypeError);
  expect(clock.now()).toBe(BigInt(Date.parse('2030-01-01T00:00:00Z')) * 1_000_000n);
});

describe('createSandboxTest with a clock', () => {
  const clock = createClock(() => 1_700_000_000_000);
  clock.freeze(new Date('2030-01-02T03:04:05Z'));
  const sandboxTest = createSandboxTest({ clock });

  for (const name of ['one', 'another']) {
    sandboxTest(`sets it back after ${name}`, async ({ sandbox }) => {
      expect(sandbox.clock.frozen).toBe(true);
      expect(sandbox.clock.now()).toBe(BigInt(Date.parse('2030-01-02T03:04:05Z')) * 1_000_000n);
      sandbox.clock.resume();
      sandbox.clock.set(new Date('2040-01-01T00:00:00Z'));
    });
  }
});
