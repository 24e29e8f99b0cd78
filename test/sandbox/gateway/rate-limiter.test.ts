import { describe, expect, test } from 'vitest';
import { RateLimiter } from '../../../src/sandbox/gateway/rate-limiter.ts';
import type { Sandbox } from '../../../src/sandbox/sandbox.ts';
import { createClock } from '../../../src/sandbox/time/clock.ts';
import { openSandbox, send } from '../support.ts';

const get = { scope: 'generic_get', ownSystemScope: 'own_system_get' };
const update = { scope: 'generic_update', ownSystemScope: 'own_system_update' };
const anyone = { address: '192.0.2.1', ownSystem: undefined };

const scopeNames = Object.values({ ...get, ...update });

function start(mode: 'server' | 'documented') {
  const clock = createClock(() => Date.UTC(2026, 0, 1));
  const limiter = new RateLimiter(mode, scopeNames);
  const passes = (scopes = get, caller: { address: string; ownSystem: string | undefined } = anyone) =>
    limiter.check(scopes, caller, clock.now()).errorBody === undefined;
  return { clock, limiter, passes };
}

describe('rate limits as the server has them', () => {
  test('pass 9 reads at once, and reject the tenth, which takes its place all the same', () => {
    const { limiter, clock } = start('server');
    const results = Array.from({ length: 11 }, () => limiter.check(get, anyone, clock.now()));
    expect(results.map(({ errorBody }) => errorBody === undefined)).toEqual([
      ...Array(9).fill(true),
      false,
      false,
    ]);
    expect(results[9]?.errorBody).toEqual({
      message: '429: too many requests',
      retry_after: 0,
      scope: 'generic_get',
      code: 0,
    });
    expect(results[10]?.errorBody?.retry_after).toBe(100);
  });

  test('are multiplied by a factor, which changes no rule', () => {
    const limiter = new RateLimiter('server', scopeNames, 100);
    const passed = (scopes: typeof get) =>
      Array.from({ length: 1500 }, () => limiter.check(scopes, anyone, 0n)).filter(
        ({ errorBody }) => errorBody === undefined,
      );
    expect(passed(get)).toHaveLength(999);
    expect(passed(update)).toHaveLength(299);
    const [bucket] = limiter.buckets(0n);
    expect(bucket).toMatchObject({ limit: 1000, remaining: 0 });
    const { headers } = new RateLimiter('server', scopeNames, 100).check(get, anyone, 0n);
    expect(headers).toMatchObject({ 'X-RateLimit-Limit': '1000', 'X-RateLimit-Remaining': '998' });
  });

  test('keep their memory bounded with callers from millions of addresses', () => {
    const { limiter } = start('server');
    for (let count = 0; count < 20_000; count += 1) {
      limiter.check(get, { address: `192.0.2.1 ${count}`, ownSystem: undefined }, 0n);
    }
    expect(limiter.buckets(0n)).toHaveLength(10_000);
  });

  test('pass two updates at once', () => {
    const { passes } = start('server');
    expect([passes(update), passes(update), passes(update)]).toEqual([true, true, false]);
  });

  test.each([
    [get, 100],
    [update, 334],
  ])('never reject %j each %i ms', (scopes, pause) => {
    const { clock, passes } = start('server');
    for (let count = 0; count < 1000; count += 1) {
      expect(passes(scopes)).toBe(true);
      clock.advance(pause);
    }
  });

  test.each([
    [100, 60],
    [102, 36],
    [105, 14],
    [120, 3],
  ])('reject, after ten requests within 27 ms, one each %i ms %i of 60 times', (pause, limited) => {
    const { clock, passes } = start('server');
    for (let count = 0; count < 10; count += 1) {
      passes();
      clock.advance(count < 9 ? 27 / 9 : 0);
    }
    const results = Array.from({ length: 60 }, () => {
      clock.advance(pause);
      return passes();
    });
    expect(results.filter((passed) => !passed)).toHaveLength(limited);
  });

  test("count the caller's own system in a bucket of its own, from any address", () => {
    const { passes, limiter, clock } = start('server');
    for (let count = 0; count < 10; count += 1) passes();
    const own = (address: string) => ({ address, ownSystem: 'a system' });
    const result = limiter.check(get, own('192.0.2.1'), clock.now());
    expect(result.errorBody).toBeUndefined();
    expect(result.headers['X-RateLimit-Scope']).toBe('own_system_get');
    for (let count = 0; count < 8; count += 1) expect(passes(get, own('192.0.2.2'))).toBe(true);
    expect(limiter.check(get, own('192.0.2.3'), clock.now()).errorBody?.scope).toBe('generic_get');
  });

  test('count callers at other addresses apart', () => {
    const { passes } = start('server');
    for (let count = 0; count < 12; count += 1) passes();
    expect(passes(get, { ...anyone, address: '192.0.2.9' })).toBe(true);
  });
});

describe('rate limits as they are documented', () => {
  test('pass ten reads and three updates at once', () => {
    const { passes } = start('documented');
    expect(Array.from({ length: 11 }, () => passes()).filter(Boolean)).toHaveLength(10);
    expect(Array.from({ length: 4 }, () => passes(update)).filter(Boolean)).toHaveLength(3);
  });

  test('have a scope for messages, none for the caller’s own system, and a reset in milliseconds', () => {
    const { limiter, clock } = start('documented');
    const { headers } = limiter.check(
      { scope: 'generic_get', documentedScope: 'message' },
      { ...anyone, ownSystem: 'x' },
      clock.now(),
    );
    expect(headers).toEqual({
      'X-RateLimit-Limit': '10',
      'X-RateLimit-Remaining': '9',
      'X-RateLimit-Reset': String(Date.UTC(2026, 0, 1) + 100),
      'X-RateLimit-Scope': 'message',
    });
  });
});

test('responses carry the limits, those with 429 too; waiting by the clock takes no time', async () => {
  const sandbox = openSandbox({ rateLimits: 'server' });
  sandbox.clock.freeze();
  const ask = () => send(sandbox, 'GET', '/v2/systems/alices');
  const responses = await Promise.all(Array.from({ length: 10 }, ask));
  expect(responses.map(({ status }) => status)).toEqual([...Array(9).fill(200), 429]);
  expect(responses[0]?.headers.get('X-RateLimit-Remaining')).toBe('8');
  expect(responses[9]?.headers.get('X-RateLimit-Remaining')).toBe('0');
  expect(responses[9]?.headers.get('Access-Control-Allow-Origin')).toBe('*');
  sandbox.clock.advance(200);
  expect((await ask()).status).toBe(200);
});

test('a scope can be exhausted at will', async () => {
  const sandbox = openSandbox({ rateLimits: 'server' });
  sandbox.clock.freeze();
  sandbox.limits.exhaust('generic_get', sandbox.clock.now());
  expect((await send(sandbox, 'GET', '/v2/systems/alices')).status).toBe(429);
  sandbox.clock.advance(1200);
  expect((await send(sandbox, 'GET', '/v2/systems/alices')).status).toBe(200);
});

describe('the state of the rate limits', () => {
  const start = new Date('2030-01-01T00:00:00Z');
  const openFrozen = (rateLimits: 'server' | 'documented' | 'off') => {
    const sandbox = openSandbox({ rateLimits });
    sandbox.clock.freeze(start);
    return sandbox;
  };
  const left = (sandbox: Sandbox) =>
    sandbox.rateLimits().buckets.map(({ scope, kind, key, remaining }) => [scope, kind, key, remaining]);

  test('tells scope, caller, and the time when a bucket is full again', async () => {
    const sandbox = openFrozen('server');
    expect(sandbox.rateLimits()).toEqual({ mode: 'server', buckets: [] });
    for (let count = 0; count < 3; count += 1) await send(sandbox, 'GET', '/v2/systems/alices');
    await send(sandbox, 'PATCH', '/v2/systems/@me', { as: 'alices', body: { tag: 'x' } });
    const limits = sandbox.rateLimits();
    expect(limits.buckets).toEqual([
      {
        ...{ scope: 'generic_get', kind: 'address', key: '127.0.0.1' },
        ...{ limit: 10, remaining: 6, fullAt: '2030-01-01T00:00:00.3Z' },
      },
      {
        ...{ scope: 'own_system_update', kind: 'system', key: 'alices' },
        ...{ limit: 3, remaining: 1, fullAt: '2030-01-01T00:00:00.333333Z' },
      },
    ]);
    const response = await sandbox.fetch('/_sandbox/rate-limits');
    const text = await response.text();
    expect(JSON.parse(text)).toEqual(limits);
    expect(text).not.toContain(sandbox.tokens.alices);
    sandbox.clock.advance(300);
    expect(sandbox.rateLimits().buckets).toMatchObject([
      { remaining: 10, fullAt: null },
      { remaining: 2, fullAt: '2030-01-01T00:00:00.333333Z' },
    ]);
    sandbox.reset();
    expect(sandbox.rateLimits().buckets).toEqual([]);
  });

  test('counts an API key as its system', async () => {
    const sandbox = openFrozen('server');
    const { token } = await sandbox.createKey({ system: 'bobby', scopes: ['identify'] });
    await send(sandbox, 'GET', '/v2/systems/@me', { headers: { Authorization: `Bearer ${token}` } });
    expect(left(sandbox)).toEqual([['own_system_get', 'system', 'bobby', 8]]);
    expect(JSON.stringify(sandbox.rateLimits())).not.toContain(token.split(':')[2]);
  });

  test.each(['server', 'documented'] as const)(
    'is what the last response has said, also where it was rate limited: %s',
    async (mode) => {
      const sandbox = openFrozen(mode);
      for (let count = 0; count < 12; count += 1) {
        const { headers } = await send(sandbox, 'GET', '/v2/systems/alices');
        expect(left(sandbox).map(([, , , remaining]) => String(remaining))).toEqual([
          headers.get('X-RateLimit-Remaining'),
        ]);
        if (count === 6) sandbox.clock.advance(250);
      }
    },
  );

  test('shows a used-up scope as exhausted for every caller', async () => {
    const sandbox = openFrozen('server');
    await send(sandbox, 'GET', '/v2/systems/alices');
    sandbox.limits.exhaust('generic_get', sandbox.clock.now());
    expect(sandbox.rateLimits().buckets).toEqual([
      {
        ...{ scope: 'generic_get', kind: 'everyone', key: null },
        ...{ limit: 10, remaining: 0, fullAt: '2030-01-01T00:00:01Z' },
      },
      expect.objectContaining({ kind: 'address', remaining: 0, fullAt: '2030-01-01T00:00:01Z' }),
    ]);
    sandbox.clock.advance(500);
    expect(left(sandbox).map(([, kind, , remaining]) => [kind, remaining])).toEqual([
      ['everyone', 4],
      ['address', 4],
    ]);
    sandbox.clock.advance(500);
    expect(left(sandbox)).toEqual([['generic_get', 'address', '127.0.0.1', 10]]);
  });

  test('is empty without limits', async () => {
    const sandbox = openFrozen('off');
    await send(sandbox, 'GET', '/v2/systems/alices');
    sandbox.limits.exhaust('generic_get', sandbox.clock.now());
    expect(sandbox.rateLimits()).toEqual({ mode: 'off', buckets: [] });
  });
});
