import { endError, startDeadline } from './deadline.ts';
import type { FailedRequest } from './errors.ts';

/** A call that several wait for, each as long as they like. It is aborted when nobody waits any more. */
export class SharedCall<Result> {
  readonly #controller = new AbortController();
  readonly #request: FailedRequest;
  readonly #result: Promise<Result>;
  readonly #turn: Promise<unknown>;
  #turnAt = Infinity;
  #waiting = 0;

  /** @param run - makes the call; its signal is aborted when all who joined have left */
  constructor(
    request: FailedRequest,
    run: (options: { signal: AbortSignal; onTurn: () => void }) => Promise<Result>,
  ) {
    let begin: () => void = () => undefined;
    this.#turn = new Promise<void>((resolve) => {
      begin = resolve;
    });
    const onTurn = () => {
      this.#turnAt = performance.now();
      begin();
    };
    this.#request = request;
    this.#result = run({ signal: this.#controller.signal, onTurn });
    // Not every call has a turn: a cache may know the result.
    this.#result.then(begin, begin);
  }

  /** Whether everyone has left, so that nobody should join any more. */
  get isAborted(): boolean {
    return this.#controller.signal.aborted;
  }

  /**
   * Milliseconds that the call has been counted against the timeout of someone who joined.
   *
   * @param joinedAt - by `performance.now()`
   */
  elapsed(joinedAt: number): number {
    return Math.max(0, performance.now() - Math.max(joinedAt, this.#turnAt));
  }

  /**
   * Waits with the others, but leaves them when its own signal is aborted, or its own time is up.
   *
   * @param timeout - milliseconds from the call's turn on
   * @param totalTimeout - milliseconds in all
   * @throws AbortedError, TimeoutError, and what the call throws
   */
  async join(timeout: number, totalTimeout: number, signal: AbortSignal | undefined): Promise<Result> {
    const whole = startDeadline(totalTimeout, signal);
    let deadline = whole;
    this.#waiting++;
    try {
      await whole.race(this.#turn);
      deadline = startDeadline(timeout, whole.signal);
      return await deadline.race(this.#result);
    } catch (error) {
      throw error === deadline.signal.reason ? endError(this.#request, signal) : error;
    } finally {
      deadline.clear();
      whole.clear();
      if (--this.#waiting === 0) this.#controller.abort(signal?.reason);
    }
  }
}
