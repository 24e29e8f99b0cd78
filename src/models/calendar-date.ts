/** A day of the proleptic Gregorian calendar. */
export interface CalendarDate {
  /** From 1 to 9999. */
  readonly year: number;
  /** From 1, January, to 12. */
  readonly month: number;
  /** From 1 to the length of the month. */
  readonly day: number;
}

/** Milliseconds of 0001-01-02T00:00:00Z. From then on, the date is in year 1 or later in every time zone. */
const FIRST_DAY_EVERYWHERE = -62_135_510_400_000;

/**
 * Reads a date strictly.
 *
 * @param text - `YYYY-MM-DD` and nothing else, the year from 0001
 * @throws TypeError where the text has another form
 * @throws RangeError where there is no such day
 */
export function parseCalendarDate(text: string): CalendarDate {
  const parts = /^(\d{4})-(\d\d)-(\d\d)$/.exec(text);
  if (!parts) throw new TypeError(`${JSON.stringify(text)} is no date: expected YYYY-MM-DD`);
  return checked({ year: Number(parts[1]), month: Number(parts[2]), day: Number(parts[3]) });
}

/**
 * Writes a date.
 *
 * @returns `YYYY-MM-DD`
 * @throws RangeError where there is no such day
 */
export function formatCalendarDate(date: CalendarDate): string {
  const { year, month, day } = checked(date);
  return `${String(year).padStart(4, '0')}-${twoDigits(month)}-${twoDigits(day)}`;
}

/**
 * Tells the local date in a time zone, for example to look for birthdays.
 *
 * @param moment - a point in time within the years 1 to 9999
 * @param timeZone - a tz name such as `Europe/Berlin`: the `timezone` of a system's settings
 * @returns `YYYY-MM-DD`
 * @throws RangeError where the time zone is unknown to the runtime, or the moment lies outside
 */
export function calendarDateIn(moment: Date, timeZone: string): string {
  if (!(moment.getTime() >= FIRST_DAY_EVERYWHERE))
    throw new RangeError('Dates hold the years from 1 to 9999');
  const parts = new Intl.DateTimeFormat('en-US', { timeZone }).formatToParts(moment);
  const part = (type: string) => Number(parts.find((candidate) => candidate.type === type)?.value);
  return formatCalendarDate({ year: part('year'), month: part('month'), day: part('day') });
}

/** Tells whether a month has a day; years before 1 count astronomically, so that 0 is a leap year. */
export function hasDay(year: number, month: number, day: number): boolean {
  const length = month === 2 ? (isLeapYear(year) ? 29 : 28) : [4, 6, 9, 11].includes(month) ? 30 : 31;
  return month >= 1 && month <= 12 && day >= 1 && day <= length;
}

export function isLeapYear(year: number): boolean {
  return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
}

function checked(date: CalendarDate): CalendarDate {
  const { year, month, day } = date;
  const whole = [year, month, day].every(Number.isInteger);
  if (whole && year >= 1 && year <= 9999 && hasDay(year, month, day)) return date;
  throw new RangeError(`There is no day ${day} in month ${month} of year ${year}`);
}

function twoDigits(value: number): string {
  return String(value).padStart(2, '0');
}
