import { AbortedError, type FailedRequest, type PluralKitError, TimeoutError } from './errors.ts';
import { isObject } from './json.ts';

/** Timers can't be set further ahead: about 24 days. */
export const LONGEST_TIMER = 2 ** 31 - 1;

/**
 * Reads an option that is a time.
 *
 * @throws TypeError where it is not a number above 0
 */
export function readTime(name: string, value: unknown): number {
  if (typeof value === 'number' && value > 0) return value;
  throw new TypeError(`${name} must be milliseconds above 0, or Infinity`);
}

/** What ends a wait before its result: the caller's signal, or the time that is left. */
export interface Deadline {
  readonly signal: AbortSignal | undefined;
  /** To be called when the wait is over. */
  clear(): void;
}

/** @param milliseconds - `Infinity` for no end */
export function startDeadline(milliseconds: number, caller: AbortSignal | undefined): Deadline {
  if (milliseconds > LONGEST_TIMER) return { signal: caller, clear: () => undefined };
  const controller = new AbortController();
  const end = () => controller.abort(caller?.reason);
  const timer = setTimeout(end, milliseconds);
  caller?.addEventListener('abort', end);
  if (caller?.aborted) end();
  return {
    signal: controller.signal,
    clear() {
      clearTimeout(timer);
      caller?.removeEventListener('abort', end);
    },
  };
}

/** Waits for a result, or for the signal: then it rejects with the signal's reason, whatever becomes of the result. */
export function race<Result>(result: Promise<Result>, signal: AbortSignal | undefined): Promise<Result> {
  return new Promise((resolve, reject) => {
    const end = () => reject(signal?.reason);
    if (signal?.aborted) end();
    signal?.addEventListener('abort', end);
    result.then(resolve, reject).finally(() => signal?.removeEventListener('abort', end));
  });
}

/** Waits for a time, or for the signal: then it rejects with the signal's reason. */
export async function sleep(milliseconds: number, signal: AbortSignal | undefined): Promise<void> {
  if (milliseconds <= 0) return;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const time = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, Math.min(milliseconds, LONGEST_TIMER));
  });
  await race(time, signal).finally(() => clearTimeout(timer));
}

/** What a call ends with when its signal aborts: that of `AbortSignal.timeout()` says that the time is up. */
export function abortError(request: FailedRequest, reason: unknown): PluralKitError {
  if (isObject(reason) && reason.name === 'TimeoutError')
    return new TimeoutError('No response came in time', { request, cause: reason });
  return new AbortedError('The call was aborted', { request, cause: reason });
}
