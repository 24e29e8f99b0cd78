import { once } from 'node:events';
import { Readable } from 'node:stream';
import { describe, expect, test } from 'vitest';
import { MemoryLimiter, PluralKit } from '../../src/index.ts';
import { createSandbox } from '../../src/sandbox/index.ts';
import { FrontEvents, type WatchOptions, watchFronters } from '../../src/watch/index.ts';
import { json, userAgent } from '../client/helpers.ts';
import { simulate, sleep } from '../client/simulation.ts';
import { rejectingListener, unhandledDuring } from '../support/unhandled.ts';

function setUp() {
  const sandbox = createSandbox({ rateLimits: 'server' });
  const state = { requests: 0, broken: undefined as Response | undefined };
  const pk = new PluralKit({
    token: sandbox.tokens.harbor,
    userAgent,
    limiter: new MemoryLimiter(),
    retry: false,
    fetch: async (url, init) => {
      if (init.method === 'GET') state.requests++;
      return state.broken?.clone() ?? sandbox.fetch(new Request(url, init));
    },
  });
  const switchTo = (...members: string[]) => pk.switches.create('@me', { members });
  return { pk, state, switchTo, sandbox };
}

/** Watches while something happens, and gives the names of those who fronted, one after the other. */
async function watch(pk: PluralKit, options: WatchOptions, happen: () => Promise<unknown>) {
  const stop = new AbortController();
  const fronts: (string | undefined)[] = [];
  await simulate(async () => {
    const watching = (async () => {
      for await (const front of pk.switches.watchFronters('@me', { ...options, signal: stop.signal }))
        fronts.push(front?.members.map(({ id }) => id).join('+'));
    })();
    await Promise.all([watching, happen().finally(() => stop.abort())]);
  });
  return fronts;
}

test('a watch yields who fronts at first and after each change, asking once an interval', async () => {
  const { pk, state, switchTo } = setUp();
  const fronts = await watch(pk, { interval: 10_000 }, async () => {
    await sleep(100);
    await switchTo('quillq');
    await sleep(60_000);
    await pk.members.update('quillq', { pronouns: 'new/new' });
    await sleep(20_000);
    await switchTo();
    await sleep(20_000);
  });
  expect(fronts.slice(-2)).toEqual(['quillq', '']);
  expect(fronts).toHaveLength(3);
  expect(state.requests).toBeGreaterThanOrEqual(9);
  expect(state.requests).toBeLessThanOrEqual(11);
});

test('a watch yields null for a system that has never switched', async () => {
  const sandbox = createSandbox({
    world: {
      systems: [
        {
          id: 'fresh',
          uuid: '00000000-0000-4000-8000-0000000000aa',
          created: '2020-01-01T00:00:00Z',
          token: 'a-token',
        },
      ],
    },
  });
  const pk = new PluralKit({
    userAgent,
    limiter: new MemoryLimiter(),
    fetch: (url, init) => sandbox.fetch(new Request(url, init)),
  });
  for await (const front of watchFronters(pk, 'fresh')) {
    expect(front).toBeNull();
    break;
  }
});

test('a watch with webhook events polls after each event about a switch, and hardly otherwise', async () => {
  const { pk, state, switchTo } = setUp();
  const events = new FrontEvents();
  const { uuid } = await pk.systems.get('@me');
  state.requests = 0;
  const fronts = await watch(pk, { events }, async () => {
    await sleep(1_000);
    await switchTo('quillq');
    events.push({ type: 'UPDATE_MEMBER', system_id: uuid });
    events.push({ type: 'CREATE_SWITCH', system_id: '00000000-0000-4000-8000-000000000000' });
    await sleep(1_000);
    expect(state.requests).toBe(2);
    events.push({ type: 'CREATE_SWITCH', system_id: uuid });
    await sleep(1_000);
    await switchTo('marina');
    // An event that got lost.
    await sleep(340_000);
  });
  expect(fronts.slice(1)).toEqual(['quillq', 'marina']);
  expect(state.requests).toBeLessThanOrEqual(5);
});

test('a flood of webhook events makes at most one request a second', async () => {
  const { pk, state } = setUp();
  const events = new FrontEvents();
  const { uuid } = await pk.systems.get('@me');
  state.requests = 0;
  await watch(pk, { events }, async () => {
    for (let count = 0; count < 200; count++) {
      events.push({ type: 'CREATE_SWITCH', system_id: uuid });
      await sleep(50);
    }
  });
  // The system is read once for its UUID.
  expect(state.requests).toBeGreaterThanOrEqual(9);
  expect(state.requests).toBeLessThanOrEqual(12);
});

test.each([null, undefined, 5, {}, { type: 5 }])('the method push rejects what is no event: %j', (event) => {
  // @ts-expect-error: people without a type checker get it wrong
  expect(() => new FrontEvents().push(event)).toThrow(new TypeError('push takes an event of a webhook'));
});

describe.each([
  ['pk.switches.watchFronters', (pk: PluralKit) => pk.switches.watchFronters('@me')],
  ['watchFronters', (pk: PluralKit) => watchFronters(pk, '@me')],
])('%s', (_, watchAll) => {
  test.each(['return', 'throw'] as const)('%s() ends it while the next change is awaited', async (end) => {
    const { pk } = setUp();
    const fronts = watchAll(pk);
    await fronts.next();
    const next = fronts.next();
    const ended = fronts[end](undefined);
    expect(await next).toEqual({ done: true, value: undefined });
    if (end === 'return') expect(await ended).toEqual({ done: true, value: undefined });
    else await expect(ended).rejects.toBeUndefined();
    expect(await fronts.next()).toEqual({ done: true, value: undefined });
  });

  test('return() ends the request that is under way', async () => {
    const { pk, state } = setUp();
    const hanging = pk.with({
      fetch: (_url, { signal }) => {
        state.requests++;
        return new Promise((_resolve, reject) =>
          signal?.addEventListener('abort', () => reject(signal.reason)),
        );
      },
    });
    const fronts = watchAll(hanging);
    const next = fronts.next();
    await expect.poll(() => state.requests).toBe(1);
    await fronts.return();
    expect(await next).toEqual({ done: true, value: undefined });
  });

  test('a stream of it can be destroyed', async () => {
    const { pk } = setUp();
    const stream = Readable.from(watchAll(pk));
    await once(stream, 'data');
    stream.destroy();
    await once(stream, 'close');
    expect(stream.destroyed).toBe(true);
  });
});

test('a watch with an ended signal yields nothing', async () => {
  const { pk, state } = setUp();
  const signal = AbortSignal.abort();
  for await (const _front of pk.switches.watchFronters('@me', { signal })) expect.unreachable();
  expect(state.requests).toBe(0);
});

test('a watch continues after failures of the server, with growing delays', async () => {
  const { pk, state, switchTo } = setUp();
  const errors: unknown[] = [];
  const fronts = await watch(pk, { interval: 5_000, onError: (error) => errors.push(error) }, async () => {
    await sleep(100);
    await switchTo('quillq');
    state.broken = new Response('', { status: 503 });
    await sleep(60_000);
    state.broken = undefined;
    await sleep(60_000);
  });
  expect(fronts.at(-1)).toBe('quillq');
  expect(errors.length).toBeGreaterThanOrEqual(3);
  expect(errors.length).toBeLessThanOrEqual(4);
});

test('an async onError that rejects does not bring the process down', async () => {
  const { pk, state } = setUp();
  state.broken = new Response('', { status: 503 });
  const unhandled = await unhandledDuring(() =>
    watch(pk, { onError: rejectingListener }, () => sleep(40_000)),
  );
  expect(state.requests).toBeGreaterThan(1);
  expect(unhandled).toEqual([]);
});

test('a watch ends with an error where trying again would not help', async () => {
  const { pk, state } = setUp();
  state.broken = json({ code: 30004, message: 'Unauthorized to view fronters.' }, 403);
  await expect(watchFronters(pk, 'relays').next()).rejects.toMatchObject({ name: 'ForbiddenError' });
});

test.each([0, 4_999, Number.NaN])('a watch rejects an interval of %d', async (interval) => {
  await expect(watchFronters(setUp().pk, '@me', { interval }).next()).rejects.toThrow(TypeError);
});
