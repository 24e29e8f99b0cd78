/** The reply of the script to `take`. */
export interface TakeReply {
  readonly granted: number;
  /** Milliseconds until the next turn. */
  readonly wait: number;
  /** Milliseconds until the API accepts requests again. */
  readonly hold: number;
  /** Milliseconds of Redis's clock. */
  readonly now: number;
  readonly processes: number;
  readonly rank: number;
}

/** @throws TypeError where it is something else, such as the reply of a proxy */
export function readTake(reply: unknown): TakeReply {
  const numbers = Array.isArray(reply) ? reply.map((value) => Number(String(value))) : [];
  const [granted = Number.NaN, wait = 0, hold = 0, now = 0, processes = 1, rank = 0] = numbers;
  if (numbers.length !== 6 || numbers.some(Number.isNaN)) throw new TypeError('Redis sent another reply');
  return { granted, wait, hold, now, processes, rank };
}
