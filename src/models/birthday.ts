import { formatCalendarDate, isLeapYear, parseCalendarDate } from './calendar-date.ts';

/** A birthday, whose year may be hidden. */
export interface ParsedBirthday {
  /** Null where the year is hidden. */
  readonly year: number | null;
  /** From 1, January, to 12. */
  readonly month: number;
  /** From 1 to the length of the month; 29 February is valid even where the year is hidden. */
  readonly day: number;
}

/** The birthday in other years of people who were born on 29 February. */
export interface LeapDayOption {
  /** @default '03-01' */
  leapDay?: '02-28' | '03-01';
}

/** The years that mean a hidden one: old versions of the bot wrote 1, which has no 29 February. */
const HIDDEN_YEARS: readonly number[] = [1, 4];
const HIDDEN_LEAP_YEAR = 4;

/**
 * Reads the `birthday` of a member.
 *
 * Source: `test/recordings/v2/formats/birthdays.jsonl`; the hidden years are those of the document's `Birthday`.
 *
 * @param text - `YYYY-MM-DD`, strictly; the years 0001 and 0004 mean that the year is hidden
 * @throws TypeError where the text has another form
 * @throws RangeError where there is no such day
 */
export function parseBirthday(text: string): ParsedBirthday {
  const { year, month, day } = parseCalendarDate(text);
  return { year: HIDDEN_YEARS.includes(year) ? null : year, month, day };
}

/**
 * Writes a birthday as the API takes it.
 *
 * Source: as {@link parseBirthday}.
 *
 * @returns `YYYY-MM-DD`, with the year 0004 where the year is hidden
 * @throws RangeError where there is no such day, or the year is 1 or 4, which mean a hidden year
 */
export function formatBirthday({ year, month, day }: ParsedBirthday): string {
  if (year !== null && HIDDEN_YEARS.includes(year)) {
    throw new RangeError('The years 1 and 4 mean a hidden year: give null for that');
  }
  return formatCalendarDate({ year: year ?? HIDDEN_LEAP_YEAR, month, day });
}

/**
 * Finds the next date of a birthday, by its month and day.
 *
 * @param birthday - as the API gives it, or as {@link parseBirthday} does
 * @param from - today where the member is, `YYYY-MM-DD`; see `calendarDateIn`
 * @returns `YYYY-MM-DD`, which is `from` itself on the birthday
 * @throws TypeError where a text has another form
 * @throws RangeError where there is no such day, or the next birthday lies after the year 9999
 */
export function nextBirthday(
  birthday: string | ParsedBirthday,
  from: string,
  options: LeapDayOption = {},
): string {
  const born = asBirthday(birthday);
  const { year } = parseCalendarDate(from);
  const thisYear = keptOn(born, year, options);
  return thisYear >= from ? thisYear : keptOn(born, year + 1, options);
}

/**
 * Tells the age of a person.
 *
 * @param birthday - as the API gives it, or as {@link parseBirthday} does
 * @param on - the day in question where the member is, `YYYY-MM-DD`; see `calendarDateIn`
 * @returns whole years; null where the year is hidden or the day comes before the birth
 * @throws TypeError where a text has another form
 * @throws RangeError where there is no such day
 */
export function ageOn(
  birthday: string | ParsedBirthday,
  on: string,
  options: LeapDayOption = {},
): number | null {
  const born = asBirthday(birthday);
  const { year } = parseCalendarDate(on);
  if (born.year === null || on < formatBirthday(born)) return null;
  return year - born.year - (on < keptOn(born, year, options) ? 1 : 0);
}

function asBirthday(birthday: string | ParsedBirthday): ParsedBirthday {
  return typeof birthday === 'string' ? parseBirthday(birthday) : parseBirthday(formatBirthday(birthday));
}

function keptOn({ month, day }: ParsedBirthday, year: number, { leapDay = '03-01' }: LeapDayOption): string {
  if (month !== 2 || day !== 29 || isLeapYear(year)) return formatCalendarDate({ year, month, day });
  return formatCalendarDate(leapDay === '02-28' ? { year, month: 2, day: 28 } : { year, month: 3, day: 1 });
}
