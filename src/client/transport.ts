import { assertOptions } from './assert-options.ts';
import { publicUrl, readBaseUrl } from './base-url.ts';
import { Buckets } from './buckets.ts';
import type { Credentials } from './credentials.ts';
import { abortError, race, readTime, sleep, startDeadline } from './deadline.ts';
import { NetworkError, PluralKitError, RateLimitedError, TimeoutError } from './errors.ts';
import { emit } from './events.ts';
import { parseJson } from './json.ts';
import {
  BucketHeldError,
  type Limiter,
  type LimiterAnswer,
  type LimiterRequest,
  type Settle,
} from './limiter.ts';
import { MemoryLimiter } from './memory-limiter.ts';
import type { CallDefaults, CallOptions, TransportOptions } from './options.ts';
import { readRateLimit, retryAfterOf } from './rate-limit.ts';
import { discard, refuseRedirect } from './received.ts';
import { type Redact, redactError, redactor } from './redact.ts';
import { backoff, isAway, LONGEST_HOLD, neverArrived, readRetry, reasonOf } from './retry.ts';
import { readUserAgent } from './user-agent.ts';

export const DEFAULT_TIMEOUT = 30_000;

/** For who shares a call with others. */
export interface TurnListener {
  /** Called when the limiter lets the call begin: from then on, `timeout` counts. */
  readonly onTurn?: (() => void) | undefined;
}

/** The server counts by IP address, which all clients of a process share. Buckets are named by the server's origin. */
let sharedLimiter: Limiter | undefined;

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
  /** Shared with other clients where the options say so. */
  readonly limiter: Limiter;
  readonly #options: TransportOptions;

  constructor(options: TransportOptions, credentials: Credentials) {
    assertOptions(options);
    const userAgent = readUserAgent(options?.userAgent);
    const { authorization } = credentials;
    this.#headers = {
      ...(userAgent !== null && { 'user-agent': userAgent }),
      ...(authorization !== null && { authorization }),
    };
    const url = readBaseUrl(options.baseUrl);
    this.#prefix = url.href.replace(/\/$/, '');
    this.baseUrl = publicUrl(url);
    this.redact = redactor(credentials, url);
    this.buckets = new Buckets(url.origin, credentials);
    sharedLimiter ??= new MemoryLimiter();
    this.limiter = options.limiter ?? sharedLimiter;
    if (typeof this.limiter.acquire !== 'function') throw new TypeError('limiter must have a method acquire');
    if (typeof (options.fetch ?? globalThis.fetch) !== 'function')
      throw new TypeError('fetch must be a function');
    this.#options = options;
    this.#readLimits(options);
  }

  /**
   * @param read - makes the result of the last response, whatever its status, within the time of the call
   * @throws AbortedError, TimeoutError, NetworkError, and what `read` throws
   */
  async send<Result>(call: Call, read: (response: Response) => Promise<Result>): Promise<Result> {
    const { method, path, signal } = call;
    const { onRequest, onResponse, onRateLimit, fetch } = this.#options;
    const { attempts, refusals, timeout, totalTimeout } = this.#readLimits(call);
    const request: LimiterRequest & { signal?: AbortSignal | undefined } = {
      buckets: () => this.buckets.of(method, path),
      timeLeft: Math.min(timeout, totalTimeout),
    };
    let failures = 0;
    let refused = 0;
    let rateLimited: Response | undefined;
    /** What was rate limited is not sent again before, whatever the limiter does. */
    let notBefore = 0;
    for (let attempt = 1; ; attempt++) {
      const askedAt = performance.now();
      // Waiting in line is bounded by the whole time alone; from its turn on, all that a call does is counted.
      let deadline = startDeadline(attempt === 1 ? totalTimeout : request.timeLeft, signal);
      let turnAt = askedAt;
      let { timeLeft } = request;
      let delay = 0;
      let settle: Settle | undefined;
      /** What is not sent is not counted; what is sent may be. */
      let unanswered: LimiterAnswer = { bucket: null };
      const guard = <Step>(step: Promise<Step>): Promise<Step> =>
        // A fetch of one's own may know nothing of signals.
        (fetch ? race(step, deadline.signal) : step).catch((error: unknown) => {
          throw this.#explain(error, call, deadline.signal);
        });
      const left = () => timeLeft - (performance.now() - turnAt);
      const mayRepeat = (retryAfter = 0) => {
        delay = Math.max(backoff(++failures), retryAfter);
        return failures < attempts && delay < left();
      };
      try {
        request.signal = deadline.signal;
        settle = await guard(this.limiter.acquire(request));
        await guard(sleep(notBefore - performance.now(), deadline.signal));
        rateLimited = undefined;
        const sentAt = performance.now();
        if (attempt === 1) {
          call.onTurn?.();
          turnAt = sentAt;
          timeLeft = Math.min(request.timeLeft, totalTimeout - (sentAt - askedAt));
          deadline.clear();
          deadline = startDeadline(timeLeft, signal);
        }
        const sending = { method, path, attempt, waited: sentAt - askedAt };
        emit(onRequest, sending);
        unanswered = {};
        let response = await guard(this.#fetch(call, deadline.signal));
        const { status, headers } = response;
        const duration = performance.now() - sentAt;
        const rateLimit = readRateLimit(headers);
        const { scope, limit, remaining } = rateLimit;
        const isRefusal = status === 429;
        // What the server counts has a scope. What failed on the way may have been counted.
        const bucket = scope ? this.buckets.learn(method, path, scope) : undefined;
        const isFree = !scope && !isRefusal && status < 500;
        let retryAfter = 0;
        if (isRefusal) {
          const text = await guard(response.text());
          response = new Response(text, { status, headers });
          rateLimited = response;
          retryAfter = retryAfterOf(parseJson(text), headers);
        } else if (!response.ok) retryAfter = retryAfterOf(null, headers);
        const hold = Math.min(retryAfter, LONGEST_HOLD);
        settle({
          bucket: isFree ? null : bucket,
          limit,
          remaining,
          ...(isRefusal && { retryAfter: hold }),
        });
        emit(onResponse, { ...sending, status, duration, rateLimit });
        if (isRefusal) {
          // It was not done, so that it may be sent again whatever it is.
          const willRetry = refused++ < refusals && hold < left();
          notBefore = performance.now() + Math.max(hold, backoff(refused));
          emit(onRateLimit, { ...sending, status, duration, rateLimit, retryAfter, willRetry });
          if (willRetry) continue;
        }
        refuseRedirect(response, call, this.redact);
        if (!(isAway(status, scope !== undefined) && method === 'GET' && mayRepeat(retryAfter)))
          return await guard(read(response));
        discard(response);
      } catch (error) {
        // Whoever was rate limited to the end is told so.
        if (rateLimited && error instanceof TimeoutError) return await read(rateLimited);
        const hasNotActed = error instanceof NetworkError && (method === 'GET' || neverArrived(error.cause));
        if (!hasNotActed || !mayRepeat()) throw error;
      } finally {
        settle?.(unanswered);
        deadline.clear();
        request.timeLeft = left();
      }
      request.timeLeft -= delay;
      await sleep(delay, signal).catch(() => undefined);
    }
  }

  /** @throws TypeError where an option can't be used */
  #readLimits(call: CallDefaults) {
    const { retry, timeout = DEFAULT_TIMEOUT, totalTimeout = Number.POSITIVE_INFINITY } = this.#options;
    return {
      ...readRetry(call.retry ?? retry),
      timeout: readTime('timeout', call.timeout ?? timeout),
      totalTimeout: readTime('totalTimeout', call.totalTimeout ?? totalTimeout),
    };
  }

  async #fetch({ method, path, body, headers }: Call, signal: AbortSignal | undefined): Promise<Response> {
    signal?.throwIfAborted();
    const { fetch = globalThis.fetch } = this.#options;
    return fetch(this.#prefix + path, {
      method,
      headers: { ...this.#headers, ...(body && { 'content-type': 'application/json' }), ...headers },
      body: body ?? null,
      redirect: 'manual',
      signal: signal ?? null,
    });
  }

  /** Makes of whatever broke an attempt an error that says what it was, and no secret. */
  #explain(error: unknown, call: Call, deadline: AbortSignal | undefined): unknown {
    if (error instanceof PluralKitError) return error;
    if (error instanceof BucketHeldError) {
      const codeName = 'RateLimitError';
      const limited = { request: call, status: 429, code: 0, codeName, cause: error } as const;
      return new RateLimitedError(error.message, limited, error.retryAfter);
    }
    if (call.signal?.aborted) return abortError(call, call.signal.reason);
    if (deadline?.aborted) return new TimeoutError('No response came in time', { request: call });
    const cause = redactError(error, this.redact);
    return new NetworkError(`No response came: ${messageOf(reasonOf(cause))}`, { request: call, cause });
  }
}

function messageOf(error: unknown): string {
  return (error instanceof Error && error.message) || String(error);
}
