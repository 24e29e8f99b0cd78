import type { WebAbortSignal, WebResponse } from '../models/web-types.ts';
import type { Cache } from './cache.ts';
import type { Events } from './events.ts';
import type { Limiter } from './limiter.ts';
import type { RetryOptions } from './retry.ts';
import type { View } from './view.ts';

/** Options that a single call takes, and the constructor for all calls. */
export interface CallDefaults {
  /**
   * How often a call is tried; `false` for once only.
   *
   * @default `{ attempts: 3, rateLimited: Infinity }`
   */
  readonly retry?: RetryOptions | false | undefined;
  /**
   * Milliseconds that a call may take from its turn on: all attempts, the waits between them, and the body. Waiting in line
   * behind other calls of this process does not count, also before a retry. Waiting because of a 429 does: where its
   * `retry_after` is longer than the time that is left, the call fails at once with {@link RateLimitedError}, and so do later
   * calls until then. `Infinity` for no limit.
   *
   * @default 30_000
   */
  readonly timeout?: number | undefined;
  /**
   * Milliseconds that a call may take in total, including waiting in line, for programs that respond to a person. `Infinity`
   * for no limit.
   *
   * @default Infinity
   */
  readonly totalTimeout?: number | undefined;
}

/** Options of a single call. */
export interface CallOptions extends CallDefaults {
  /** Aborts the call at any point: while it waits for its turn, is sent, or waits for a retry. */
  readonly signal?: WebAbortSignal | undefined;
}

/** The options that the client passes to `fetch`. */
export interface FetchOptions {
  readonly method: string;
  readonly headers: Readonly<Record<string, string>>;
  /** JSON. */
  readonly body: string | null;
  readonly redirect: 'manual';
  readonly signal: WebAbortSignal | null;
}

/** Options of the low level alone. */
export interface TransportOptions extends CallDefaults, Events {
  /**
   * A legacy token or an API key (`pkapi:…`). Without one, only what is public can be read.
   */
  readonly token?: string | null | undefined;
  /**
   * Names the application and how to reach its author, such as `my-bot/1.0 (me@example.com)`. The API rejects requests
   * without one. Browsers send their own instead.
   */
  readonly userAgent: string;
  /**
   * The address of the API, with its version.
   *
   * @default 'https://api.pluralkit.me/v2'
   */
  readonly baseUrl?: string | undefined;
  /**
   * The function that sends the requests.
   *
   * @default globalThis.fetch
   */
  readonly fetch?: ((url: string, init: FetchOptions) => Promise<WebResponse>) | undefined;
  /**
   * Paces the requests.
   *
   * @default one {@link MemoryLimiter} that all clients of the process share
   */
  readonly limiter?: Limiter | undefined;
}

/** Options of the constructor. */
export interface PluralKitOptions<ClientView extends View = View> extends TransportOptions {
  /**
   * How the caller's own system (`@me`) is typed. A legacy token sees all of it; an API key sees private fields only of the
   * parts that its scopes allow, and the rest as anyone does: `privacy` is `null`. `'owner'` states that the token sees
   * all of it, so that `systems.get('@me')` gives an `OwnSystem`, `members.list('@me')` gives `OwnMember`s, and so on. The
   * client checks the scopes of an API key against that.
   *
   * @default 'anyone'
   */
  readonly view?: ClientView | undefined;
  /**
   * Remembers message lookups: `createCache()` of `pluralkit-openapi/cache`, which is bounded, or anything with `get` and
   * `set`, such as a Keyv. Clients may share one: callers never get results of others.
   */
  readonly cache?: Cache | undefined;
  /**
   * Milliseconds for which the cache keeps found messages, and “not found”. The second should be short, as a message is
   * stored a moment after it was posted.
   *
   * @default { found: 300_000, missing: 5_000 }
   */
  readonly cacheTtl?: { readonly found?: number; readonly missing?: number } | undefined;
}
