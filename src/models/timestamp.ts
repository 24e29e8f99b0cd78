import { hasDay } from './calendar-date.ts';

const MICROSECONDS_IN_SECOND = 1_000_000n;
const FIRST_YEAR = -9998;
const TIMESTAMP = /^((?!-0000)-?\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d):(\d\d)(?:\.(\d{1,9}))?Z$/;
/** As TIMESTAMP, with years of Temporal's form, an offset in the groups from the eighth on, and annotations. */
const INSTANT =
  /^((?!-000000)[+-]\d{6}|\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d):(\d\d)(?:\.(\d{1,9}))?(?:Z|([+-])(\d\d):(\d\d))(?:\[[^\]]+\])*$/;

/**
 * Reads a timestamp of the API without losing any of its digits.
 *
 * @param text - `YYYY-MM-DDTHH:MM:SSZ` with up to nine digits of a second, strictly as the API takes it where a switch is
 *   logged or listed: `T` and `Z` in capitals, no offset, 24:00:00 for the end of a day, and years before 1 as `-0001`.
 *   Digits after the sixth are cut, as the server cuts them when it stores them.
 * @returns microseconds since the UNIX epoch: to be compared, subtracted and sorted
 * @throws TypeError where the text has another form
 * @throws RangeError where there is no such day or time of day
 */
export function parseTimestamp(text: string): bigint {
  const parts = TIMESTAMP.exec(text);
  if (!parts)
    throw new TypeError(`${JSON.stringify(text)} is no timestamp: expected YYYY-MM-DDTHH:MM:SS.ffffffZ`);
  return toMicroseconds(parts, text);
}

/**
 * Writes a timestamp as the API does.
 *
 * @param microseconds - since the UNIX epoch
 * @returns `YYYY-MM-DDTHH:MM:SSZ`, with as many of six digits of the second as are not trailing zeros
 * @throws RangeError outside of the years −9998 to 9999
 */
export function formatTimestamp(microseconds: bigint): string {
  const seconds = divideDown(microseconds, MICROSECONDS_IN_SECOND);
  const micros = microseconds - seconds * MICROSECONDS_IN_SECOND;
  const date = new Date(Number(seconds) * 1000);
  const year = date.getUTCFullYear();
  if (!(year >= FIRST_YEAR && year <= 9999))
    throw new RangeError('Timestamps hold the years from -9998 to 9999');
  const fraction = micros === 0n ? '' : `.${String(micros).padStart(6, '0').replace(/0+$/, '')}`;
  return `${date.toISOString().slice(0, -5).replace(/^-00/, '-')}${fraction}Z`;
}

/**
 * Compares two timestamps of the API, for sorting.
 *
 * @returns negative where the first is earlier, positive where it is later, 0 where they are equal
 * @throws TypeError, RangeError as {@link parseTimestamp} does
 */
export function compareTimestamps(first: string, second: string): number {
  const difference = parseTimestamp(first) - parseTimestamp(second);
  return difference < 0n ? -1 : difference > 0n ? 1 : 0;
}

/**
 * Turns a timestamp into a `Date`, which ends at the millisecond: never page through switches by one.
 *
 * @param timestamp - as the API gives it
 * @returns the last moment a `Date` can hold that is not later
 * @throws TypeError, RangeError as {@link parseTimestamp} does
 */
export function timestampToDate(timestamp: string): Date {
  return new Date(Number(divideDown(parseTimestamp(timestamp), 1000n)));
}

/**
 * Turns a `Date` into a timestamp.
 *
 * @returns as {@link formatTimestamp} writes it
 * @throws RangeError where the date is invalid or outside of the years −9998 to 9999
 */
export function dateToTimestamp(date: Date): string {
  return formatTimestamp(BigInt(date.getTime()) * 1000n);
}

/**
 * Turns a timestamp into a text that `Temporal.Instant.from` reads, which wants six digits for years before 0.
 *
 * @param timestamp - as the API gives it
 * @returns an ISO 8601 text in UTC with nothing lost
 * @throws TypeError, RangeError as {@link parseTimestamp} does
 */
export function timestampToInstant(timestamp: string): string {
  return formatTimestamp(parseTimestamp(timestamp)).replace(/^-/, '-00');
}

/**
 * Turns a `Temporal.Instant`, or the text of a `Temporal.Instant` or `Temporal.ZonedDateTime`, into a timestamp.
 *
 * @param instant - anything with nanoseconds since the UNIX epoch; or an ISO 8601 text with `Z` or an offset, with up
 *   to nine digits of a second. Nanoseconds are cut to microseconds, which is all that the API keeps.
 * @returns as {@link formatTimestamp} writes it
 * @throws TypeError where a text has another form
 * @throws RangeError where there is no such moment, or it lies outside of the years −9998 to 9999
 */
export function instantToTimestamp(instant: string | { readonly epochNanoseconds: bigint }): string {
  if (typeof instant !== 'string') return formatTimestamp(divideDown(instant.epochNanoseconds, 1000n));
  const parts = INSTANT.exec(instant);
  if (!parts)
    throw new TypeError(`${JSON.stringify(instant)} is no instant: expected ISO 8601 with Z or an offset`);
  const [sign, hours, minutes] = parts.slice(8);
  const offset = (Number(hours ?? 0) * 60 + Number(minutes ?? 0)) * (sign === '-' ? -60 : 60);
  return formatTimestamp(toMicroseconds(parts, instant) - BigInt(offset) * MICROSECONDS_IN_SECOND);
}

function toMicroseconds(parts: RegExpExecArray, text: string): bigint {
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = parts.slice(1, 7).map(Number);
  const micros = (parts[7] ?? '').padEnd(6, '0').slice(0, 6);
  const endOfDay = hour === 24 && minute === 0 && second === 0 && Number(parts[7] ?? 0) === 0;
  const hasTime = (hour <= 23 || endOfDay) && minute <= 59 && second <= 59;
  if (year < FIRST_YEAR || !hasDay(year, month, day) || !hasTime) {
    throw new RangeError(`There is no moment ${text}`);
  }
  // Not Date.UTC, which takes the years 0 to 99 for 1900 to 1999.
  const midnight = new Date(0).setUTCFullYear(year, month - 1, day) / 1000;
  return BigInt(midnight + (hour * 60 + minute) * 60 + second) * MICROSECONDS_IN_SECOND + BigInt(micros);
}

/** Division that rounds to the past, also before the epoch, as the digits of a timestamp count forward. */
function divideDown(value: bigint, by: bigint): bigint {
  const quotient = value / by;
  return quotient * by > value ? quotient - 1n : quotient;
}
