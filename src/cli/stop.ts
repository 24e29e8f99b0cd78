/** A second signal this soon after the first is the same one: npm forwards the signal that the terminal has sent to all processes. */
const sameSignalMilliseconds = 250;

/**
 * Resolves at Ctrl-C or SIGTERM; the next one ends the program at once.
 *
 * @returns the exit code of a program that a signal ended: 130 or 143
 */
export async function untilStopped(): Promise<number> {
  return new Promise((resolve) => {
    let stoppedAt: number | undefined;
    const stop = (signal: NodeJS.Signals) => {
      const code = signal === 'SIGINT' ? 130 : 143;
      if (stoppedAt === undefined) {
        stoppedAt = performance.now();
        resolve(code);
      } else if (performance.now() - stoppedAt > sameSignalMilliseconds) {
        process.exit(code);
      }
    };
    process.on('SIGINT', stop).on('SIGTERM', stop);
  });
}
