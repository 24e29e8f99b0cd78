import { hasDay } from './calendar-date.ts';
import { trimEnd } from './trim-end.ts';

const MICROSECONDS_IN_SECOND = 1_000_000n;
const FIRST_YEAR = -9998;
const INSTANT =
  /^(-?\d{4}|[+-]\d{6})-(\d\d)-(\d\d)T(\d\d:\d\d:\d\d)(?:\.(\d{1,9}))?(Z|[+-]\d\d:\d\d)(?:\[[^\]]+\])*$/;

/**
 * Reads a timestamp of the API without losing any of its digits.
 *
 * Source: `test/recordings/v2/formats/timestamps.jsonl`.
 *
 * @param text - `YYYY-MM-DDTHH:MM:SSZ` with up to nine digits of a second, strictly as the API takes it where a switch is
 *   logged or listed: `T` and `Z` in capitals, no offset, 24:00:00 for the end of a day, and years before 1 as `-0001`.
 *   Digits after the sixth are cut, as the server cuts them when it stores them.
 * @returns microseconds since the UNIX epoch: to be compared, subtracted and sorted
 * @throws TypeError where the text has another form
 * @throws RangeError where there is no such day or time of day
 */
export function parseTimestamp(text: string): bigint {
  return readInstant(text, /^-?\d{4}-.*Z$/);
}

/**
 * Writes a timestamp as the API does.
 *
 * Source: `test/recordings/v2/formats/timestamps.jsonl`.
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
  const fraction = micros === 0n ? '' : `.${trimEnd(String(micros).padStart(6, '0'), '0')}`;
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
  return formatTimestamp(
    typeof instant === 'string' ? readInstant(instant, INSTANT) : divideDown(instant.epochNanoseconds, 1000n),
  );
}

/** Microseconds of a text in the given form. */
function readInstant(text: string, form: RegExp): bigint {
  const [match, year = '', month = '', day = '', time = '', fraction = '', zone = ''] =
    (form.test(text) && INSTANT.exec(text)) || [];
  if (!match)
    throw new TypeError(`${JSON.stringify(text)} is no timestamp: expected YYYY-MM-DDTHH:MM:SS.ffffffZ`);
  // `Date` requires six digits for years before 0 and after 9999.
  const longYear = year.replace(/^(-?)(?=\d{4}$)/, (sign) => `${sign || '+'}00`);
  const milliseconds = Date.parse(`${longYear}-${month}-${day}T${time}${zone}`);
  // Some engines take 30 February for 2 March; and midnight may be 24:00:00, but nothing after it.
  const exists =
    hasDay(Number(year), Number(month), Number(day)) && !(time.startsWith('24') && Number(fraction));
  if (Number.isNaN(milliseconds) || !exists || Number(year) < FIRST_YEAR) {
    throw new RangeError(`There is no moment ${text}`);
  }
  return BigInt(milliseconds) * 1000n + BigInt(fraction.padEnd(6, '0').slice(0, 6));
}

/** Division that rounds to the past, also before the epoch, as the digits of a timestamp count forward. */
function divideDown(value: bigint, by: bigint): bigint {
  const quotient = value / by;
  return quotient * by > value ? quotient - 1n : quotient;
}
