/** Timers can't be set further ahead: about 24 days. */
const LONGEST_TIMER = 2 ** 31 - 1;

/** What ends an attempt before its answer: the caller's signal, or the time that is left. */
export interface Deadline {
  readonly signal: AbortSignal;
  /** To be called when the attempt is done. */
  clear(): void;
}

/** @param milliseconds - `Infinity` for no end */
export function startDeadline(milliseconds: number, caller: AbortSignal | undefined): Deadline {
  const controller = new AbortController();
  const end = () => controller.abort(caller?.reason);
  const timer = milliseconds < LONGEST_TIMER ? setTimeout(end, milliseconds) : undefined;
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

/** Waits for a time, or for the signal: then it returns early. */
export async function sleep(milliseconds: number, signal: AbortSignal | undefined): Promise<void> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const time = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, milliseconds);
  });
  await race(time, signal).catch(() => clearTimeout(timer));
}
