import { isObject } from '../models/is-object.ts';
import { AbortedError, type FailedRequest, type PluralKitError, TimeoutError } from './errors.ts';

/** Timers can't be set further ahead: about 24 days. */
export const LONGEST_TIMER = 2 ** 31 - 1;

/** What ends a wait before its result: the caller's signal, or the time that is left. */
export interface Deadline {
  readonly signal: AbortSignal;
  /** Sets the milliseconds that are left; `Infinity` for no end. */
  readonly endIn: (milliseconds: number) => void;
  /** Waits for a result, or for the end: then it rejects with the signal's reason, whatever becomes of the result. */
  readonly race: <Result>(result: Promise<Result>) => Promise<Result>;
  /** To be called when the wait is over. */
  readonly clear: () => void;
}

/** @param milliseconds - `Infinity` for no end */
export function startDeadline(milliseconds: number, caller: AbortSignal | undefined): Deadline {
  const controller = new AbortController();
  const { signal } = controller;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const end = () => controller.abort(caller?.reason);
  const endIn = (time: number) => {
    clearTimeout(timer);
    if (time <= LONGEST_TIMER) timer = setTimeout(end, time);
  };
  caller?.addEventListener('abort', end);
  if (caller?.aborted) end();
  endIn(milliseconds);
  return {
    signal,
    endIn,
    race: (result) =>
      Promise.race([
        result,
        new Promise<never>((_, reject) => {
          const stop = () => reject(signal.reason);
          if (signal.aborted) stop();
          signal.addEventListener('abort', stop);
        }),
      ]),
    clear() {
      clearTimeout(timer);
      caller?.removeEventListener('abort', end);
    },
  };
}

/** Waits for a time, or for the deadline: then it rejects with the signal's reason. */
export async function sleep(milliseconds: number, deadline: Deadline): Promise<void> {
  if (milliseconds <= 0) return;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const time = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, Math.min(milliseconds, LONGEST_TIMER));
  });
  await deadline.race(time).finally(() => clearTimeout(timer));
}

/** What a call ends with when its deadline does. That of `AbortSignal.timeout()` says that the time is up, too. */
export function endError(request: FailedRequest, caller: AbortSignal | undefined): PluralKitError {
  const cause = caller?.aborted ? caller.reason : undefined;
  return !caller?.aborted || (isObject(cause) && cause.name === 'TimeoutError')
    ? new TimeoutError('No response came in time', { request, cause })
    : new AbortedError('The call was aborted', { request, cause });
}
