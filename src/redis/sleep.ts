/**
 * Waits for a time.
 *
 * @param keepsAlive - whether the process must not end before
 */
export function sleep(milliseconds: number, keepsAlive = true): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, Math.ceil(milliseconds));
    // Browsers have numbers.
    if (!keepsAlive) Object(timer).unref?.();
  });
}
