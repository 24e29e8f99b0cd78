/** The response of a simulated server to one request, in the terms of its headers. */
export interface Verdict {
  passed: boolean;
  limit: number;
  remaining: number;
  /** UNIX time as the server writes it: seconds as coded, milliseconds as documented. */
  reset: number;
  /** Milliseconds, only of a rate-limited request. */
  retryAfter?: number;
}

export interface SimulatedServer {
  /** Judges a request that arrives at this time, in milliseconds. Times never go back. */
  arrive(now: number): Verdict;
}

const EPOCH = 1_790_000_000_000;
/** Far below a microsecond, the resolution of the real server's clock. */
const ROUNDING = 1e-6;

/** The limiter as the real server runs it: a GCRA that passes only while the floored count left is over zero. */
export class CodedServer implements SimulatedServer {
  readonly limit: number;
  #mark = Number.NEGATIVE_INFINITY;

  constructor(limit: number) {
    this.limit = limit;
  }

  arrive(now: number): Verdict {
    const interval = 1000 / this.limit;
    const next = Math.max(this.#mark, now) + interval;
    const left = (now + 1000 - next) / interval;
    const passed = Math.floor(left + ROUNDING) > 0;
    // Rounding takes one from a whole number: 8 after the first request of a full bucket of 10.
    const remaining = Math.max(passed ? 1 : 0, Math.floor(left - ROUNDING));
    const reset = Math.floor((EPOCH + now) / 1000);
    if (left + ROUNDING >= 0) this.#mark = next;
    if (passed) return { passed, limit: this.limit, remaining, reset };
    return {
      passed,
      limit: this.limit,
      remaining: 0,
      reset,
      retryAfter: Math.max(0, -left * interval),
    };
  }
}

/** As the documentation reads: so many requests in each second of the clock, which may begin at any phase. */
export class WindowServer implements SimulatedServer {
  readonly limit: number;
  readonly #phase: number;
  #window = -1;
  #count = 0;

  constructor(limit: number, phase = 0) {
    this.limit = limit;
    this.#phase = phase;
  }

  arrive(now: number): Verdict {
    const window = Math.floor((now + this.#phase) / 1000);
    if (window !== this.#window) this.#count = 0;
    this.#window = window;
    const end = (window + 1) * 1000 - this.#phase;
    const passed = this.#count < this.limit;
    if (passed) this.#count++;
    const verdict = { passed, limit: this.limit, remaining: this.limit - this.#count, reset: EPOCH + end };
    return passed ? verdict : { ...verdict, retryAfter: end - now };
  }
}
