import type { WebAbortSignal } from '../models/web-types.ts';

/** A bucket of the server in which requests are counted. */
export interface BucketReference {
  /**
   * Names the bucket: its scope, the server's origin, and whose it is, such as `generic_get https://api.pluralkit.me`. It
   * never holds a token.
   */
  readonly id: string;
  /** Requests a second, as far as is known before the first response. */
  readonly limit: number;
}

/** What a limiter is asked for. The same object is given again when the request is sent again. */
export interface LimiterRequest {
  /**
   * Every bucket that the request may be counted in: more than one until a response has told which. Ask again before each
   * try, since responses to other requests tell it too.
   */
  buckets(): readonly BucketReference[];
  /** Ends the wait. */
  readonly signal?: WebAbortSignal | undefined;
  /**
   * Milliseconds that are left to the call. Waiting in line does not use them, but waiting while the server wants to be
   * left alone does: the limiter subtracts that time.
   */
  timeLeft: number;
  /** For the limiter to set: the request's place in line, which it keeps when it is sent again. */
  place?: number;
}

/** What the server told with its response. */
export interface LimiterAnswer {
  /**
   * The bucket that the request was counted in, of those asked for or another; null where it was counted in none;
   * undefined where the server does not tell.
   */
  readonly bucket?: BucketReference | null | undefined;
  /** `X-RateLimit-Limit`: requests a second. */
  readonly limit?: number | undefined;
  /** `X-RateLimit-Remaining`: requests left, rounded down. */
  readonly remaining?: number | undefined;
  /** Only of a rate-limited request (429): milliseconds for which the server wants to be left alone. */
  readonly retryAfter?: number | undefined;
}

/**
 * To be called with the response, or with nothing where none came: then the server may have counted the request. Only the
 * first call counts.
 */
export type Settle = (answer?: LimiterAnswer) => void;

/**
 * Paces requests. Within one process, a {@link MemoryLimiter} does. Implement this to share the buckets between processes.
 *
 * An implementation keeps, for each bucket by its `id`, what the server counts. `acquire` must
 *
 * 1. take a place in each of the request's `buckets()`, at once or one after the other in their order, and give back a place
 *    in a bucket that is not one of them any more;
 * 2. let requests of a bucket go in the order of their `place`, so that one that is sent again goes first;
 * 3. reject with a {@link BucketHeldError} as soon as the server wants to be left alone for longer than `timeLeft`,
 *    also where the request waits already, and subtract shorter times from `timeLeft`;
 * 4. reject with the signal's reason when the signal aborts.
 *
 * The function it resolves with must give the places back in the buckets that did not count the request: all but `bucket`,
 * all of them where that is null, none where it is undefined. It must count the request in a `bucket` that was not asked for,
 * hold the bucket for `retryAfter`, and take `limit` for the bucket's own. It never throws.
 *
 * Whatever else `acquire` rejects with fails the call before it is sent.
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

/** The server wants to be left alone for longer than a request may wait. */
export class BucketHeldError extends Error {
  override readonly name = 'BucketHeldError';
  /** Milliseconds until the server takes the next request. */
  declare readonly retryAfter: number;

  constructor(retryAfter: number) {
    super(`The server takes no request for ${Math.ceil(retryAfter)} ms`);
    this.retryAfter = retryAfter;
  }
}
