import type { WebAbortSignal } from '../models/web-types.ts';

/** A bucket of the server in which requests are counted. */
export interface BucketReference {
  /**
   * The name of the bucket: its scope, the server's origin, and its system, such as `generic_get https://api.pluralkit.me`. It
   * never holds a token.
   */
  readonly id: string;
  /** Requests a second, as known before the first response. */
  readonly limit: number;
}

/** A request for a place. A retry passes the same object again. */
export interface LimiterRequest {
  /**
   * Every bucket that the request may be counted in: more than one until a response shows which. Call it again before each
   * try, since responses to other requests may show it, too.
   */
  buckets(): readonly BucketReference[];
  /** Ends the wait. */
  readonly signal?: WebAbortSignal | undefined;
  /**
   * Milliseconds that are left for the call. Waiting in line does not use them, but waiting for the server's `retry_after`
   * does: the limiter subtracts that time.
   */
  timeLeft: number;
  /** For the limiter to set: the request's place in line, which it keeps when it is sent again. */
  place?: number;
}

/** The facts of a response. */
export interface LimiterResponse {
  /**
   * The bucket that counted the request, requested or not; null where none did; undefined where the server does not
   * say.
   */
  readonly bucket?: BucketReference | null | undefined;
  /** `X-RateLimit-Limit`: requests a second. */
  readonly limit?: number | undefined;
  /** `X-RateLimit-Remaining`: requests left, rounded down. */
  readonly remaining?: number | undefined;
  /** Only for a rate-limited request (429): milliseconds until the server accepts requests again. */
  readonly retryAfter?: number | undefined;
}

/**
 * To be called with the response, or with nothing where none came: then the server may have counted the request. Only the
 * first call counts.
 */
export type Settle = (response?: LimiterResponse) => void;

/**
 * Paces requests. Within one process, a {@link MemoryLimiter} does. Implement this to share the buckets between processes.
 *
 * An implementation keeps, for each bucket by its `id`, what the server counts. `acquire` must
 *
 * 1. take a place in each of the request's `buckets()`, at once or one after the other in their order, and give back a place
 *    in a bucket that is not one of them any more;
 * 2. let requests of a bucket go in the order of their `place`, so that one that is sent again goes first;
 * 3. reject with a {@link BucketHeldError} as soon as the server's `retry_after` is longer than `timeLeft`, also while the
 *    request waits, and subtract shorter times from `timeLeft`;
 * 4. reject with the signal's reason when the signal aborts.
 *
 * The function it resolves with must give the places back in the buckets that did not count the request: all but `bucket`,
 * all of them where that is null, none where it is undefined. It must count the request in a `bucket` that was not
 * requested, hold the bucket for `retryAfter`, and use `limit` for it from then on. It never throws.
 *
 * Any other rejection of `acquire` fails the call before it is sent.
 */
export interface Limiter {
  /**
   * Waits until the request may be sent.
   *
   * @returns a function that takes what the response tells
   * @throws BucketHeldError where the server wants to be left alone for longer than the call may take; the signal's reason
   * where it aborts the wait
   */
  acquire(request: LimiterRequest): Promise<Settle>;
}

/** The server's `retry_after` is longer than a request may wait. */
export class BucketHeldError extends Error {
  override readonly name = 'BucketHeldError';
  /** Milliseconds until the server accepts the next request. */
  declare readonly retryAfter: number;

  constructor(retryAfter: number) {
    super(`The server takes no request for ${Math.ceil(retryAfter)} ms`);
    this.retryAfter = retryAfter;
  }
}
