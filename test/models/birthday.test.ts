import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ageOn, formatBirthday, nextBirthday, parseBirthday } from '../../src/models/index.ts';
import { exchangesOf, isRecord } from './recorded.ts';

const day = fc
  .date({ min: new Date('1000-01-01'), max: new Date('9990-12-31'), noInvalidDate: true })
  .map((date) => date.toISOString().slice(0, 10));

describe('the server and parseBirthday agree on', () => {
  const attempts = exchangesOf('v2/formats/birthdays').filter(({ request }) => request.method === 'PATCH');
  test('many forms', () => expect(attempts.length).toBeGreaterThan(15));
  test.each(attempts)('$request.body', ({ request, response }) => {
    const text = isRecord(request.body) ? String(request.body.birthday) : '';
    if (response.status === 200) {
      expect(parseBirthday(text)).toBeTypeOf('object');
      expect(isRecord(response.body) && response.body.birthday).toBe(text);
    } else {
      expect(() => parseBirthday(text)).toThrow(/is no date|There is no day/);
    }
  });
});

test('the years 1 and 4 are hidden years', () => {
  expect(parseBirthday('0001-03-07')).toEqual({ year: null, month: 3, day: 7 });
  expect(parseBirthday('0004-02-29')).toEqual({ year: null, month: 2, day: 29 });
  expect(parseBirthday('0005-03-07')).toEqual({ year: 5, month: 3, day: 7 });
});

test('a hidden year is written as a leap year', () => {
  expect(formatBirthday({ year: null, month: 2, day: 29 })).toBe('0004-02-29');
});

test.each([1, 4])('the year %i cannot be written, as it would be read as hidden', (year) => {
  expect(() => formatBirthday({ year, month: 1, day: 1 })).toThrow(RangeError);
});

test.each([
  { year: 2022, month: 2, day: 29 },
  { year: 1900, month: 2, day: 29 },
  { year: 2022, month: 13, day: 1 },
  { year: 2022, month: 4, day: 31 },
  { year: 2022, month: 4, day: 1.5 },
  { year: 0, month: 4, day: 1 },
  { year: 10_000, month: 4, day: 1 },
])('the date $year-$month-$day is rejected, as there is no such day', (birthday) => {
  expect(() => formatBirthday(birthday)).toThrow(RangeError);
  expect(() => nextBirthday(birthday, '2024-01-01')).toThrow(RangeError);
});

test('what is read can be written again', () => {
  fc.assert(
    fc.property(day, (text) => {
      expect(formatBirthday(parseBirthday(text))).toBe(text);
    }),
  );
});

test.each([
  ['1994-03-07', '2024-03-06', '2024-03-07'],
  ['1994-03-07', '2024-03-07', '2024-03-07'],
  ['1994-03-07', '2024-03-08', '2025-03-07'],
  ['0001-12-31', '2024-12-31', '2024-12-31'],
  ['0004-02-29', '2024-01-01', '2024-02-29'],
  ['0004-02-29', '2024-03-01', '2025-03-01'],
  ['2000-02-29', '2025-03-01', '2025-03-01'],
  ['2000-02-29', '2027-03-02', '2028-02-29'],
  ['2000-02-29', '2099-12-31', '2100-03-01'],
])('born on %s and seen from %s, the next birthday is %s', (birthday, from, expected) => {
  expect(nextBirthday(birthday, from)).toBe(expected);
  expect(nextBirthday(parseBirthday(birthday), from)).toBe(expected);
});

test('a birthday on 29 February may be celebrated on the 28th', () => {
  expect(nextBirthday('2000-02-29', '2025-01-01', { leapDay: '02-28' })).toBe('2025-02-28');
  expect(nextBirthday('2000-02-29', '2024-01-01', { leapDay: '02-28' })).toBe('2024-02-29');
  expect(ageOn('2000-02-29', '2025-02-28', { leapDay: '02-28' })).toBe(25);
  expect(ageOn('2000-02-29', '2025-02-28')).toBe(24);
  expect(ageOn('2000-02-29', '2025-03-01')).toBe(25);
});

test('the next birthday is within a year, and on its day but for 29 February', () => {
  fc.assert(
    fc.property(day, day, (birthday, from) => {
      const next = nextBirthday(birthday, from);
      const days = (Date.parse(next) - Date.parse(from)) / 86_400_000;
      expect(days).toBeGreaterThanOrEqual(0);
      expect(days).toBeLessThanOrEqual(366);
      if (!birthday.endsWith('02-29')) expect(next.slice(5)).toBe(birthday.slice(5));
    }),
  );
});

test('a person gets one year older on each birthday, and on no other day', () => {
  fc.assert(
    fc.property(day, day, (birthday, from) => {
      fc.pre(birthday <= from);
      const next = nextBirthday(birthday, from);
      const dayBefore = new Date(Date.parse(next) - 86_400_000).toISOString().slice(0, 10);
      fc.pre(dayBefore >= birthday);
      expect(Number(ageOn(birthday, next)) - Number(ageOn(birthday, dayBefore))).toBe(1);
      if (next !== from) expect(ageOn(birthday, dayBefore)).toBe(ageOn(birthday, from));
    }),
  );
});

test('an age needs a known year and a birth', () => {
  expect(ageOn('1994-03-07', '2024-03-06')).toBe(29);
  expect(ageOn('1994-03-07', '1994-03-07')).toBe(0);
  expect(ageOn('0004-03-07', '2024-03-06')).toBeNull();
  expect(ageOn('1994-03-07', '1994-03-06')).toBeNull();
});

test('the day in question must be a date', () => {
  expect(() => nextBirthday('1994-03-07', 'today')).toThrow(TypeError);
  expect(() => ageOn('1994-03-07', '2023-02-29')).toThrow(RangeError);
});
