import type { WebAbortSignal } from '../../models/web-types.ts';
/** Requests that wait because of a delay, or of a failed service behind the gateway. */
export class Waits {
  readonly #waiting = new Set<(error?: unknown) => void>();

  /**
   * Waits.
   *
   * @param milliseconds - for how long; until `goOn` where it is omitted
   * @param signal - the caller's
   * @throws the reason of the signal, or what `breakOff` is given
   */
  async wait(signal: WebAbortSignal | undefined, milliseconds?: number): Promise<void> {
    signal?.throwIfAborted();
    let timer: ReturnType<typeof setTimeout> | undefined;
    let end: (error?: unknown) => void = () => {};
    const abort = () => end(signal?.reason);
    try {
      await new Promise<void>((resolve, reject) => {
        end = (error) => (error === undefined ? resolve() : reject(error));
        this.#waiting.add(end);
        signal?.addEventListener('abort', abort);
        if (milliseconds !== undefined) timer = setTimeout(resolve, milliseconds);
      });
    } finally {
      this.#waiting.delete(end);
      signal?.removeEventListener('abort', abort);
      clearTimeout(timer);
    }
  }

  /** Resumes all waiting requests. */
  goOn(): void {
    for (const end of this.#waiting) end();
  }

  /** Rejects all waiting requests. */
  breakOff(error: Error): void {
    for (const end of this.#waiting) end(error);
  }
}
