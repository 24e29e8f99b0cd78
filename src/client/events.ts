import type { RateLimitView } from './rate-limit.ts';

/** One attempt to send a request. It never holds a token. */
export interface RequestEvent {
  readonly method: string;
  /** With the query, without the server's base path. */
  readonly path: string;
  /** From 1. */
  readonly attempt: number;
  /** Milliseconds that the limiter let it wait. */
  readonly waited: number;
}

/** A response, of any status. */
export interface ResponseEvent extends RequestEvent {
  readonly status: number;
  /** Milliseconds from sending to the response's head. */
  readonly duration: number;
  /** What the server tells of its limits, as far as it does. */
  readonly rateLimit: RateLimitView;
}

/** A 429: the client goes too fast. */
export interface RateLimitEvent extends ResponseEvent {
  /** Milliseconds that the server wants to be left alone. */
  readonly retryAfter: number;
  /** Whether the request will be sent again. */
  readonly willRetry: boolean;
}

/**
 * For logs and metrics. They are called at once. What they throw fails the call; what the promise of an `async` one rejects
 * with is ignored.
 */
export interface Events {
  /** A request is about to be sent. */
  readonly onRequest?: ((event: RequestEvent) => void) | undefined;
  /** A response came. */
  readonly onResponse?: ((event: ResponseEvent) => void) | undefined;
  /** The server rate limited a request (429). */
  readonly onRateLimit?: ((event: RateLimitEvent) => void) | undefined;
}

/** Calls a listener, where there is one. */
export function emit<Event>(listener: ((event: Event) => void) | undefined, event: Event): void {
  // An async function is assignable to one that returns nothing.
  const result: unknown = listener?.(event);
  Object(result).catch?.(() => {});
}
