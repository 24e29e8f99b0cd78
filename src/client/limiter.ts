/** A bucket of the server in which requests are counted. */
export interface BucketReference {
  /** Names the bucket: its scope, and whose it is. It never holds a token. */
  readonly id: string;
  /** Requests a second, as far as is known before the server has answered. */
  readonly limit: number;
}

/** What a limiter is asked for. The same object is given again, when the request is sent again. */
export interface LimiterRequest {
  /** Every bucket that the request may be counted in; more than one until the server has told which. */
  buckets: readonly BucketReference[];
  /** Ends the wait. */
  readonly signal?: AbortSignal | undefined;
  /** For the limiter to set: the request's place in line, which it keeps when it is sent again. */
  place?: number;
}

/** What the server told with its answer. */
export interface LimiterAnswer {
  /** The bucket that the request was counted in, of those asked for or another. */
  readonly bucket?: BucketReference | undefined;
  /** `X-RateLimit-Limit`: requests a second. */
  readonly limit?: number | undefined;
  /** `X-RateLimit-Remaining`: requests left, rounded down. */
  readonly remaining?: number | undefined;
  /** `X-RateLimit-Reset`, as it stands. It can't drive any waiting: see {@link MemoryLimiter}. */
  readonly reset?: number | undefined;
  /** Only where the request was refused: the milliseconds to wait. */
  readonly retryAfter?: number | undefined;
}

/** To be called exactly once: with the answer, or with nothing where none came. */
export type Settle = (answer?: LimiterAnswer) => void;

/**
 * Paces requests. Implement it to share the limits between processes; within one, share a `MemoryLimiter`.
 */
export interface Limiter {
  /**
   * Waits until the request may be sent.
   *
   * @returns a function that takes what the server answered
   * @throws the signal's reason, where it aborts the wait
   */
  acquire(request: LimiterRequest): Promise<Settle>;
}
