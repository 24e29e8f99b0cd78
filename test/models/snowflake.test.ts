import fc from 'fast-check';
import { expect, test } from 'vitest';
import { dateToSnowflake, parseSnowflake, snowflakeToDate } from '../../src/models/index.ts';

const snowflake = fc.bigInt({ min: 0n, max: 2n ** 64n - 1n });

test('a snowflake is read as in the example of Discord’s documentation', () => {
  expect(snowflakeToDate('175928847299117063')).toEqual(new Date('2016-04-30T11:18:25.796Z'));
});

test.each([
  '',
  '-1',
  '1.5',
  '007',
  ' 1',
  '0x10',
  '1e5',
  'abc',
  '18446744073709551616',
  '99999999999999999999',
])('the value %j is no Discord id', (text) => expect(() => parseSnowflake(text)).toThrow(TypeError));

test('a number is rejected, as it has lost digits', () => {
  // @ts-expect-error: the compiler rejects it as well
  expect(() => parseSnowflake(Number('175928847299117063'))).toThrow(/a string or a bigint/);
});

test('a bigint and its digits are the same id', () => {
  fc.assert(
    fc.property(snowflake, (id) => {
      expect(parseSnowflake(id)).toBe(String(id));
      expect(parseSnowflake(String(id))).toBe(String(id));
    }),
  );
});

test('the smallest id of a moment is not above any id made in it', () => {
  fc.assert(
    fc.property(snowflake, (id) => {
      const moment = snowflakeToDate(id);
      const smallest = BigInt(dateToSnowflake(moment));
      expect(smallest <= id).toBe(true);
      expect(snowflakeToDate(smallest)).toEqual(moment);
      if (smallest > 0n) expect(snowflakeToDate(smallest - 1n).getTime()).toBe(moment.getTime() - 1);
    }),
  );
});

test('moments outside of the range of ids are rejected', () => {
  expect(() => dateToSnowflake(new Date('2014-12-31T23:59:59.999Z'))).toThrow(RangeError);
  expect(() => dateToSnowflake(new Date('2155-01-01'))).toThrow(RangeError);
  expect(() => dateToSnowflake(new Date('x'))).toThrow(RangeError);
});
