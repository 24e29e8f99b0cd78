import { createApp, type RequestSource } from './app.ts';
import { type Clock, createClock } from './clock.ts';
import { type Deliver, type Delivery, Dispatcher } from './dispatch.ts';
import { createIdSource } from './ids.ts';
import { RateLimiter, type RateLimitMode } from './limits.ts';
import { Store } from './store/store.ts';
import defaultWorld from './world/default-world.json' with { type: 'json' };
import { dumpWorld } from './world/dump.ts';
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
   * Serves version 1, which the real server has retired.
   *
   * @default false
   */
  readonly v1?: boolean;
  /** Posts the webhook events; without it they are only recorded. */
  readonly deliver?: Deliver;
}

/** A PluralKit server in memory. */
export interface Sandbox {
  /** Answers a request, whatever its host. */
  fetch(request: Request, source?: RequestSource): Promise<Response>;
  /** Tokens by the id of their system. */
  readonly tokens: Readonly<Record<string, string>>;
  readonly clock: Clock;
  readonly limits: RateLimiter;
  /** All that is there now, in the format that `load` takes. */
  world(): FullWorld;
  /**
   * Starts over from another world; `reset` then goes back to that one.
   *
   * @throws {WorldError} naming the path of what is wrong; nothing changes then
   */
  load(world: World): void;
  /** Goes back to the world at the start: state, events, clock, ids and rate limits. */
  reset(): void;
  /** The webhook events sent since the start or the last reset, in order. */
  deliveries(): readonly Delivery[];
}

export function createSandbox(options: SandboxOptions = {}): Sandbox {
  const letters = options.v1 === true ? 5 : 6;
  const clock = options.clock ?? createClock();
  const dispatcher = new Dispatcher(options.deliver);
  const limits = new RateLimiter(options.rateLimits ?? 'off');
  let start = loadWorld(options.world ?? defaultWorld);
  let store = new Store(start);
  let idSource = createIdSource(options.seed, letters);
  const ids = { shortId: () => idSource.shortId(), uuid: () => idSource.uuid() };
  const app = createApp({
    clock,
    dispatcher,
    ids,
    limiter: limits,
    store: () => store,
    v1: options.v1 === true,
  });

  const reset = () => {
    store = new Store(start);
    idSource = createIdSource(options.seed, letters);
    dispatcher.clear();
    limits.reset();
    clock.reset();
  };
  return {
    fetch: async (request, source = {}) => app.fetch(request, { source }),
    get tokens() {
      return Object.fromEntries(
        [...store.systems].flatMap(({ id, token }) => (token === null ? [] : [[id, token]])),
      );
    },
    clock,
    limits,
    world: () => dumpWorld(store),
    load(world) {
      start = loadWorld(world);
      reset();
    },
    reset,
    deliveries: () => dispatcher.deliveries,
  };
}
