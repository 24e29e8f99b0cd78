import type { RateLimitView } from './rate-limit.ts';

/** One attempt to send a request. It never holds a token. */
export interface RequestEvent {
  readonly method: string;
  /** With the query, without the server's base path. */
  readonly path: string;
  /** From 1. */
  readonly attempt: number;
  /** Milliseconds that it waited for the limiter. */
  readonly waited: number;
}

/** A response, of any status. */
export interface ResponseEvent extends RequestEvent {
  readonly status: number;
  /** Milliseconds from sending to the response's head. */
  readonly duration: number;
  /** The rate-limit headers, as far as the server sends them. */
  readonly rateLimit: RateLimitView;
}

/** A response with 429. */
export interface RateLimitEvent extends ResponseEvent {
  /** Milliseconds until the server accepts requests again. */
  readonly retryAfter: number;
  /** Whether the request is sent again. */
  readonly willRetry: boolean;
}

/**
 * Listeners for logs and metrics. They are called synchronously. An exception fails the call; the rejection of an `async`
 * listener is ignored.
 */
export interface Events {
  /** Called before a request is sent. */
  readonly onRequest?: ((event: RequestEvent) => void) | undefined;
  /** Called for each response. */
  readonly onResponse?: ((event: ResponseEvent) => void) | undefined;
  /** Called when the server rate limited a request (429). */
  readonly onRateLimit?: ((event: RateLimitEvent) => void) | undefined;
}

/** Calls a listener, where there is one. */
export function emit<Event>(listener: ((event: Event) => void) | undefined, event: Event): void {
  // An async function is assignable to one that returns nothing.
  const result: unknown = listener?.(event);
  Object(result).catch?.(() => {});
}
