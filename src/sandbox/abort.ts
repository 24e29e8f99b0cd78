import type { RequestSource } from './gateway/target.ts';

/** The signal of a caller in this process. A server's requests have none: who hangs up has sent them all the same. */
export function signalOf(request: Request, { target }: RequestSource): AbortSignal | undefined {
  return target === undefined ? request.signal : undefined;
}

/** @throws the reason of the signal, as soon as that is aborted */
export async function unlessAborted<Value>(
  work: Value | Promise<Value>,
  signal: AbortSignal | undefined,
): Promise<Value> {
  if (signal === undefined) return work;
  let abort = () => {};
  const aborted = new Promise<never>((_, reject) => {
    abort = () => reject(signal.reason);
    signal.addEventListener('abort', abort);
  });
  try {
    return await Promise.race([work, aborted]);
  } finally {
    signal.removeEventListener('abort', abort);
  }
}
