import { mock } from 'node:test';

/**
 * Runs something in simulated time: timers, `Date` and `performance.now()` advance by a millisecond whenever nothing else is
 * left to do. Code that waits for a network or a disk would never finish.
 */
export async function simulate<Result>(run: () => Promise<Result>): Promise<Result> {
  const start = Date.now();
  mock.timers.enable({ apis: ['setTimeout', 'Date'], now: start });
  const now = mock.method(performance, 'now', () => Date.now() - start);
  try {
    let isOver = false;
    const result = run().finally(() => {
      isOver = true;
    });
    result.catch(() => undefined);
    for (await settle(); !isOver; await settle()) mock.timers.tick(1);
    return await result;
  } finally {
    now.mock.restore();
    mock.timers.reset();
  }
}

/** Runs promise callbacks until all wait for a timer. */
async function settle(): Promise<void> {
  for (let turn = 0; turn < 2; turn++) await new Promise((resolve) => setImmediate(resolve));
}
