import type { Cache } from './cache.ts';
import type { Events } from './events.ts';
import type { Limiter } from './limiter.ts';
import type { RetryOptions } from './retry.ts';

/** Options that a single call takes, and the constructor for all calls. */
export interface CallDefaults {
  /**
   * How often a call is tried; `false` for once, whatever happens.
   *
   * @default { attempts: 3, refusals: 5 }
   */
  readonly retry?: RetryOptions | false | undefined;
  /**
   * Milliseconds that a call may take, with all its attempts and the waits between them, but without the time for which
   * the limiter lets it wait for its turn. `Infinity` for no end.
   *
   * @default 30_000
   */
  readonly timeout?: number | undefined;
}

/** Options of a single call. */
export interface CallOptions extends CallDefaults {
  /** Ends the call wherever it is: waiting for its turn, on its way, or between attempts. */
  readonly signal?: AbortSignal | undefined;
}

/** Options of the low level alone. */
export interface TransportOptions extends CallDefaults, Events {
  /**
   * A legacy token or an API key (`pkapi:…`). Without one, only what is public can be read.
   */
  readonly token?: string | null | undefined;
  /**
   * Names the application and how to reach its author, such as `my-bot/1.0 (me@example.com)`. The API refuses requests
   * without one. Browsers send their own instead.
   */
  readonly userAgent: string;
  /**
   * Where the API is, with its version.
   *
   * @default 'https://api.pluralkit.me/v2'
   */
  readonly baseUrl?: string | undefined;
  /**
   * What sends the requests.
   *
   * @default globalThis.fetch
   */
  readonly fetch?: ((url: string, init: RequestInit) => Promise<Response>) | undefined;
  /**
   * Paces the requests. Give the same one to all clients that share an IP address.
   *
   * @default new MemoryLimiter()
   */
  readonly limiter?: Limiter | undefined;
}

/** Options of the constructor. */
export interface PluralKitOptions extends TransportOptions {
  /**
   * Remembers message lookups: `createCache()` of `pluralkit-openapi/cache`, which is bounded, or anything with `get` and
   * `set`, such as a Keyv. Clients may share one: no caller is given what another may see.
   */
  readonly cache?: Cache | undefined;
  /**
   * Milliseconds for which the cache keeps a message that was found, and for which it keeps that there is none. The second
   * should be short: a message is stored a moment after it was posted.
   *
   * @default { found: 300_000, missing: 5_000 }
   */
  readonly cacheTtl?: { readonly found?: number; readonly missing?: number } | undefined;
}
