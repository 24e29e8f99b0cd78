import { race } from './deadline.ts';

/** A call that several wait for. It is aborted when nobody waits any more. */
export class SharedCall<Result> {
  readonly #controller = new AbortController();
  readonly #result: Promise<Result>;
  #waiting = 0;

  /** @param run - makes the call; its signal is aborted when all who joined have left */
  constructor(run: (signal: AbortSignal) => Promise<Result>) {
    this.#result = run(this.#controller.signal);
  }

  /** Whether everyone has left, so that nobody should join any more. */
  get isAborted(): boolean {
    return this.#controller.signal.aborted;
  }

  /** Waits with the others, but leaves them when the own signal is aborted: then it rejects with the signal's reason. */
  async join(signal: AbortSignal | undefined): Promise<Result> {
    this.#waiting++;
    try {
      return await race(this.#result, signal);
    } finally {
      if (--this.#waiting === 0) this.#controller.abort(signal?.reason);
    }
  }
}
