import { unlessAborted } from './abort.ts';
import { adminApp, isAdminTarget } from './admin/admin-app.ts';
import { SandboxBot } from './bot/bot.ts';
import { Dispatcher } from './dispatch/dispatch.ts';
import { DroppedConnectionError, FaultList } from './faults/fault-list.ts';
import { nearestOperation } from './faults/nearest-operation.ts';
import { operationHint } from './faults/operation-hint.ts';
import { createApp } from './gateway/app.ts';
import { rateLimitScopes } from './gateway/rate-limit-scopes.ts';
import { describeRateLimits } from './gateway/rate-limit-state.ts';
import { RateLimiter } from './gateway/rate-limiter.ts';
import { createRoutes } from './gateway/routes.ts';
import { register } from './http/faces.ts';
import type { Handle } from './http/messages.ts';
import type { RequestSource } from './http/target.ts';
import { fromWebRequest, toWebResponse } from './http/web.ts';
import { type Exchange, Journal } from './journal/journal.ts';
import { KeyDesk } from './keys/key-desk.ts';
import { KeyRing } from './keys/key-ring.ts';
import { assertOptions } from './options.ts';
import type { Sandbox, SandboxOptions } from './sandbox.ts';
import { createSnapshots } from './snapshots/snapshots.ts';
import { SandboxState } from './state.ts';
import { createIdSource, type IdSource } from './store/ids.ts';
import { createClock } from './time/clock.ts';
import { saveClock } from './time/save-clock.ts';
import defaultWorld from './world/default-world.json' with { type: 'json' };
import { dumpWorld, dumpWorldText } from './world/dump.ts';
import { omittedFromWorld } from './world/export.ts';

const closedMessage = 'The sandbox is closed';
const resetMessage = 'The sandbox was reset while the request waited';
const defaultUrl = 'http://127.0.0.1:4011';

/**
 * @throws TypeError naming the option that is wrong
 * @throws {WorldError} naming the path of what is wrong in the world
 * @throws whatever the storage throws
 */
export function createSandbox(options: SandboxOptions = {}): Sandbox {
  assertOptions(options);
  const { v1 = false, seed, clock = createClock() } = options;
  const letters = v1 ? 5 : 6;
  const dispatcher = new Dispatcher(options.deliver);
  const routes = createRoutes(v1);
  const limits = new RateLimiter(
    options.rateLimits ?? 'off',
    rateLimitScopes(routes),
    options.rateLimitFactor,
  );
  const apps = new Map(Object.entries(options.apps ?? {}).map(([name, token]) => [token, name]));
  const journal = new Journal((method, path) => nearestOperation(routes, method, path));
  const state = new SandboxState(options.world ?? defaultWorld, options.storage);
  let idSource = createIdSource(seed, letters);
  const ids: IdSource = {
    shortId: () => idSource.shortId(),
    uuid: () => idSource.uuid(),
    fraction: () => idSource.fraction(),
  };
  const operations = [...routes.values()].flatMap((methods) => [...methods.values()].map(({ id }) => id));
  const faults = new FaultList(ids.fraction, operations, (word) => operationHint(routes, word));
  /** The number of the world: a delayed request must not change a later one. */
  let era = 0;
  let closed = false;

  const takeBack = () => {
    state.takeBack();
    dispatcher.discard();
  };
  /** Called immediately after each change, so that every response and event is about kept changes. */
  const keep = () => {
    try {
      state.keep();
    } catch (error) {
      dispatcher.discard();
      throw error;
    }
    dispatcher.release();
  };
  const keys = new KeyRing(ids.uuid, () => state.store.keys, keep);
  const keyDesk = new KeyDesk(keys, () => state.store);

  /** After the world was replaced. */
  const startOver = () => {
    era += 1;
    dispatcher.discard();
    dispatcher.clear();
    journal.clear();
    faults.breakOff(new DroppedConnectionError(resetMessage));
    keys.forgetSigner();
    limits.reset();
  };
  const startFromBeginning = () => {
    startOver();
    idSource = createIdSource(seed, letters);
    clock.reset();
  };
  const reset = () => {
    state.reset();
    startFromBeginning();
  };
  const load = (world: unknown) => {
    state.load(world);
    startFromBeginning();
    return omittedFromWorld(world);
  };
  const snapshots = createSnapshots(() => {
    const saved = state.save();
    const restoreClock = saveClock(clock);
    return {
      restore() {
        state.restore(saved);
        startOver();
        restoreClock();
      },
      release: () => state.release(saved),
    };
  });
  /** @returns what throws where the world was replaced, or the sandbox closed, since */
  const watch = () => {
    const eraBefore = era;
    return () => {
      if (era !== eraBefore) throw new DroppedConnectionError(closed ? closedMessage : resetMessage);
    };
  };
  const bot = new SandboxBot({
    context: () => ({ store: state.store, discord: state.discord, services: { clock, ids, dispatcher } }),
    deliver: options.deliver,
    ...{ keep, takeBack, watch },
  });
  const shared = {
    ...{ clock, faults, bot, snapshots, reset, load },
    deliveries: () => dispatcher.deliveries,
    rateLimits: () => describeRateLimits(limits, state.store, clock.now()),
  };
  const admin = adminApp({
    ...shared,
    ...{ journal, keys: keyDesk },
    worldText: () => dumpWorldText(state.store),
    clearDeliveries: () => dispatcher.clear(),
    exhaust: (scope) => limits.exhaust(scope, clock.now()),
  });
  const app = createApp({
    ...{ clock, dispatcher, ids, limiter: limits, faults, keys, apps, routes, v1, keep },
    store: () => state.store,
  });

  const handle: Handle = async (request) => {
    if (closed) throw new TypeError(closedMessage);
    const { method, url, target, signal, headers } = request;
    signal?.throwIfAborted();
    if (isAdminTarget(target)) return unlessAborted(admin(request), signal);
    const began = performance.now();
    const time = clock.now();
    const exchange: Exchange = {};
    const response = await app(request, { exchange, assertCurrent: watch() });
    signal?.throwIfAborted();
    const duration = performance.now() - began;
    journal.add({ time, duration, method, target, url, requestHeaders: headers, response, exchange });
    return response;
  };
  const fetch: Sandbox['fetch'] = async (input, init = {}) =>
    toWebResponse(await handle(fromWebRequest(toRequest(input, init), init)));

  return {
    fetch: register(fetch, handle),
    url: defaultUrl,
    get tokens() {
      const { systems } = state.store;
      return Object.fromEntries(systems.flatMap(({ id, token }) => (token === null ? [] : [[id, token]])));
    },
    ...shared,
    limits,
    world: () => structuredClone(dumpWorld(state.store)),
    createKey: (key) => keyDesk.create(key),
    keys: () => (closed ? [] : keyDesk.list()),
    revokeKey: (id) => keyDesk.revoke(id),
    requests: () => journal.entries(),
    close() {
      closed = true;
      era += 1;
      faults.breakOff(new DroppedConnectionError(closedMessage));
      for (const part of [dispatcher, journal]) part.clear();
    },
  };
}

/** A `Request` is used unchanged where there are no other options. */
function toRequest(
  input: Request | URL | string,
  { target: _, address: __, ...init }: RequestInit & RequestSource,
): Request {
  if (typeof input === 'string' || input instanceof URL) return new Request(new URL(input, defaultUrl), init);
  return Object.keys(init).length === 0 ? input : new Request(input, init);
}
