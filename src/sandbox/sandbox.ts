import type { FileNote } from '../models/export/notes.ts';
import type { WebRequest, WebRequestInit, WebResponse, WebUrl } from '../models/web-types.ts';
import type { SandboxBot } from './bot/bot.ts';
import type { Deliver, Delivery } from './dispatch/dispatch.ts';
import type { FaultList } from './faults/fault-list.ts';
import type { RateLimitState } from './gateway/rate-limit-state.ts';
import type { RateLimiter, RateLimitMode } from './gateway/rate-limiter.ts';
import type { RequestSource } from './http/target.ts';
import type { JournalEntry } from './journal/journal.ts';
import type { CreatedKey, KeyDescription, NewKey } from './keys/key-desk.ts';
import type { SandboxSnapshots } from './snapshots/snapshots.ts';
import type { Storage } from './storage/storage.ts';
import type { Clock } from './time/clock.ts';
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
   * Keeps the state and the API keys; where it already has a state, the sandbox continues from that, and ignores
   * `world`. The clock, requests, events and faults are not kept.
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
  /** The base of addresses that are only a path. */
  readonly url: string;
  /** Tokens by the id of their system. */
  readonly tokens: Readonly<Record<string, string>>;
  readonly clock: Clock;
  readonly faults: FaultList;
  readonly limits: RateLimiter;
  /** How rate limits work here, and what is left of each. */
  rateLimits(): RateLimitState;
  /**
   * Creates an API key for a system. Keys are not part of the world: only this sandbox, and the next one with the same storage,
   * accept them, and `reset` and `load` revoke them all.
   *
   * @throws {WorldError} naming the path of what is wrong
   */
  createKey(key: NewKey): Promise<CreatedKey>;
  /** The valid API keys. */
  keys(): readonly KeyDescription[];
  /**
   * Revokes an API key, which is invalid from then on.
   *
   * @param id - the key's `id`
   * @returns whether there was such a key
   */
  revokeKey(id: string): boolean;
  /** The bot, on a simulated Discord. */
  readonly bot: SandboxBot;
  /** Saved states by name. */
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
   * Closes it: later requests are rejected with a TypeError, so that code that outlives a test is noticed, and its journal,
   * events, faults and keys are freed. The world can still be read, and the storage stays open.
   */
  close(): void;
}
