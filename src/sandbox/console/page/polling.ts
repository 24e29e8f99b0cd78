const shortestPause = 1000;
/** Polling takes at most a tenth of the time, whatever the size of the world. */
const pausePerWork = 9;

/**
 * Runs a function repeatedly, never twice at once, and not while the page is hidden.
 *
 * @returns does it now, before its time; resolves when that is done
 */
export function poll(work: () => Promise<void>): () => Promise<void> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let underWay: Promise<void> | undefined;
  const once = async () => {
    const start = performance.now();
    try {
      await work();
    } finally {
      underWay = undefined;
      const pause = Math.max(shortestPause, (performance.now() - start) * pausePerWork);
      if (!document.hidden) timer = setTimeout(now, pause);
    }
  };
  const now = async (): Promise<void> => {
    clearTimeout(timer);
    // A run in progress may have begun before the change.
    await underWay;
    clearTimeout(timer);
    underWay ??= once();
    await underWay;
  };
  document.addEventListener('visibilitychange', () => {
    if (document.hidden) clearTimeout(timer);
    else now();
  });
  return now;
}
