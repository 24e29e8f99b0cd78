import { check } from './check.ts';
import { AbortedError, type FailedRequest, type PluralKitError, TimeoutError } from './errors.ts';

/** Timers can't be set further ahead: about 24 days. */
export const LONGEST_TIMER = 2 ** 31 - 1;

/** What ends a wait before its result: the caller's signal, or the time that is left. */
export type Deadline = readonly [
  signal: AbortSignal,
  /** Sets the milliseconds that are left, as far as the whole time lets. */
  endIn: (milliseconds: number) => void,
  /** Milliseconds that are left. */
  left: () => number,
  /** To be called when the wait is over. */
  clear: () => void,
];

/**
 * @param whole - milliseconds; `Infinity` for no end
 * @throws TypeError where the caller's signal is none
 */
export function startDeadline(whole: number, caller: AbortSignal | undefined): Deadline {
  check(caller == null || caller.addEventListener, 'signal must be an AbortSignal');
  const controller = new AbortController();
  const last = performance.now() + whole;
  let endsAt = last;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const left = () => endsAt - performance.now();
  const end = () => controller.abort(caller?.reason);
  const clear = () => {
    clearTimeout(timer);
    caller?.removeEventListener('abort', end);
  };
  const endIn = (milliseconds: number) => {
    clearTimeout(timer);
    endsAt = Math.min(last, performance.now() + milliseconds);
    // Node.js warns of times below 0.
    const time = Math.max(0, left());
    if (time <= LONGEST_TIMER) timer = setTimeout(end, time);
  };
  caller?.addEventListener('abort', end);
  if (caller?.aborted) end();
  endIn(whole);
  return [controller.signal, endIn, left, clear];
}

/** Waits for a result, or rejects with the signal's reason when that is aborted first, whatever becomes of the result. */
export function unlessAborted<Result>(
  result: Promise<Result>,
  signal: AbortSignal | undefined,
): Promise<Result> {
  return new Promise((resolve, reject) => {
    const stop = () => reject(signal?.reason);
    if (signal?.aborted) stop();
    signal?.addEventListener('abort', stop);
    result.then(resolve, reject).then(() => signal?.removeEventListener('abort', stop));
  });
}

/** Waits for a time, not longer than timers can, or until the signal is aborted. */
export async function sleep(milliseconds: number, signal: AbortSignal): Promise<void> {
  const [over, , , clear] = startDeadline(milliseconds, signal);
  await unlessAborted(new Promise(() => {}), over).catch(() => {});
  clear();
}

/** What a call ends with when its deadline does. That of `AbortSignal.timeout()` says that the time is up, too. */
export function endError(request: FailedRequest, caller: AbortSignal | undefined): PluralKitError {
  const cause = caller?.reason;
  return cause === undefined || Object(cause).name === 'TimeoutError'
    ? new TimeoutError('No response came in time', { request, cause })
    : new AbortedError('The call was aborted', { request, cause });
}
