/** The rate-limit headers of a response, as far as it has them. */
export interface RateLimitView {
  /** `X-RateLimit-Scope`: the bucket's name. */
  readonly scope: string | undefined;
  /** `X-RateLimit-Limit`: requests a second. */
  readonly limit: number | undefined;
  /** `X-RateLimit-Remaining`: requests left, rounded down. */
  readonly remaining: number | undefined;
  /** `X-RateLimit-Reset`: UNIX time in whole seconds, nearly always in the past, so useless for waiting. */
  readonly reset: number | undefined;
}

/** Reads the rate-limit headers of a response. */
export function readRateLimit(headers: Headers): RateLimitView {
  const scope = headers.get('X-RateLimit-Scope') || undefined;
  const read = (name: string) => {
    // A response has all of them, or none.
    const number = Number((scope && headers.get(`X-RateLimit-${name}`)) || Number.NaN);
    return number >= 0 ? number : undefined;
  };
  return { scope, limit: read('Limit'), remaining: read('Remaining'), reset: read('Reset') };
}

/** The longest wait in milliseconds, whatever the server's `retry_after`. */
const LONGEST_HOLD = 3_600_000;

/**
 * Milliseconds until the server accepts the next request: from the body of its 429, or from the `Retry-After` of a proxy,
 * which holds seconds or a date.
 *
 * @returns 0 where neither says so
 */
export function retryAfterOf(body: unknown, headers: Headers): number {
  const text = headers.get('Retry-After') ?? '';
  // The proxy's clock may differ.
  const now = Date.parse(headers.get('Date') ?? '') || Date.now();
  const told = [Object(body).retry_after, Number(text) * 1000, Date.parse(text) - now];
  return Math.min(
    told.find((time): time is number => typeof time === 'number' && time >= 0) ?? 0,
    LONGEST_HOLD,
  );
}
