import { describe, expect, test } from 'vitest';
import { createClock } from '../../src/sandbox/clock.ts';
import { RateLimiter } from '../../src/sandbox/limits.ts';
import { openSandbox, send } from './support.ts';

const get = { scope: 'generic_get', ownSystemScope: 'own_system_get' };
const update = { scope: 'generic_update', ownSystemScope: 'own_system_update' };
const anyone = { address: '192.0.2.1', ownSystem: undefined };

function start(mode: 'server' | 'documented') {
  const clock = createClock(() => Date.UTC(2026, 0, 1));
  const limiter = new RateLimiter(mode);
  const passes = (scopes = get, caller: { address: string; ownSystem: string | undefined } = anyone) =>
    limiter.check(scopes, caller, clock.now()).refusal === undefined;
  return { clock, limiter, passes };
}

describe('as the server has them', () => {
  test('a burst passes 9 reads, and refuses the tenth although it takes its place', () => {
    const { limiter, clock } = start('server');
    const results = Array.from({ length: 11 }, () => limiter.check(get, anyone, clock.now()));
    expect(results.map(({ refusal }) => refusal === undefined)).toEqual([
      ...Array(9).fill(true),
      false,
      false,
    ]);
    expect(results[9]?.refusal).toEqual({
      message: '429: too many requests',
      retry_after: 0,
      scope: 'generic_get',
      code: 0,
    });
    expect(results[10]?.refusal?.retry_after).toBe(100);
  });

  test('two updates pass at once', () => {
    const { passes } = start('server');
    expect([passes(update), passes(update), passes(update)]).toEqual([true, true, false]);
  });

  test.each([
    [get, 100],
    [update, 334],
  ])('%j each %i ms is never refused', (scopes, pause) => {
    const { clock, passes } = start('server');
    for (let count = 0; count < 1000; count += 1) {
      expect(passes(scopes)).toBe(true);
      clock.advance(pause);
    }
  });

  test("one's own system has a bucket of its own, wherever one calls from", () => {
    const { passes, limiter, clock } = start('server');
    for (let count = 0; count < 10; count += 1) passes();
    const own = (address: string) => ({ address, ownSystem: 'a system' });
    const result = limiter.check(get, own('192.0.2.1'), clock.now());
    expect(result.refusal).toBeUndefined();
    expect(result.headers['X-RateLimit-Scope']).toBe('own_system_get');
    for (let count = 0; count < 8; count += 1) expect(passes(get, own('192.0.2.2'))).toBe(true);
    expect(limiter.check(get, own('192.0.2.3'), clock.now()).refusal?.scope).toBe('generic_get');
  });

  test('callers at other addresses are not held back', () => {
    const { passes } = start('server');
    for (let count = 0; count < 12; count += 1) passes();
    expect(passes(get, { ...anyone, address: '192.0.2.9' })).toBe(true);
  });
});

describe('as they are documented', () => {
  test('ten reads and three updates pass at once', () => {
    const { passes } = start('documented');
    expect(Array.from({ length: 11 }, () => passes()).filter(Boolean)).toHaveLength(10);
    expect(Array.from({ length: 4 }, () => passes(update)).filter(Boolean)).toHaveLength(3);
  });

  test('messages have a scope of their own, one’s own system has none, and the reset is in milliseconds', () => {
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

test('answers carry the limits, refusals too; waiting by the clock takes no time', async () => {
  const sandbox = openSandbox({ rateLimits: 'server' });
  sandbox.clock.freeze();
  const ask = () => send(sandbox, 'GET', '/v2/systems/alices');
  const answers = await Promise.all(Array.from({ length: 10 }, ask));
  expect(answers.map(({ status }) => status)).toEqual([...Array(9).fill(200), 429]);
  expect(answers[0]?.headers.get('X-RateLimit-Remaining')).toBe('9');
  expect(answers[9]?.headers.get('X-RateLimit-Remaining')).toBe('0');
  expect(answers[9]?.headers.get('Access-Control-Allow-Origin')).toBe('*');
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
