import { describe, expect, test } from 'vitest';
import { exportSystem, importSystem } from '../../src/backup/index.ts';
import { createCache } from '../../src/cache.ts';
import { PluralKit } from '../../src/index.ts';
import { checkOptions, is, isInteger, isOneOf, isTime } from '../../src/models/check-options.ts';
import { RedisLimiter } from '../../src/redis/index.ts';
import { createSandbox } from '../../src/sandbox/index.ts';
import { createDeliverer, listen } from '../../src/sandbox/node/index.ts';
import { createSandboxTest } from '../../src/sandbox/vitest.ts';
import { watchFronters } from '../../src/watch/index.ts';
import {
  createTestEvent,
  createWebhookHandler,
  toHonoHandler,
  toLambdaHandler,
  toNodeHandler,
  toWorkersHandler,
} from '../../src/webhooks/index.ts';

const sandbox = createSandbox();
const pk = new PluralKit({ userAgent: 'test/1.0 (test@example.com)', fetch: sandbox.fetch });
const file = { system: {}, settings: {}, members: [], groups: [], switches: [] };
const redis = { call: async () => null };

/** Calls a function as plain JavaScript may, and gives what it throws, at once or later. */
async function thrownBy(call: (...values: never[]) => unknown, ...values: unknown[]): Promise<unknown> {
  try {
    return await Reflect.apply(call, undefined, values);
  } catch (error) {
    return error;
  }
}

test.each([
  [{ flagg: true }, 'There is no option “flagg”; did you mean “flag”?'],
  [{ somethingElse: 1 }, 'There is no option “somethingElse”; options: flag, count, time, mode, signal'],
  [{ constructor: 1 }, 'There is no option “constructor”; options: flag, count, time, mode, signal'],
  [{ flag: 'yes' }, 'flag must be true or false'],
  [{ flag: null }, 'flag must be true or false'],
  [{ count: 0 }, 'count must be an integer from 1 to 3'],
  [{ count: 1.5 }, 'count must be an integer from 1 to 3'],
  [{ time: Number.NaN }, 'time must be milliseconds from 5 to 2147483647'],
  [{ time: Number.POSITIVE_INFINITY }, 'time must be milliseconds from 5 to 2147483647'],
  [{ mode: 'c' }, 'mode must be one of a, b'],
  [{ signal: {} }, 'signal must be an AbortSignal'],
  [
    { flagg: true, count: 0 },
    'There is no option “flagg”; did you mean “flag”?\ncount must be an integer from 1 to 3',
  ],
  [[], 'The options must be an object'],
  [null, 'The options must be an object'],
])('the option %j is an error that says what is wrong', (options, message) => {
  const checks = {
    flag: is.flag,
    count: isInteger(1, 3),
    time: isTime(5),
    mode: isOneOf('a', 'b'),
    signal: is.signal,
  };
  expect(() => Reflect.apply(checkOptions, undefined, [options, checks])).toThrow(new TypeError(message));
});

test('options that are omitted or undefined pass', () => {
  const checks = { flag: is.flag, signal: is.signal };
  checkOptions({}, checks);
  checkOptions({ flag: undefined, signal: AbortSignal.abort() }, checks);
});

describe('each public function names the option that is wrong:', () => {
  test.each([
    ['createCache', () => thrownBy(createCache, { maximum: 5 }), '“maximum”; did you mean “max”?'],
    [
      'RedisLimiter',
      () => thrownBy(() => new RedisLimiter(redis, Object({ proceses: 2 }))),
      'did you mean “processes”?',
    ],
    ['listen', () => thrownBy(listen, sandbox, { prot: 1 }), 'did you mean “port”?'],
    ['createDeliverer', () => thrownBy(createDeliverer, { anywere: true }), 'did you mean “anywhere”?'],
    ['createSandboxTest', () => thrownBy(createSandboxTest, { sed: 1 }), 'did you mean “seed”?'],
    [
      'exportSystem',
      () => thrownBy(() => exportSystem(pk, 'harbor', Object({ onprogress: 1 })).next()),
      'did you mean “onProgress”?',
    ],
    ['importSystem', () => thrownBy(importSystem, pk, file, { dryrun: true }), 'did you mean “dryRun”?'],
    [
      'watchFronters',
      () => thrownBy(() => watchFronters(pk, 'harbor', Object({ intervall: 9000 })).next()),
      'did you mean “interval”?',
    ],
    [
      'createWebhookHandler',
      () => thrownBy(createWebhookHandler, { token: 'a', onany: () => 0 }),
      'did you mean “onAny”?',
    ],
    ['createWebhookHandler', () => thrownBy(createWebhookHandler, 'a'), 'object, such as { token }'],
    ['createTestEvent', () => thrownBy(createTestEvent), 'There is no event “undefined”; events: '],
    [
      'createWebhookHandler, also what it lacks',
      () => thrownBy(createWebhookHandler, { tokn: 'a' }),
      '“tokn”; did you mean “token”?\ntoken must be the signing token of the webhook',
    ],
    [
      'an event',
      () => thrownBy(createWebhookHandler, { token: 'a', on: { UPDATE_MEMBR: () => 0 } }),
      'There is no event “UPDATE_MEMBR” (onAny gets newer ones); did you mean “UPDATE_MEMBER”?',
    ],
    [
      'createTestEvent',
      () => thrownBy(createTestEvent, 'PONG'),
      'There is no event “PONG”; did you mean “PING”?',
    ],
  ])('%s', async (_name, call, message) => {
    const error = await call();
    expect(error).toBeInstanceOf(TypeError);
    expect(String(error)).toContain(message);
  });
});

test('a client of Redis is checked', async () => {
  const error = await thrownBy(() => new RedisLimiter(Object({ url: 'redis://localhost' })));
  expect(String(error)).toContain('a method call or sendCommand');
});

test.each([toNodeHandler, toLambdaHandler, toHonoHandler, toWorkersHandler])(
  'the function %o takes a handler alone',
  async (adapter) => {
    expect(String(await thrownBy(adapter, { token: 'a' }))).toContain(
      'The handler must be one of createWebhookHandler',
    );
  },
);

test('an interval beyond the range of timers is rejected', async () => {
  const watch = watchFronters(pk, 'harbor', { interval: Number.POSITIVE_INFINITY });
  await expect(watch.next()).rejects.toThrow('interval must be milliseconds from 5000 to 86400000');
});
