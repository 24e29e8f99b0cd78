import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  compareTimestamps,
  dateToTimestamp,
  formatTimestamp,
  instantToTimestamp,
  parseTimestamp,
  timestampToDate,
  timestampToInstant,
} from '../../src/models/index.ts';
import { exchangesOf, isRecord, textsAt } from './recorded.ts';

const first = parseTimestamp('-9998-01-01T00:00:00Z');
const last = parseTimestamp('9999-12-31T23:59:59.999999Z');
const microseconds = fc.oneof(
  fc.bigInt({ min: first, max: last }),
  fc.bigInt({ min: -2_000_000n, max: 2_000_000n }),
);

describe('the server and parseTimestamp agree on', () => {
  const attempts = exchangesOf('v2/formats/timestamps').filter(({ request }) => request.method === 'POST');
  test('many forms', () => expect(attempts.length).toBeGreaterThan(25));
  test.each(attempts)('$request.body.timestamp', ({ request, response }) => {
    const text = isRecord(request.body) ? String(request.body.timestamp) : '';
    if (response.status !== 200) {
      expect(() => parseTimestamp(text)).toThrow(/is no timestamp|There is no moment/);
      return;
    }
    const returned = isRecord(response.body) ? String(response.body.timestamp) : '';
    expect(parseTimestamp(text)).toBe(parseTimestamp(returned));
  });
});

test('the server moves a switch to what instantToTimestamp makes of a text with an offset', () => {
  const moves = exchangesOf('v2/formats/timestamps').filter(({ request, response }) => {
    const text = isRecord(request.body) ? String(request.body.timestamp) : '';
    return request.method === 'PATCH' && response.status === 200 && /T.*:.*:.*([+-]\d\d:\d\d|Z)$/.test(text);
  });
  expect(moves.length).toBeGreaterThan(2);
  for (const { request, response } of moves) {
    const text = isRecord(request.body) ? String(request.body.timestamp).trim() : '';
    expect(response.body).toMatchObject({ timestamp: instantToTimestamp(text) });
  }
});

test('every stored timestamp in the recordings comes back as it was written', () => {
  const texts = ['created', 'timestamp', 'last_message_timestamp', 'last_latch_timestamp'].flatMap(textsAt);
  // A switch with a timestamp of nine digits is returned as it was sent, and stored with six.
  const stored = texts.filter((text) => !/\.\d{7,}/.test(text));
  expect(stored.length).toBeGreaterThan(20);
  for (const text of stored) expect(formatTimestamp(parseTimestamp(text))).toBe(text);
});

test.each([
  ['1970-01-01T00:00:00Z', 0n],
  ['1970-01-01T00:00:00.000001Z', 1n],
  ['1969-12-31T23:59:59.999999Z', -1n],
  ['2020-01-02T03:04:05.678901Z', 1_577_934_245_678_901n],
  ['0001-01-01T00:00:00Z', -62_135_596_800_000_000n],
  ['0000-01-01T00:00:00Z', -62_167_219_200_000_000n],
  ['-0001-12-31T23:59:59Z', -62_167_219_201_000_000n],
  ['9999-12-31T23:59:59.999999Z', 253_402_300_799_999_999n],
])('the timestamp %s is %s microseconds from the epoch', (text, value) => {
  expect(parseTimestamp(text)).toBe(value);
  expect(formatTimestamp(value)).toBe(text);
});

test('nothing is lost between microseconds and text', () => {
  fc.assert(
    fc.property(microseconds, (value) => {
      expect(parseTimestamp(formatTimestamp(value))).toBe(value);
    }),
  );
});

test('trailing zeros are cut, and digits after the sixth', () => {
  expect(formatTimestamp(1_500_000n)).toBe('1970-01-01T00:00:01.5Z');
  expect(formatTimestamp(parseTimestamp('2022-02-03T04:05:07.120000Z'))).toBe('2022-02-03T04:05:07.12Z');
  expect(formatTimestamp(parseTimestamp('2022-02-03T04:05:07.123456789Z'))).toBe(
    '2022-02-03T04:05:07.123456Z',
  );
});

test.each([
  '2022-02-03T24:00:01Z',
  '2022-02-03T24:00:00.1Z',
  '2022-02-03T00:60:00Z',
  '2022-02-03T00:00:60Z',
  '-9999-01-01T00:00:00Z',
  '-0000-01-01T00:00:00Z',
])('there is no moment %s', (text) => {
  expect(() => parseTimestamp(text)).toThrow(RangeError);
});

test.each([
  '2022-02-03T00:00:00.Z',
  '2022-02-03T00:00:00.1234567890Z',
  '2022-02-03T00:00:00Z\n',
  '2022-02-03T00:00:00Z[UTC]',
  '+002022-02-03T00:00:00Z',
])('the text %j is no timestamp', (text) => {
  expect(() => parseTimestamp(text)).toThrow(TypeError);
});

test('moments outside of the years that the server holds are rejected', () => {
  expect(() => formatTimestamp(last + 1n)).toThrow(RangeError);
  expect(() => formatTimestamp(first - 1n)).toThrow(RangeError);
  expect(() => formatTimestamp(10n ** 30n)).toThrow(RangeError);
});

test('the order of timestamps is that of their microseconds, where that of their texts is not', () => {
  fc.assert(
    fc.property(microseconds, microseconds, (a, b) => {
      const expected = a < b ? -1 : a > b ? 1 : 0;
      expect(compareTimestamps(formatTimestamp(a), formatTimestamp(b))).toBe(expected);
    }),
  );
  const sorted = ['2022-01-01T00:00:00Z', '2022-01-01T00:00:00.000001Z', '2022-01-01T00:00:00.1Z'];
  expect([...sorted].reverse().sort(compareTimestamps)).toEqual(sorted);
  expect([...sorted].sort()).not.toEqual(sorted);
});

test('a Date holds the millisecond at or before a timestamp', () => {
  expect(timestampToDate('2020-01-02T03:04:05.678901Z')).toEqual(new Date('2020-01-02T03:04:05.678Z'));
  expect(timestampToDate('1969-12-31T23:59:59.999999Z').getTime()).toBe(-1);
  fc.assert(
    fc.property(
      fc.date({ min: timestampToDate('0000-01-01T00:00:00Z'), max: new Date('9999-12-31') }),
      (date) => {
        fc.pre(!Number.isNaN(date.getTime()));
        expect(timestampToDate(dateToTimestamp(date))).toEqual(date);
        expect(parseTimestamp(dateToTimestamp(date))).toBe(parseTimestamp(date.toISOString()));
      },
    ),
  );
});

test('an invalid Date is rejected', () => {
  expect(() => dateToTimestamp(new Date('x'))).toThrow(RangeError);
});

test('Temporal reads what timestampToInstant writes, and the way back loses nothing', () => {
  expect(timestampToInstant('2020-01-02T03:04:05.678901Z')).toBe('2020-01-02T03:04:05.678901Z');
  expect(timestampToInstant('-0001-01-01T00:00:00Z')).toBe('-000001-01-01T00:00:00Z');
  fc.assert(
    fc.property(microseconds, (value) => {
      const timestamp = formatTimestamp(value);
      const instant = timestampToInstant(timestamp);
      expect(new Date(instant)).toEqual(timestampToDate(timestamp));
      expect(instantToTimestamp(instant)).toBe(timestamp);
      expect(instantToTimestamp({ epochNanoseconds: value * 1000n })).toBe(timestamp);
      expect(instantToTimestamp({ epochNanoseconds: value * 1000n + 999n })).toBe(timestamp);
    }),
  );
});

test.each([
  ['2020-01-02T03:04:05.123456789Z', '2020-01-02T03:04:05.123456Z'],
  ['2020-01-02T03:04:05.5+05:30', '2020-01-01T21:34:05.5Z'],
  ['2020-01-02T03:04:05-00:30[America/Somewhere][u-ca=gregory]', '2020-01-02T03:34:05Z'],
  ['+002020-01-02T03:04:05Z', '2020-01-02T03:04:05Z'],
])('the instant %s becomes the timestamp %s', (instant, timestamp) => {
  expect(instantToTimestamp(instant)).toBe(timestamp);
});

test('there is no year -0', () => {
  expect(() => instantToTimestamp('-000000-01-01T00:00:00Z')).toThrow(RangeError);
});

test.each(['2020-01-02', '2020-01-02T03:04:05', 'now', '2020-01-02T03:04:05Z[UTC'])(
  'the text %s is no instant',
  (text) => {
    expect(() => instantToTimestamp(text)).toThrow(TypeError);
  },
);
