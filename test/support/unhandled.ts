/** The rejections that nobody has handled during some work, and a moment after it. */
export async function unhandledDuring(work: () => Promise<unknown>): Promise<unknown[]> {
  const unhandled: unknown[] = [];
  const keep = (reason: unknown) => unhandled.push(reason);
  process.on('unhandledRejection', keep);
  try {
    await work();
    await new Promise((resolve) => setTimeout(resolve, 10));
  } finally {
    process.off('unhandledRejection', keep);
  }
  return unhandled;
}

/** A listener that is `async` and rejects. */
export async function rejectingListener(): Promise<never> {
  throw new Error('a mistake in a listener');
}
