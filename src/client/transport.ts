import { publicUrl, readBaseUrl } from './base-url.ts';
import { Buckets } from './buckets.ts';
import type { Credentials } from './credentials.ts';
import { type Deadline, race, sleep, startDeadline } from './deadline.ts';
import { AbortedError, NetworkError, PluralKitError, TimeoutError } from './errors.ts';
import { emit } from './events.ts';
import { parseJson } from './json.ts';
import type { Limiter, LimiterRequest } from './limiter.ts';
import { MemoryLimiter } from './memory-limiter.ts';
import type { CallOptions, TransportOptions } from './options.ts';
import { readRateLimit, retryAfterOf } from './rate-limit.ts';
import { discard, refuseRedirect } from './received.ts';
import { type Redact, redactError, redactor } from './redact.ts';
import { backoff, isAway, neverArrived, readRetry, reasonOf } from './retry.ts';
import { readUserAgent } from './user-agent.ts';

export const DEFAULT_TIMEOUT = 30_000;

/** For who shares a call with others. */
export interface TurnListener {
  /** Called when the limiter lets the call begin: from then on, `timeout` counts. */
  readonly onTurn?: (() => void) | undefined;
}

/** One call, however many attempts it takes. */
export interface Call extends CallOptions, TurnListener {
  /** In capitals. */
  readonly method: string;
  /** With the query, without the base path. */
  readonly path: string;
  /** JSON. */
  readonly body?: string | undefined;
  /** Names in lower case. They go before those that every request has. */
  readonly headers?: Readonly<Record<string, string>> | undefined;
}

/** The way of every call: authorize, pace, send, try again, read. */
export class Transport {
  /** Absolute, without a slash at its end, and without user and password. */
  readonly baseUrl: string;
  readonly buckets: Buckets;
  readonly redact: Redact;
  readonly #prefix: string;
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
    const url = readBaseUrl(options.baseUrl);
    this.#prefix = url.href.replace(/\/$/, '');
    this.baseUrl = publicUrl(url);
    this.redact = redactor(credentials, url);
    this.buckets = new Buckets(this.baseUrl, credentials);
    this.#limiter = options.limiter ?? new MemoryLimiter();
    this.#options = options;
  }

  /**
   * @param read - makes the result of the last answer, whatever its status, within the time of the call
   * @throws AbortedError, TimeoutError, NetworkError, and what `read` throws
   */
  async send<Result>(call: Call, read: (response: Response) => Promise<Result>): Promise<Result> {
    const { method, path, signal } = call;
    const { onRequest, onResponse, onRateLimit, fetch, retry, timeout = DEFAULT_TIMEOUT } = this.#options;
    const { attempts, refusals } = readRetry(call.retry ?? retry);
    const request: LimiterRequest = { buckets: [], signal };
    let timeLeft = call.timeout ?? timeout;
    let failures = 0;
    let refused = 0;
    let delay = 0;
    let deadline: Deadline | undefined;
    const guard = <Step>(step: Promise<Step>): Promise<Step> =>
      // A fetch of one's own may know nothing of signals.
      (fetch ? race(step, deadline?.signal) : step).catch((error: unknown) => {
        throw this.#explain(error, call, deadline);
      });
    for (let attempt = 1; ; attempt++) {
      const askedAt = performance.now();
      request.buckets = this.buckets.of(method, path);
      const settle = await guard(this.#limiter.acquire(request));
      if (attempt === 1) call.onTurn?.();
      const sentAt = performance.now();
      deadline = startDeadline(timeLeft, signal);
      const mayRepeat = (retryAfter = 0) => {
        delay = Math.max(backoff(++failures), retryAfter);
        return failures < attempts && delay < timeLeft - (performance.now() - sentAt);
      };
      try {
        const sending = { method, path, attempt, waited: sentAt - askedAt };
        emit(onRequest, sending);
        const response = await guard(this.#fetch(call, deadline.signal));
        const { status, headers } = response;
        const duration = performance.now() - sentAt;
        const rateLimit = readRateLimit(headers);
        const { scope } = rateLimit;
        const bucket = scope && this.buckets.learn(method, path, scope);
        const isRefusal = status === 429;
        const body = isRefusal ? parseJson(await guard(response.clone().text())) : null;
        const retryAfter = response.ok ? 0 : retryAfterOf(body, headers);
        settle({ ...rateLimit, ...(bucket && { bucket }), ...(isRefusal && { retryAfter }) });
        emit(onResponse, { ...sending, status, duration, rateLimit });
        if (isRefusal) {
          // What is refused was not done, so that it may be sent again whatever it is.
          const willRetry = refused++ < refusals && retryAfter < timeLeft;
          emit(onRateLimit, { ...sending, status, duration, rateLimit, retryAfter, willRetry });
          if (willRetry) {
            discard(response);
            continue;
          }
        }
        refuseRedirect(response, call, this.redact);
        if (!(isAway(status) && method === 'GET' && mayRepeat(retryAfter)))
          return await guard(read(response));
        discard(response);
      } catch (error) {
        const hasNotActed = error instanceof NetworkError && (method === 'GET' || neverArrived(error.cause));
        if (!hasNotActed || !mayRepeat()) throw error;
      } finally {
        settle();
        deadline.clear();
        timeLeft -= performance.now() - sentAt;
      }
      timeLeft -= delay;
      await sleep(delay, signal);
    }
  }

  async #fetch({ method, path, body, headers }: Call, signal: AbortSignal): Promise<Response> {
    signal.throwIfAborted();
    const { fetch = globalThis.fetch } = this.#options;
    return fetch(this.#prefix + path, {
      method,
      headers: { ...this.#headers, ...(body && { 'content-type': 'application/json' }), ...headers },
      body: body ?? null,
      redirect: 'manual',
      signal,
    });
  }

  /** Makes of whatever broke an attempt an error that says what it was, and no secret. */
  #explain(error: unknown, call: Call, deadline: Deadline | undefined): unknown {
    if (error instanceof PluralKitError) return error;
    const { reason, aborted } = call.signal ?? {};
    if (aborted) return new AbortedError('The call was aborted', { request: call, cause: reason });
    if (deadline?.signal.aborted) return new TimeoutError('No answer came in time', { request: call });
    const cause = redactError(error, this.redact);
    return new NetworkError(`No answer came: ${messageOf(reasonOf(cause))}`, { request: call, cause });
  }
}

function messageOf(error: unknown): string {
  return (error instanceof Error && error.message) || String(error);
}
