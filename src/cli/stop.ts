/** A second signal this soon after the first is the same one: npm forwards the signal that the terminal has sent to all processes. */
const sameSignalMilliseconds = 250;

/** Resolves at Ctrl-C or SIGTERM; the next one ends the program at once. */
export async function untilStopped(): Promise<void> {
  return new Promise((resolve) => {
    let stoppedAt: number | undefined;
    const stop = (signal: NodeJS.Signals) => {
      if (stoppedAt === undefined) {
        stoppedAt = performance.now();
        resolve();
      } else if (performance.now() - stoppedAt > sameSignalMilliseconds) {
        process.exit(signal === 'SIGINT' ? 130 : 143);
      }
    };
    process.on('SIGINT', stop).on('SIGTERM', stop);
  });
}
