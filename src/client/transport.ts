import { isBrowser } from '../models/is-browser.ts';
import { assertOptions, TRANSPORT_OPTIONS } from './assert-options.ts';
import { readBaseUrl } from './base-url.ts';
import { type BucketsOf, createBuckets } from './buckets.ts';
import { check } from './check.ts';
import type { Credentials } from './credentials.ts';
import { endError, sleep, startDeadline, unlessAborted } from './deadline.ts';
import {
  type FailedRequest,
  NetworkError,
  PluralKitError,
  RateLimitedError,
  TimeoutError,
} from './errors.ts';
import { emit } from './events.ts';
import { parseJson } from './json.ts';
import { BucketHeldError, type Limiter, type LimiterResponse, type Settle } from './limiter.ts';
import { type Limits, readLimits } from './limits.ts';
import { MemoryLimiter } from './memory-limiter.ts';
import type { CallDefaults, CallOptions, TransportOptions } from './options.ts';
import { readRateLimit, retryAfterOf } from './rate-limit.ts';
import { discard, rejectRedirect } from './received.ts';
import { type Redact, redactError, redactor } from './redact.ts';
import { backoff, isAway, messageOf, neverArrived } from './retry.ts';

/** Names an option that callers cannot give. */
export const onTurn: unique symbol = Symbol();

/** For who shares a call with others. */
export interface TurnListener {
  /** Called when the limiter lets the call begin: from then on, `timeout` counts. */
  readonly [onTurn]?: (() => void) | undefined;
}

/** The server counts by IP address, which all clients of a process share. Buckets are named by the server's origin. */
let sharedLimiter: Limiter | undefined;

/** The way of every call: authorize, pace, send, try again, read. */
export interface Transport {
  /** Absolute, without a slash at its end, and without user and password. */
  readonly baseUrl: string;
  readonly bucketsOf: BucketsOf;
  readonly redact: Redact;
  /** Shared with other clients where the options say so. */
  readonly limiter: Limiter;
  /** @throws TypeError where an option of the call can't be used */
  readonly limitsOf: (call: CallDefaults) => Limits;
  /**
   * Makes one call, however many attempts it takes.
   *
   * @param request - its method in capitals
   * @param read - makes the result of the last response, whatever its status, within the time of the call
   * @param body - JSON
   * @param headers - names in lower case; they go before those that every request has
   * @throws AbortedError, TimeoutError, NetworkError, and what `read` throws
   */
  readonly send: <Result>(
    request: FailedRequest,
    read: (response: Response) => Promise<Result>,
    options: CallOptions & TurnListener,
    body?: string,
    headers?: Readonly<Record<string, string>>,
  ) => Promise<Result>;
}

/**
 * @param known - names of the options that the caller takes
 * @throws TypeError where an option can't be used
 */
export function createTransport(
  options: TransportOptions,
  credentials: Credentials,
  known: readonly string[] = TRANSPORT_OPTIONS,
): Transport {
  assertOptions(options, known);
  const { token, key } = credentials;
  const url = readBaseUrl(options.baseUrl);
  const prefix = url.href.replace(/\/$/, '');
  const redact = redactor(credentials, url);
  const bucketsOf = createBuckets(url.origin, credentials);
  sharedLimiter ??= new MemoryLimiter();
  const { limiter = sharedLimiter, onRequest, onResponse, onRateLimit } = options;
  const ownHeaders = {
    ...(!isBrowser() && { 'user-agent': options.userAgent.trim() }),
    ...(token && { authorization: key ? `Bearer ${token}` : token }),
  };
  const limits = readLimits(options);
  const limitsOf = (call: CallDefaults) =>
    (call.retry ?? call.timeout ?? call.totalTimeout) === undefined ? limits : readLimits(options, call);
  check(typeof limiter?.acquire === 'function', 'limiter must have a method acquire');

  return {
    baseUrl: redact(prefix),
    bucketsOf,
    redact,
    limiter,
    limitsOf,
    async send(request, read, callOptions, body, headers) {
      const { method, path } = request;
      const { signal: caller } = callOptions;
      const { attempts, rateLimited, timeout, totalTimeout } = limitsOf(callOptions);
      const buckets = bucketsOf(method, path);
      const [signal, endIn, left, clear] = startDeadline(totalTimeout, caller);
      const place = { buckets: buckets.possible, signal, timeLeft: Math.min(timeout, totalTimeout) };
      /** Makes of whatever breaks a step an error that says what it was, and no secret. */
      const explain = (error: unknown): never => {
        if (error instanceof PluralKitError) throw error;
        if (error instanceof BucketHeldError)
          throw new RateLimitedError(error.message, {
            request,
            status: 429,
            code: 0,
            codeName: 'RateLimitError',
            retryAfter: error.retryAfter,
            cause: error,
          });
        if (signal.aborted) throw endError(request, caller);
        const cause = redactError(error, redact);
        throw new NetworkError(`No response came: ${messageOf(cause)}`, { request, cause });
      };
      // A custom fetch or limiter may ignore signals.
      const guard = <Step>(step: Promise<Step>) =>
        (options.fetch || options.limiter ? unlessAborted(step, signal) : step).catch(explain);
      /** What throws rejects. */
      const sendOnce = async () => {
        signal.throwIfAborted();
        return (options.fetch ?? fetch)(prefix + path, {
          method,
          headers: { ...ownHeaders, ...(body && { 'content-type': 'application/json' }), ...headers },
          body: body ?? null,
          redirect: 'manual',
          signal,
        });
      };
      let failures = 0;
      let timesLimited = 0;
      let lastLimited: Response | undefined;
      let delay = 0;
      let retryAfter = 0;
      const mayRepeat = (count: number, most: number) => {
        delay = Math.max(backoff(count), retryAfter);
        return count <= most && delay < left();
      };
      try {
        // Loaded by the first body that tells what is private.
        if (body?.match(/"priv|public"/))
          (await guard(import('./check-privacy.ts'))).checkPrivacy(path, parseJson(body));
        for (let attempt = 1; ; attempt++) {
          const askedAt = performance.now();
          retryAfter = 0;
          let settle: Settle | undefined;
          /** What is not sent is not counted; what is sent may be. */
          let withoutResponse: LimiterResponse = { bucket: null };
          try {
            settle = await guard(limiter.acquire(place));
            const sentAt = performance.now();
            endIn(place.timeLeft);
            callOptions[onTurn]?.();
            lastLimited = undefined;
            const sending = { ...request, attempt, waited: sentAt - askedAt };
            emit(onRequest, sending);
            withoutResponse = {};
            const response = await guard(sendOnce());
            const duration = performance.now() - sentAt;
            const { status, headers: received } = response;
            const rateLimit = readRateLimit(received);
            const { scope, limit, remaining } = rateLimit;
            const isRateLimited = status === 429;
            let told: unknown;
            if (isRateLimited) {
              told = parseJson(await guard(response.clone().text()));
              // Only now is all of it here.
              lastLimited = response;
            }
            retryAfter = response.ok ? 0 : retryAfterOf(told, received);
            settle({
              // What the server counts has a scope. What failed on the way may have been counted.
              bucket: scope ? buckets.learn(scope) : isRateLimited || status >= 500 ? undefined : null,
              limit,
              remaining,
              retryAfter: isRateLimited ? retryAfter : undefined,
            });
            const event = { ...sending, status, duration, rateLimit };
            emit(onResponse, event);
            let willRetry = false;
            if (isRateLimited) {
              // It was not done, so that it may be sent again whatever it is.
              willRetry = mayRepeat(++timesLimited, rateLimited);
              emit(onRateLimit, { ...event, retryAfter, willRetry });
            } else if (!response.ok) {
              rejectRedirect(response, request, redact);
              willRetry = isAway(status, !!scope) && method === 'GET' && mayRepeat(++failures, attempts - 1);
            }
            if (!willRetry) return await guard(read(response));
            if (!isRateLimited) discard(response);
          } catch (error) {
            // A call that was rate limited to the end says so.
            if (lastLimited && error instanceof TimeoutError) return await read(lastLimited);
            const hasNotActed =
              error instanceof NetworkError && (method === 'GET' || neverArrived(error.cause));
            if (!hasNotActed || !mayRepeat(++failures, attempts - 1)) throw error;
          } finally {
            settle?.(withoutResponse);
          }
          // An abort is handled by the next attempt.
          await sleep(delay, signal);
          place.timeLeft = Math.min(timeout, left());
          // Waiting in line is bounded by the whole time alone. What a call does at its turn, and holds of the server, are counted.
          endIn(Infinity);
        }
      } finally {
        clear();
      }
    },
  };
}
