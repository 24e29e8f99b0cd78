/** How often a call is tried before it fails. */
export interface RetryOptions {
  /**
   * Attempts in all, where the network or the server fails (502, 503, 504, and a 500 of the gateway while the API restarts).
   *
   * @default 3
   */
  readonly attempts?: number;
  /**
   * How often a call that was rate limited (429) is sent again. The call's `timeout` bounds it too.
   *
   * @default Infinity
   */
  readonly rateLimited?: number;
}

const FIRST_DELAY = 250;
const LONGEST_DELAY = 10_000;

/**
 * Milliseconds to wait before the next attempt: doubled each time, and shortened at random so that many clients that failed
 * at once don't retry at once.
 *
 * @param attempt - the one that failed, from 1
 */
export function backoff(attempt: number): number {
  return Math.min(FIRST_DELAY * 2 ** (attempt - 1), LONGEST_DELAY) * (1 - Math.random() / 2);
}

/** 502 to 504, and in their place the statuses of Cloudflare (520 to 524, 527, 530). */
const AWAY = /^5(0[2-4]|2[0-47]|30)$/;

/**
 * Whether a response says that the server, or the proxy in front of it, is unavailable for a moment. While the API restarts,
 * its gateway counts the request and responds with 500.
 */
export function isAway(status: number, isCounted: boolean): boolean {
  return AWAY.test(`${status}`) || (status === 500 && isCounted);
}

/** The error of Node's fetch says only that it failed; its cause says why. */
function reasonOf(error: unknown): Readonly<Record<string, unknown>> {
  return Object(Object(error).cause ?? error);
}

export function messageOf(error: unknown): string {
  const reason = reasonOf(error);
  return String(reason.message || reason);
}

/** Whether the server certainly has not received the request, as there was no connection. Browsers don't reveal this. */
export function neverArrived(error: unknown): boolean {
  const { code, message } = reasonOf(error);
  // Node and Bun have a code, Deno only a message.
  return /^\w*(REFUSED|NOTFOUND|AGAIN|UNREACH|CONNECT_T)|\(Connect\)/i.test(`${code} ${message}`);
}
