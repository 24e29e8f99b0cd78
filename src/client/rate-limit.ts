import { isObject } from './json.ts';

/** The rate-limit headers of an answer, as far as it has them. */
export interface RateLimitView {
  /** `X-RateLimit-Scope`: the bucket's name. */
  readonly scope: string | undefined;
  /** `X-RateLimit-Limit`: requests a second. */
  readonly limit: number | undefined;
  /** `X-RateLimit-Remaining`: requests left, rounded down. */
  readonly remaining: number | undefined;
  /** `X-RateLimit-Reset`: UNIX time in whole seconds, nearly always in the past; nothing to wait for. */
  readonly reset: number | undefined;
}

/** Reads the rate-limit headers of an answer. */
export function readRateLimit(headers: Headers): RateLimitView {
  const read = (name: string) => headers.get(`X-RateLimit-${name}`) || undefined;
  const readNumber = (name: string) => {
    const number = Number(read(name));
    return Number.isNaN(number) ? undefined : number;
  };
  return {
    scope: read('Scope'),
    limit: readNumber('Limit'),
    remaining: readNumber('Remaining'),
    reset: readNumber('Reset'),
  };
}

/**
 * Milliseconds that the server wants to be left alone: in a refusal's body, or in seconds where a proxy says so.
 *
 * @returns 0 where nothing is said
 */
export function retryAfterOf(body: unknown, headers: Headers): number {
  const milliseconds = isObject(body) ? Number(body.retry_after) : Number.NaN;
  const seconds = Number(headers.get('Retry-After'));
  return [milliseconds, seconds * 1000].find((time) => time >= 0) ?? 0;
}
