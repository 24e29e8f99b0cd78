import fc from 'fast-check';
import { expect, test } from 'vitest';
import { calendarDateIn, formatCalendarDate, parseCalendarDate } from '../../src/models/index.ts';

test.each([
  ['2024-12-31T23:30:00Z', 'Europe/Berlin', '2025-01-01'],
  ['2024-12-31T23:30:00Z', 'America/New_York', '2024-12-31'],
  ['2024-12-31T23:30:00Z', 'UTC', '2024-12-31'],
  ['2024-02-29T11:00:00Z', 'Pacific/Kiritimati', '2024-03-01'],
  ['0099-06-01T00:00:00Z', 'UTC', '0099-06-01'],
])('at %s the calendar in %s shows %s', (moment, timeZone, expected) => {
  expect(calendarDateIn(new Date(moment), timeZone)).toBe(expected);
});

test('a moment without a date of four digits is rejected, as is an unknown time zone', () => {
  expect(() => calendarDateIn(new Date('-000001-01-01T00:00:00Z'), 'UTC')).toThrow(RangeError);
  expect(() => calendarDateIn(new Date(Number.NaN), 'UTC')).toThrow(RangeError);
  expect(() => calendarDateIn(new Date(), 'Mars/Phobos')).toThrow(RangeError);
});

test('dates agree with those of Date', () => {
  const date = fc.date({ min: new Date('0001-01-02'), max: new Date('9999-12-31'), noInvalidDate: true });
  fc.assert(
    fc.property(date, (moment) => {
      const text = moment.toISOString().slice(0, 10);
      expect(formatCalendarDate(parseCalendarDate(text))).toBe(text);
      expect(calendarDateIn(moment, 'UTC')).toBe(text);
    }),
  );
});

test('exactly the dates that exist are accepted', () => {
  const part = (max: number, digits: number) =>
    fc.integer({ min: 0, max }).map((value) => String(value).padStart(digits, '0'));
  fc.assert(
    fc.property(part(9999, 4), part(15, 2), part(35, 2), (year, month, day) => {
      const text = `${year}-${month}-${day}`;
      const moment = new Date(`${text}T00:00:00Z`);
      const exists =
        year !== '0000' && !Number.isNaN(moment.getTime()) && moment.toISOString().startsWith(text);
      if (exists) expect(formatCalendarDate(parseCalendarDate(text))).toBe(text);
      else expect(() => parseCalendarDate(text)).toThrow(RangeError);
    }),
    { numRuns: 2000 },
  );
});
