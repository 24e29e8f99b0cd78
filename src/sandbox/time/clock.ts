import type { Instant } from '../formats/instant.ts';

/** What tells the time everywhere within the sandbox. */
export interface Clock {
  /** Now, cut to microseconds. */
  now(): Instant;
  /** Stops the clock: at the given time, or where it is. */
  freeze(at?: Date): void;
  /** Lets a stopped clock go on from where it is. */
  resume(): void;
  /** Sets the clock; it goes on from there, unless it is stopped. */
  set(time: Date): void;
  /** Moves the clock by milliseconds, forwards or backwards. */
  advance(milliseconds: number): void;
  /** Back to the real time. */
  reset(): void;
  readonly frozen: boolean;
}

const nanosecondsPerMillisecond = 1_000_000;

/** @param source - gives the real time in milliseconds since 1970, with fractions */
export function createClock(source: () => number = realTime): Clock {
  let offset = 0;
  let frozenAt: number | undefined;
  const milliseconds = () => frozenAt ?? source() + offset;
  return {
    now: () => toInstant(milliseconds()),
    freeze(at) {
      frozenAt = at?.getTime() ?? milliseconds();
    },
    resume() {
      if (frozenAt !== undefined) offset = frozenAt - source();
      frozenAt = undefined;
    },
    set(time) {
      if (frozenAt === undefined) offset = time.getTime() - source();
      else frozenAt = time.getTime();
    },
    advance(amount) {
      if (frozenAt === undefined) offset += amount;
      else frozenAt += amount;
    },
    reset() {
      offset = 0;
      frozenAt = undefined;
    },
    get frozen() {
      return frozenAt !== undefined;
    },
  };
}

function realTime(): number {
  return performance.timeOrigin + performance.now();
}

function toInstant(milliseconds: number): Instant {
  const whole = Math.floor(milliseconds);
  const microseconds = Math.floor((milliseconds - whole) * 1000);
  return BigInt(whole) * BigInt(nanosecondsPerMillisecond) + BigInt(microseconds) * 1000n;
}
