/** What became of the requests of all processes. */
export interface RequestCounts {
  /** Requests that were sent. */
  requests: number;
  rateLimited: number;
  /** Those that a process sent after a 429 had shown it that others share the bucket. */
  rateLimitedLater: number;
}

/** Makes a function that sends the requests of one process, and counts them with those of all others. */
export function countRequests(counts: RequestCounts): (send: () => Promise<Response>) => Promise<Response> {
  let toldAt = Number.POSITIVE_INFINITY;
  return async (send) => {
    const sentAt = performance.now();
    counts.requests++;
    const response = await send();
    if (response.status === 429) {
      counts.rateLimited++;
      if (sentAt >= toldAt) counts.rateLimitedLater++;
      toldAt = Math.min(toldAt, performance.now());
    }
    return response;
  };
}
