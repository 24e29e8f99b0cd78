import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test, vi } from 'vitest';
import { recordingsDirectory } from '../../../scripts/lib/recordings.ts';
import { formatInstant, parseInstant, truncateToMicroseconds } from '../../../src/sandbox/formats/instant.ts';
import { parseLooseDateTime } from '../../../src/sandbox/formats/loose-date-time.ts';
import { isBirthday, isBlank, isStorable, parseSnowflake } from '../../../src/sandbox/formats/scalars.ts';
import { isTimezone, timezoneNames } from '../../../src/sandbox/formats/timezones.ts';
import { isHttpsUrl, withoutPassword } from '../../../src/sandbox/formats/url.ts';

describe('the format of timestamps', () => {
  const firstInstant = parseInstant('-9998-01-01T00:00:00Z') ?? 0n;
  const lastInstant = parseInstant('9999-12-31T23:59:59.999999999Z') ?? 0n;

  test('is read as it is written, to the nanosecond', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: firstInstant, max: lastInstant }), (instant) => {
        expect(parseInstant(formatInstant(instant))).toBe(instant);
      }),
    );
  });

  test('is cut to microseconds, also before 1970', () => {
    const cut = (text: string) => formatInstant(truncateToMicroseconds(parseInstant(text) ?? 0n));
    expect(cut('2022-02-03T04:05:07.123456789Z')).toBe('2022-02-03T04:05:07.123456Z');
    expect(cut('1960-01-01T00:00:00.000000001Z')).toBe('1960-01-01T00:00:00Z');
  });

  test.each([
    ['2022-02-07T24:00:00Z', '2022-02-08T00:00:00Z'],
    ['-0001-01-01T00:00:00Z', '-0001-01-01T00:00:00Z'],
    ['0001-01-01T00:00:00.500Z', '0001-01-01T00:00:00.5Z'],
  ])('%s is %s', (text, written) => {
    expect(formatInstant(parseInstant(text) ?? 0n)).toBe(written);
  });

  test.each([
    '2022-02-03T04:05:08+00:00',
    '2022-02-30T00:00:00Z',
    '2022-02-03T24:00:01Z',
    '9999-12-31T24:00:00Z',
    '2022-02-03',
    'now',
    '',
  ])('%s is none', (text) => {
    expect(parseInstant(text)).toBeUndefined();
  });
});

describe('the loose format of dates', () => {
  test.each([
    ['2022-02-03T04:05:09-05:00', '2022-02-03T09:05:09Z'],
    ['2022-02-03 04:05:10', '2022-02-03T04:05:10Z'],
    ['2022-02-03T04:05Z', '2022-02-03T04:05:00Z'],
    [' 2022-02-03t04:05:17.25z', '2022-02-03T04:05:17.25Z'],
    ['2022-02-04', '2022-02-04T00:00:00Z'],
    ['02/05/2022', '2022-02-05T00:00:00Z'],
    ['5 Feb 2022', '2022-02-05T00:00:00Z'],
    ['Feb 6, 2022 10:00 PM', '2022-02-06T22:00:00Z'],
    ['Feb 6, 2022 12:30 AM', '2022-02-06T00:30:00Z'],
    ['Thu, 03 Feb 2022 04:05:06 GMT', '2022-02-03T04:05:06Z'],
    ['2022-02-03T04:05:06+01', '2022-02-03T03:05:06Z'],
    ['2022-02', '2022-02-01T00:00:00Z'],
    ['2022-02-03T04:05:06.12345674999Z', '2022-02-03T04:05:06.1234567Z'],
    ['2022-02-03T04:05:06.99999999Z', '2022-02-03T04:05:07Z'],
  ])('%s is %s', (text, written) => {
    expect(formatInstant(parseLooseDateTime(text) ?? 0n)).toBe(written);
  });

  test.each([
    '2022-02-30T00:00:00Z',
    '2022-02-07T24:00:00Z',
    '2022-W06-4',
    '1644105600',
    '2022-02-03T04Z',
    'Fri, 03 Feb 2022 04:05:06 GMT',
    '2022-02-03T04:05:06+15:00',
    '0001-01-01T00:00:00+01:00',
    '9999-12-31T23:59:59-01:00',
    'now',
    '',
  ])('%s is none', (text) => {
    expect(parseLooseDateTime(text)).toBeUndefined();
  });
});

describe('the check of addresses', () => {
  test.each([
    'https://example.com',
    'HTTPS://EXAMPLE.COM/A.PNG',
    ' https://example.com/a b.png\n',
    'https://[::1]/x.png',
    'https://例え.jp/絵.png',
    'https://user@example.com:8443/x?y#z',
    'https://a_b.com./x',
    '<https://example.com/x.png>',
    'https://example.com/a\\b',
  ])('accepts %j', (text) => {
    expect(isHttpsUrl(text)).toBe(true);
  });

  test.each([
    'http://example.com',
    'https:/example.com',
    'https:///example.com',
    'https://',
    'https://?x',
    'https://a..b',
    'https://exa mple.com',
    'https://example,com',
    'https://example.com:65536',
    'https://example.com:80a',
    'https://example.com\\x',
    '<https://example.com/x.png',
    'https://[::zz]/',
    `https://${'a'.repeat(64)}.com`,
    'example.com/x.png',
  ])('rejects %j', (text) => {
    expect(isHttpsUrl(text)).toBe(false);
  });
});

test.each([
  ['http://user:secret@a.example/x@y', 'http://a.example/x@y'],
  ['http:user:secret@a.example', 'http://a.example/'],
  ['http:\\\\user:secret@a.example\\x', 'http://a.example/x'],
  ['http://a.example\\@b.example/', 'http://a.example\\@b.example/'],
  ['http://a.example', 'http://a.example'],
  ['http://user:secret@a b', 'a b'],
  ['none', 'none'],
])('%s without its password is %s', (address, shown) => {
  expect(withoutPassword(address)).toBe(shown);
});

test('time zones are those of the server', () => {
  const names = readFileSync(join(recordingsDirectory, 'timezones.txt'), 'utf8').trim().split('\n');
  expect(new Set(timezoneNames())).toEqual(new Set(names));
});

test('offsets stand for time zones, up to 18 hours', () => {
  const taken = ['UTC+02', 'UTC-03:30', 'UTC+05:45:30', 'UTC+18:00'];
  const rejected = ['UTC+2', 'UTC+18:00:01', 'UTC+19', 'UTC+02:60', 'UTC 02', 'GMT+02', 'utc+02'];
  expect(taken.filter((name) => !isTimezone(name))).toEqual([]);
  expect(rejected.filter(isTimezone)).toEqual([]);
});

test('birthdays are days that there are', () => {
  expect(
    ['0001-01-01', '0004-02-29', '2000-02-29', '9999-12-31'].filter((text) => !isBirthday(text)),
  ).toEqual([]);
  expect(
    ['0000-01-01', '1900-02-29', '2022-2-3', '2022-13-01', ' 2022-02-03', ''].filter(isBirthday),
  ).toEqual([]);
});

test('Discord ids are unsigned 64-bit integers', () => {
  expect(parseSnowflake('007')).toBe('7');
  expect(parseSnowflake('18446744073709551615')).toBe('18446744073709551615');
  expect(['18446744073709551616', '-1', 'x', '', '1.5'].map(parseSnowflake)).toEqual(
    Array(5).fill(undefined),
  );
});

test('a megabyte of digits is not converted, which takes more than linear time', () => {
  const convert = vi.spyOn(globalThis, 'BigInt');
  for (const text of ['1'.repeat(1_000_000), `+${'9'.repeat(1_000_000)}`]) {
    expect(parseSnowflake(text)).toBeUndefined();
  }
  expect(parseSnowflake(`${'0'.repeat(1_000_000)}7`)).toBe('7');
  expect(convert.mock.calls.every(([text]) => String(text).length <= 20)).toBe(true);
  convert.mockRestore();
});

test('blank is what .NET takes for white space', () => {
  expect(['', ' \t\n', '\u00a0\u2003\u3000'].every(isBlank)).toBe(true);
  expect(['\u200b', '\ufeff', ' a '].some(isBlank)).toBe(false);
});

test('what a database cannot keep is known', () => {
  expect(['a\0', '\ud800', '\udc00x'].some(isStorable)).toBe(false);
  expect(isStorable('🎉')).toBe(true);
});
