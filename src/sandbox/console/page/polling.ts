const shortestPause = 1000;
/** Asking takes at most a tenth of the time, however large the world is. */
const pausePerWork = 9;

/**
 * Does something again and again, though never twice at once, and not while nobody can see the page.
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
    // What is under way may have begun before the change that is to be seen.
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
