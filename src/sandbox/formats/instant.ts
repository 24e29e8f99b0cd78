import { hasDay } from '../../models/calendar-date.ts';
import { trimEnd } from '../../models/trim-end.ts';

/** A moment as nanoseconds since 1970 in UTC; what the server stores is cut to microseconds. */
export type Instant = bigint;

const nanosecondsPerSecond = 1_000_000_000n;
const secondsPerDay = 86_400;
const extendedIso = /^(-?\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d):(\d\d)(?:[.,](\d{1,9}))?Z$/;

/**
 * Reads `2022-02-03T04:05:06.789Z`, with years from -9998 to 9999, and `24:00:00` as the next midnight, as the server
 * reads timestamps of models and queries.
 *
 * @returns undefined where it is none, or the next midnight is in the year 10000, which no timestamp can have
 */
export function parseInstant(text: string): Instant | undefined {
  const match = extendedIso.exec(text);
  if (match === null) return undefined;
  const [, year, month, day, hour, minute, second, fraction = ''] = match;
  const isMidnightAtEnd =
    hour === '24' && Number(minute) === 0 && Number(second) === 0 && Number(fraction) === 0;
  if (Number(hour) > 23 && !isMidnightAtEnd) return undefined;
  const instant = instantOf(
    Number(year),
    Number(month),
    Number(day),
    Number(hour),
    Number(minute),
    Number(second),
    fraction,
  );
  return instant !== undefined && instant <= lastInstant ? instant : undefined;
}

/** The last moment that a timestamp can have. */
export const lastInstant = instantOf(9999, 12, 31, 23, 59, 59, '999999999') ?? 0n;
const earliestStored = instantOf(-4712, 1, 1) ?? 0n;

/** True for moments that the server's database can keep. */
export function isStorableInstant(instant: Instant): boolean {
  return instant >= earliestStored && instant <= lastInstant;
}

/** The moment of a date and time in UTC; undefined where there is no such date or time. */
export function instantOf(
  year: number,
  month: number,
  day: number,
  hour = 0,
  minute = 0,
  second = 0,
  fraction = '',
): Instant | undefined {
  if (year < -9998 || year > 9999 || !hasDay(year, month, day)) return undefined;
  if (hour > 24 || minute > 59 || second > 59) return undefined;
  const date = new Date(0);
  date.setUTCFullYear(year, month - 1, day);
  const seconds = date.getTime() / 1000 + hour * 3600 + minute * 60 + second;
  return BigInt(seconds) * nanosecondsPerSecond + BigInt(fraction.padEnd(9, '0'));
}

/** `2022-02-03T04:05:06.789Z`: fractions without trailing zeros, as the server writes them. */
export function formatInstant(instant: Instant): string {
  const seconds = floorDivide(instant, nanosecondsPerSecond);
  const fraction = trimEnd(String(instant - seconds * nanosecondsPerSecond).padStart(9, '0'), '0');
  return `${formatSeconds(Number(seconds))}${fraction === '' ? '' : `.${fraction}`}Z`;
}

/** With the precision of the database. */
export function truncateToMicroseconds(instant: Instant): Instant {
  return floorDivide(instant, 1000n) * 1000n;
}

function formatSeconds(seconds: number): string {
  const day = new Date(Math.floor(seconds / secondsPerDay) * secondsPerDay * 1000);
  const year = day.getUTCFullYear();
  const time = seconds - Math.floor(seconds / secondsPerDay) * secondsPerDay;
  const yearText = `${year < 0 ? '-' : ''}${String(Math.abs(year)).padStart(4, '0')}`;
  const date = `${yearText}-${two(day.getUTCMonth() + 1)}-${two(day.getUTCDate())}`;
  return `${date}T${two(Math.floor(time / 3600))}:${two(Math.floor(time / 60) % 60)}:${two(time % 60)}`;
}

function two(value: number): string {
  return String(value).padStart(2, '0');
}

function floorDivide(value: bigint, divisor: bigint): bigint {
  const quotient = value / divisor;
  return value % divisor < 0n ? quotient - 1n : quotient;
}
