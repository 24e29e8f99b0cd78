import type { WebAbortSignal } from '../models/web-types.ts';

/** @throws the reason of the signal, as soon as that is aborted */
export async function unlessAborted<Value>(
  work: Promise<Value>,
  signal: WebAbortSignal | undefined,
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
