import { checkOptions, has, is } from '../../models/check-options.ts';
import type { Instant } from '../formats/instant.ts';

/** What tells the time everywhere within the sandbox. */
export interface Clock {
  /** Now, cut to microseconds. */
  now(): Instant;
  /**
   * Stops the clock: at the given time, or where it is.
   *
   * @throws RangeError where the time is outside of the years 1 to 9999
   */
  freeze(at?: Date): void;
  /** Lets a stopped clock go on from where it is. */
  resume(): void;
  /**
   * Sets the clock; it goes on from there, unless it is stopped. At the end of the year 9999 it stays.
   *
   * @throws RangeError where the time is outside of the years 1 to 9999
   */
  set(time: Date): void;
  /**
   * Moves the clock by milliseconds, forwards or backwards.
   *
   * @throws RangeError where that leads out of the years 1 to 9999; the clock stays as it is then
   */
  advance(milliseconds: number): void;
  /** Back to the real time. */
  reset(): void;
  readonly frozen: boolean;
}

const nanosecondsPerMillisecond = 1_000_000;

const earliestTime = Date.parse('0001-01-01T00:00:00Z');
const latestTime = Date.parse('9999-12-31T23:59:59.999Z');

/** Whether a time, in milliseconds since 1970, is one that the API can write, and so a clock can show. */
export function isClockTime(milliseconds: number): boolean {
  return milliseconds >= earliestTime && milliseconds <= latestTime;
}

/** @param source - gives the real time in milliseconds since 1970, with fractions */
export function createClock(source: () => number = realTime): Clock {
  checkOptions({ source }, { source: is.function });
  let offset = 0;
  let frozenAt: number | undefined;
  const milliseconds = () => Math.min(frozenAt ?? source() + offset, latestTime);
  const setTo = (time: number) => {
    if (!isClockTime(time)) throw new RangeError('The clock can show the years 1 to 9999');
    if (frozenAt === undefined) offset = time - source();
    else frozenAt = time;
  };
  return {
    now: () => toInstant(milliseconds()),
    freeze(at) {
      const time = at === undefined ? milliseconds() : timeOf(at);
      setTo(time);
      frozenAt = time;
    },
    resume() {
      if (frozenAt !== undefined) offset = frozenAt - source();
      frozenAt = undefined;
    },
    set: (time) => setTo(timeOf(time)),
    advance(amount) {
      // In plain JavaScript, a text would be appended.
      if (typeof amount !== 'number') throw new TypeError('The milliseconds must be a number');
      setTo(milliseconds() + amount);
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

const isDate = has('getTime');

/** @throws TypeError where it is no Date, in plain JavaScript */
function timeOf(date: Date): number {
  if (!isDate(date)) throw new TypeError('The time must be a Date');
  return date.getTime();
}

function realTime(): number {
  return performance.timeOrigin + performance.now();
}

function toInstant(milliseconds: number): Instant {
  const whole = Math.floor(milliseconds);
  const microseconds = Math.floor((milliseconds - whole) * 1000);
  return BigInt(whole) * BigInt(nanosecondsPerMillisecond) + BigInt(microseconds) * 1000n;
}
