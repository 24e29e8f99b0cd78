import { Buckets } from './buckets.ts';
import type { Credentials } from './credentials.ts';
import { type Deadline, race, sleep, startDeadline } from './deadline.ts';
import { AbortedError, NetworkError, PluralKitError, TimeoutError } from './errors.ts';
import type { RequestEvent, ResponseEvent } from './events.ts';
import { parseJson } from './json.ts';
import type { Limiter, LimiterRequest, Settle } from './limiter.ts';
import { MemoryLimiter } from './memory-limiter.ts';
import type { CallOptions, TransportOptions } from './options.ts';
import { readRateLimit, retryAfterOf } from './rate-limit.ts';
import { redact } from './redact.ts';
import { backoff, isAway, neverArrived, readRetry, reasonOf } from './retry.ts';
import { readUserAgent } from './user-agent.ts';

const DEFAULT_BASE_URL = 'https://api.pluralkit.me/v2';
const DEFAULT_TIMEOUT = 30_000;

/** One call, however many attempts it takes. */
export interface Call extends CallOptions {
  /** In capitals. */
  readonly method: string;
  /** With the query, without the base path. */
  readonly path: string;
  /** JSON. */
  readonly body?: string | undefined;
  /** Names in lower case. They go before those that every request has. */
  readonly headers?: Readonly<Record<string, string>> | undefined;
}

/** One attempt's answer. */
interface Exchange {
  readonly response: Response;
  readonly event: ResponseEvent;
  /** Milliseconds that the server wants to be left alone; 0 where it says nothing. */
  readonly retryAfter: number;
}

/** The way of every call: authorize, pace, send, try again, read. */
export class Transport {
  /** Absolute, without a slash at its end. */
  readonly baseUrl: string;
  readonly buckets: Buckets;
  readonly #credentials: Credentials;
  readonly #headers: Readonly<Record<string, string>>;
  readonly #limiter: Limiter;
  readonly #options: TransportOptions;

  constructor(options: TransportOptions, credentials: Credentials) {
    const userAgent = readUserAgent(options.userAgent);
    const { authorization } = credentials;
    this.#headers = {
      ...(userAgent !== null && { 'user-agent': userAgent }),
      ...(authorization !== null && { authorization }),
    };
    this.baseUrl = new URL(options.baseUrl ?? DEFAULT_BASE_URL, globalThis.location?.href).href.replace(
      /\/$/,
      '',
    );
    this.buckets = new Buckets(this.baseUrl, credentials);
    this.#credentials = credentials;
    this.#limiter = options.limiter ?? new MemoryLimiter();
    this.#options = options;
  }

  /**
   * @param read - makes the result of the last answer, whatever its status, within the time of the call
   * @throws AbortedError, TimeoutError, NetworkError, and what `read` throws
   */
  async send<Result>(call: Call, read: (response: Response) => Promise<Result>): Promise<Result> {
    const { method, path, signal } = call;
    const { buckets } = this;
    const request: LimiterRequest = {
      get buckets() {
        return buckets.of(method, path);
      },
      signal,
    };
    const { attempts, refusals } = readRetry(call.retry ?? this.#options.retry);
    let timeLeft = call.timeout ?? this.#options.timeout ?? DEFAULT_TIMEOUT;
    let failures = 0;
    let refused = 0;
    for (let attempt = 1; ; attempt++) {
      const askedAt = performance.now();
      const settle = await this.#guard(call, undefined, this.#limiter.acquire(request));
      const sentAt = performance.now();
      const deadline = startDeadline(timeLeft, signal);
      let delay = backoff(failures + 1);
      const mayFail = () => failures + 1 < attempts && delay < timeLeft - (performance.now() - sentAt);
      try {
        const sending = { method, path, attempt, waited: sentAt - askedAt };
        const { response, event, retryAfter } = await this.#exchange(call, sending, settle, deadline);
        if (event.status === 429) {
          // What is refused was not done, so that it may be sent again whatever it is.
          const willRetry = refused++ < refusals && retryAfter < timeLeft;
          this.#options.onRateLimit?.({ ...event, retryAfter, willRetry });
          if (willRetry) continue;
        }
        delay = Math.max(delay, retryAfter);
        if (!(isAway(event.status) && method === 'GET' && mayFail())) {
          return await this.#guard(call, deadline, read(response));
        }
      } catch (error) {
        const mayRepeat = error instanceof NetworkError && (method === 'GET' || neverArrived(error.cause));
        if (!mayRepeat || !mayFail()) throw error;
      } finally {
        settle();
        deadline.clear();
        timeLeft -= performance.now() - sentAt;
      }
      failures++;
      timeLeft -= delay;
      await sleep(delay, signal);
    }
  }

  /** Sends once, and tells the limiter and the listeners what came of it. */
  async #exchange(call: Call, sending: RequestEvent, settle: Settle, deadline: Deadline): Promise<Exchange> {
    const { onRequest, onResponse } = this.#options;
    onRequest?.(sending);
    const sentAt = performance.now();
    const response = await this.#guard(call, deadline, this.#fetch(call, deadline.signal));
    const { status, headers } = response;
    const isRefusal = status === 429;
    const body = isRefusal ? parseJson(await this.#guard(call, deadline, response.clone().text())) : null;
    const retryAfter = retryAfterOf(body, headers);
    const rateLimit = readRateLimit(headers);
    const bucket = rateLimit.scope && this.buckets.learn(call.method, call.path, rateLimit.scope);
    settle({ ...rateLimit, ...(bucket && { bucket }), ...(isRefusal && { retryAfter }) });
    const event = { ...sending, status, duration: performance.now() - sentAt, rateLimit };
    onResponse?.(event);
    return { response, event, retryAfter };
  }

  async #fetch({ method, path, body, headers }: Call, signal: AbortSignal): Promise<Response> {
    signal.throwIfAborted();
    const { fetch = globalThis.fetch } = this.#options;
    return fetch(this.baseUrl + path, {
      method,
      headers: { ...this.#headers, ...(body && { 'content-type': 'application/json' }), ...headers },
      body: body ?? null,
      signal,
    });
  }

  /** Turns whatever breaks an attempt into an error that says what it was, and never the token. */
  async #guard<Result>(call: Call, deadline: Deadline | undefined, step: Promise<Result>): Promise<Result> {
    try {
      // A fetch of one's own may know nothing of signals.
      return await (this.#options.fetch ? race(step, deadline?.signal) : step);
    } catch (error) {
      if (error instanceof PluralKitError) throw error;
      const { reason, aborted } = call.signal ?? {};
      if (aborted) throw new AbortedError('The call was aborted', { request: call, cause: reason });
      if (deadline?.signal.aborted) throw new TimeoutError('No answer came in time', { request: call });
      const cause = redact(error, this.#credentials.token);
      throw new NetworkError(`No answer came: ${messageOf(reasonOf(cause))}`, { request: call, cause });
    }
  }
}

function messageOf(error: unknown): string {
  return (error instanceof Error && error.message) || String(error);
}
