import { assertOptions } from './assert-options.ts';
import { readBaseUrl } from './base-url.ts';
import { type Buckets, createBuckets } from './buckets.ts';
import { check } from './check.ts';
import type { Credentials } from './credentials.ts';
import { endError, sleep, startDeadline } from './deadline.ts';
import { NetworkError, PluralKitError, RateLimitedError, TimeoutError } from './errors.ts';
import { emit } from './events.ts';
import { parseJson } from './json.ts';
import { BucketHeldError, type Limiter, type LimiterAnswer, type Settle } from './limiter.ts';
import { type Limits, readLimits } from './limits.ts';
import { MemoryLimiter } from './memory-limiter.ts';
import type { CallDefaults, CallOptions, TransportOptions } from './options.ts';
import { readRateLimit, retryAfterOf } from './rate-limit.ts';
import { discard, refuseRedirect } from './received.ts';
import { type Redact, redactError, redactor } from './redact.ts';
import { backoff, isAway, messageOf, neverArrived } from './retry.ts';
import { readUserAgent } from './user-agent.ts';

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
export interface Transport {
  /** Absolute, without a slash at its end, and without user and password. */
  readonly baseUrl: string;
  readonly buckets: Buckets;
  readonly redact: Redact;
  /** Shared with other clients where the options say so. */
  readonly limiter: Limiter;
  /** @throws TypeError where an option of the call can't be used */
  readonly limitsOf: (call: CallDefaults) => Limits;
  /**
   * @param read - makes the result of the last response, whatever its status, within the time of the call
   * @throws AbortedError, TimeoutError, NetworkError, and what `read` throws
   */
  readonly send: <Result>(call: Call, read: (response: Response) => Promise<Result>) => Promise<Result>;
}

/** @throws TypeError where an option can't be used */
export function createTransport(options: TransportOptions, credentials: Credentials): Transport {
  assertOptions(options);
  const userAgent = readUserAgent(options?.userAgent);
  const { authorization } = credentials;
  const url = readBaseUrl(options.baseUrl);
  const prefix = url.href.replace(/\/$/, '');
  const redact = redactor(credentials, url);
  const buckets = createBuckets(url.origin, credentials);
  sharedLimiter ??= new MemoryLimiter();
  const { limiter = sharedLimiter, onRequest, onResponse, onRateLimit } = options;
  const ownHeaders = {
    ...(userAgent !== null && { 'user-agent': userAgent }),
    ...(authorization !== null && { authorization }),
  };

  const limits = readLimits(options);
  const limitsOf = (call: CallDefaults) => {
    const { retry = options.retry, timeout = options.timeout, totalTimeout = options.totalTimeout } = call;
    const isUsual = (call.retry ?? call.timeout ?? call.totalTimeout) === undefined;
    return isUsual ? limits : readLimits({ retry, timeout, totalTimeout });
  };
  check(typeof limiter.acquire === 'function', 'limiter must have a method acquire');

  const sendOnce = async ({ method, path, body, headers }: Call, signal: AbortSignal) => {
    signal.throwIfAborted();
    return (options.fetch ?? fetch)(prefix + path, {
      method,
      headers: { ...ownHeaders, ...(body && { 'content-type': 'application/json' }), ...headers },
      body: body ?? null,
      redirect: 'manual',
      signal,
    });
  };

  /** Makes of whatever broke an attempt an error that says what it was, and no secret. */
  const explain = (error: unknown, request: Call, isOver: boolean): unknown => {
    if (error instanceof PluralKitError) return error;
    if (error instanceof BucketHeldError) {
      const codeName = 'RateLimitError';
      const limited = { request, status: 429, code: 0, codeName, cause: error } as const;
      return new RateLimitedError(error.message, limited, error.retryAfter);
    }
    if (isOver) return endError(request, request.signal);
    const cause = redactError(error, redact);
    return new NetworkError(`No response came: ${messageOf(cause)}`, { request, cause });
  };

  return {
    baseUrl: redact(prefix),
    buckets,
    redact,
    limiter,
    limitsOf,
    async send(call, read) {
      const { method, path } = call;
      const { attempts, refusals, timeout, totalTimeout } = limitsOf(call);
      const endsAtLast = performance.now() + totalTimeout;
      /** Waiting in line is bounded by the whole time alone; what a call does at its turn, and holds of the server, are counted. */
      let endsAt = endsAtLast;
      const deadline = startDeadline(totalTimeout, call.signal);
      const { signal } = deadline;
      const request = { buckets: () => buckets.of(method, path), signal, timeLeft: timeout };
      const left = () => endsAt - performance.now();
      const guard = <Step>(step: Promise<Step>): Promise<Step> =>
        // A custom fetch may ignore signals.
        (options.fetch ? deadline.race(step) : step).catch((error: unknown) => {
          throw explain(error, call, signal.aborted);
        });
      let failures = 0;
      let refused = 0;
      let rateLimited: Response | undefined;
      /** What was rate limited is not sent again before, whatever the limiter does. */
      let notBefore = 0;
      let delay = 0;
      const mayRepeat = (retryAfter = 0) => {
        delay = Math.max(backoff(++failures), retryAfter);
        return failures < attempts && delay < left();
      };
      try {
        for (let attempt = 1; ; attempt++) {
          const askedAt = performance.now();
          request.timeLeft = Math.min(timeout, left());
          deadline.endIn(endsAtLast - askedAt);
          let settle: Settle | undefined;
          /** What is not sent is not counted; what is sent may be. */
          let unanswered: LimiterAnswer = { bucket: null };
          try {
            settle = await guard(limiter.acquire(request));
            const turnAt = performance.now();
            endsAt = Math.min(endsAtLast, turnAt + request.timeLeft);
            deadline.endIn(endsAt - turnAt);
            if (attempt === 1) call.onTurn?.();
            if (rateLimited) await guard(sleep(notBefore - turnAt, deadline));
            rateLimited = undefined;
            const sentAt = performance.now();
            const sending = { method, path, attempt, waited: sentAt - askedAt };
            if (onRequest) emit(onRequest, sending);
            unanswered = {};
            const response = await guard(sendOnce(call, signal));
            const { status, headers } = response;
            const rateLimit = readRateLimit(headers);
            const { scope, limit, remaining } = rateLimit;
            const duration = performance.now() - sentAt;
            const isRefusal = status === 429;
            if (isRefusal) rateLimited = response;
            const body = isRefusal && parseJson(await guard(response.clone().text()));
            const retryAfter = response.ok ? 0 : retryAfterOf(body, headers);
            // What the server counts has a scope. What failed on the way may have been counted.
            const isFree = !isRefusal && status < 500 ? null : undefined;
            settle({
              bucket: scope ? buckets.learn(method, path, scope) : isFree,
              limit,
              remaining,
              retryAfter: isRefusal ? retryAfter : undefined,
            });
            if (onResponse) emit(onResponse, { ...sending, status, duration, rateLimit });
            if (isRefusal) {
              // It was not done, so that it may be sent again whatever it is.
              const willRetry = refused++ < refusals && retryAfter < left();
              notBefore = performance.now() + Math.max(retryAfter, backoff(refused));
              if (onRateLimit)
                emit(onRateLimit, { ...sending, status, duration, rateLimit, retryAfter, willRetry });
              if (willRetry) continue;
            }
            refuseRedirect(response, call, redact);
            if (!(isAway(status, !!scope) && method === 'GET' && mayRepeat(retryAfter)))
              return await guard(read(response));
            discard(response);
          } catch (error) {
            // A call that was rate limited to the end says so.
            if (rateLimited && error instanceof TimeoutError) return await read(rateLimited);
            const hasNotActed =
              error instanceof NetworkError && (method === 'GET' || neverArrived(error.cause));
            if (!hasNotActed || !mayRepeat()) throw error;
          } finally {
            settle?.(unanswered);
          }
          // An abort is handled by the next attempt.
          await sleep(delay, deadline).catch(() => undefined);
        }
      } finally {
        deadline.clear();
      }
    },
  };
}
