import type { FileNote } from '../models/export/notes.ts';
import type { WebRequest, WebRequestInit, WebResponse, WebUrl } from '../models/web-types.ts';
import { unlessAborted } from './abort.ts';
import { adminApp, isAdminTarget } from './admin/admin-app.ts';
import { SandboxBot } from './bot/bot.ts';
import { DiscordState } from './bot/discord-state.ts';
import { type Deliver, type Delivery, Dispatcher } from './dispatch/dispatch.ts';
import { DroppedConnectionError, FaultList } from './faults/fault-list.ts';
import { nearestOperation } from './faults/nearest-operation.ts';
import { createApp } from './gateway/app.ts';
import { rateLimitScopes } from './gateway/rate-limit-scopes.ts';
import { describeRateLimits, type RateLimitState } from './gateway/rate-limit-state.ts';
import { RateLimiter, type RateLimitMode } from './gateway/rate-limiter.ts';
import { createRoutes } from './gateway/routes.ts';
import { register } from './http/faces.ts';
import type { Handle } from './http/messages.ts';
import type { RequestSource } from './http/target.ts';
import { fromWebRequest, toWebResponse } from './http/web.ts';
import { type Exchange, Journal, type JournalEntry } from './journal/journal.ts';
import { keptKeys } from './keys/kept-key.ts';
import { type CreatedKey, type KeyDescription, KeyDesk, type NewKey } from './keys/key-desk.ts';
import { KeyRing } from './keys/key-ring.ts';
import { assertOptions } from './options.ts';
import { createSnapshots, type SandboxSnapshots } from './snapshots/snapshots.ts';
import { StateKeeper } from './storage/state-keeper.ts';
import { assembleWorld, type KeptKind, type Storage } from './storage/storage.ts';
import { createIdSource, type IdSource } from './store/ids.ts';
import { Store } from './store/store.ts';
import { type Clock, createClock } from './time/clock.ts';
import { saveClock } from './time/save-clock.ts';
import defaultWorld from './world/default-world.json' with { type: 'json' };
import { dumpRecord, dumpWorld } from './world/dump.ts';
import { omittedFromWorld } from './world/export.ts';
import { loadWorld } from './world/load.ts';
import type { FullWorld, World } from './world/world.ts';

export interface SandboxOptions {
  /**
   * What is there at the start.
   *
   * @default a small world that shows every feature
   */
  readonly world?: World;
  /** @default a clock that shows the real time */
  readonly clock?: Clock;
  /** With a seed, new things get the same ids in every run. */
  readonly seed?: number;
  /** @default 'off' */
  readonly rateLimits?: RateLimitMode;
  /**
   * Multiplies every rate limit, for load tests: with 100, 1,000 GETs and 300 updates a second pass. The rules and the headers
   * stay the same. An integer from 1.
   *
   * @default 1
   */
  readonly rateLimitFactor?: number;
  /**
   * Tokens of applications by name: requests with one of them in `X-PluralKit-App` share the limit `token2` of 20 a second.
   *
   * @default none
   */
  readonly apps?: Readonly<Record<string, string>>;
  /**
   * Serves version 1, which the real server has retired.
   *
   * @default false
   */
  readonly v1?: boolean;
  /** Posts the webhook events; without it they are only recorded. */
  readonly deliver?: Deliver;
  /**
   * Keeps the state and the API keys; where it has kept some before, the sandbox goes on from that, and `world` is not
   * looked at. The clock, requests, events and faults are not kept.
   *
   * @default the state is gone with the sandbox
   */
  readonly storage?: Storage;
}

/** A PluralKit server in memory. */
export interface Sandbox {
  /**
   * Responds to a request, whatever its host; may stand wherever `fetch` is taken. Never throws; rejects where a fault breaks
   * the connection, where the signal of the request is aborted (with its reason), where the sandbox is reset while the
   * request waits, and after `close`.
   *
   * @param input - a request, or its address, which may be a path alone
   */
  fetch(input: WebRequest | WebUrl | string, init?: WebRequestInit & RequestSource): Promise<WebResponse>;
  /** Where addresses that are a path alone belong to. */
  readonly url: string;
  /** Tokens by the id of their system. */
  readonly tokens: Readonly<Record<string, string>>;
  readonly clock: Clock;
  readonly faults: FaultList;
  readonly limits: RateLimiter;
  /** How rate limits work here, and what is left of each. */
  rateLimits(): RateLimitState;
  /**
   * Gives out an API key for a system. Keys are no part of the world: no other sandbox knows them, except the next one with
   * the same storage, and `reset` and `load` revoke them all.
   *
   * @throws {WorldError} naming the path of what is wrong
   */
  createKey(key: NewKey): Promise<CreatedKey>;
  /** The API keys that count. */
  keys(): readonly KeyDescription[];
  /**
   * Revokes an API key: it counts as none from now on.
   *
   * @param id - the key's `id`
   * @returns whether there was such a key
   */
  revokeKey(id: string): boolean;
  /** What only PluralKit's bot can do, on a Discord that is made up. */
  readonly bot: SandboxBot;
  /** States by name, to go back to. */
  readonly snapshots: SandboxSnapshots;
  /** A copy of all that is there now, in the format that `load` takes. */
  world(): FullWorld;
  /**
   * Starts over from another world; `reset` then goes back to that one. An export of PluralKit or Tupperbox is taken as a
   * world of one system; parse its text with `parseJsonKeepingDigits`, as accounts are long numbers.
   *
   * @returns what of an export cannot be taken
   * @throws {WorldError} naming the path of what is wrong; nothing changes then
   */
  load(world: World | object): readonly FileNote[];
  /** Goes back to the world at the start: state, API keys, requests, events, clock, faults, ids and rate limits. */
  reset(): void;
  /** The latest 1,000 requests since the start or the last reset, oldest first; those to `/_sandbox` are not kept. */
  requests(): readonly JournalEntry[];
  /** The webhook events sent since the start or the last reset, in order; each once its change is kept, where there is a storage. */
  deliveries(): readonly Delivery[];
  /**
   * Ends it: requests from now on are rejected with a TypeError, so that what outlives a test is noticed, and its journal,
   * events, faults and keys are let go. The world can still be looked at, and the storage is left to its opener.
   */
  close(): void;
}

const closedMessage = 'The sandbox is closed';
const resetMessage = 'The sandbox was reset while the request waited';
const defaultUrl = 'http://127.0.0.1:4011';

/** @throws TypeError naming the option that is wrong; {WorldError} naming the path of what is wrong in the world */
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
  const keeper = options.storage && new StateKeeper(options.storage);
  const onChange = (kind: KeptKind, key: string) => keeper?.touch(kind, key);
  const kept = options.storage?.read();
  let start = loadWorld(kept?.start ?? options.world ?? defaultWorld);
  let store = new Store(kept === undefined ? start : loadWorld(assembleWorld(kept.records)), onChange);
  let discord = new DiscordState();
  let idSource = createIdSource(seed, letters);
  const ids: IdSource = {
    shortId: () => idSource.shortId(),
    uuid: () => idSource.uuid(),
    fraction: () => idSource.fraction(),
  };
  const operations = [...routes.values()].flatMap((methods) => [...methods.values()].map(({ id }) => id));
  const faults = new FaultList(ids.fraction, operations);
  const keys = new KeyRing(ids.uuid, (id) => onChange('key', id), keptKeys(kept?.records));
  /** Counts the worlds: a request that has waited must not change one that came after it. */
  let era = 0;
  let closed = false;
  const keyDesk = new KeyDesk(keys, () => store);
  const dump = (kind: KeptKind, key: string) =>
    kind === 'key' ? keys.dump(key) : dumpRecord(store, kind, key);
  const dumpStart = () => dumpWorld(start);
  /** A response or an event means that the change is stored. */
  const keep = () => {
    keeper?.flush(dump, dumpStart);
    dispatcher.release();
  };
  if (kept === undefined) keeper?.replace(store);
  keep();

  const startFrom = (original: Store, originalDiscord?: DiscordState) => {
    era += 1;
    store = new Store(original, onChange);
    discord = new DiscordState(originalDiscord);
    keeper?.replace(store);
    dispatcher.discard();
    dispatcher.clear();
    journal.clear();
    faults.breakOff(new DroppedConnectionError(resetMessage));
    keys.clear();
    limits.reset();
  };
  const reset = () => {
    startFrom(start);
    idSource = createIdSource(seed, letters);
    clock.reset();
    keep();
  };
  const load = (world: unknown) => {
    start = loadWorld(world);
    reset();
    return omittedFromWorld(world);
  };
  const snapshots = createSnapshots(() => {
    const saved = new Store(store);
    const savedDiscord = new DiscordState(discord);
    const restoreClock = saveClock(clock);
    return () => {
      startFrom(saved, savedDiscord);
      restoreClock();
      keep();
    };
  });
  const assertSame = (eraBefore: number) => {
    if (era !== eraBefore) throw new DroppedConnectionError(closed ? closedMessage : resetMessage);
  };
  const bot = new SandboxBot({
    context: () => ({ store, discord, services: { clock, ids, dispatcher } }),
    deliver: options.deliver,
    keep,
    watch() {
      const eraBefore = era;
      return () => assertSame(eraBefore);
    },
  });
  const state = {
    reset,
    load,
    bot,
    snapshots,
    world: () => dumpWorld(store),
    deliveries: () => dispatcher.deliveries,
    rateLimits: () => describeRateLimits(limits, store, clock.now()),
  };
  const admin = adminApp({
    ...state,
    ...{ clock, faults, journal, keys: keyDesk },
    clearDeliveries: () => dispatcher.clear(),
    exhaust: (scope) => limits.exhaust(scope, clock.now()),
  });
  const app = createApp({
    ...{ clock, dispatcher, ids, limiter: limits, faults, keys, apps, routes, v1 },
    store: () => store,
  });

  const close = () => {
    closed = true;
    era += 1;
    faults.breakOff(new DroppedConnectionError(closedMessage));
    for (const part of [dispatcher, journal, keys]) part.clear();
  };

  const handle: Handle = async (request) => {
    if (closed) throw new TypeError(closedMessage);
    const { method, url, target, signal } = request;
    signal?.throwIfAborted();
    if (isAdminTarget(target)) {
      const response = await unlessAborted(admin(request), signal);
      keep();
      return response;
    }
    const eraBefore = era;
    const assertCurrent = () => assertSame(eraBefore);
    const began = performance.now();
    const time = clock.now();
    const exchange: Exchange = {};
    const response = await app(request, { exchange, assertCurrent });
    keep();
    signal?.throwIfAborted();
    const duration = performance.now() - began;
    journal.add({ time, duration, method, target, url, requestHeaders: request.headers, response, exchange });
    return response;
  };
  const fetch: Sandbox['fetch'] = async (input, init = {}) =>
    toWebResponse(await handle(fromWebRequest(toRequest(input, init), init)));
  return {
    fetch: register(fetch, handle),
    url: defaultUrl,
    get tokens() {
      return Object.fromEntries(
        [...store.systems].flatMap(({ id, token }) => (token === null ? [] : [[id, token]])),
      );
    },
    ...{ clock, faults, limits },
    ...state,
    world: () => structuredClone(state.world()),
    async createKey(key) {
      const created = await keyDesk.create(key);
      keep();
      return created;
    },
    keys: () => keyDesk.list(),
    revokeKey(id) {
      const wasThere = keyDesk.revoke(id);
      keep();
      return wasThere;
    },
    requests: () => journal.entries(),
    close,
  };
}

/** A request is taken as it is, unless there is something to change about it. */
function toRequest(
  input: Request | URL | string,
  { target: _, address: __, ...init }: RequestInit & RequestSource,
): Request {
  if (typeof input === 'string' || input instanceof URL) return new Request(new URL(input, defaultUrl), init);
  return Object.keys(init).length === 0 ? input : new Request(input, init);
}
