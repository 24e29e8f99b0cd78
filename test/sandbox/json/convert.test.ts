import { describe, expect, test } from 'vitest';
import { toBoolean, toInteger, toText, toWrittenTexts } from '../../../src/sandbox/json/convert.ts';
import { parseJson } from '../../../src/sandbox/json/parse.ts';
import { ApiError } from '../../../src/sandbox/operations/errors.ts';

describe('texts of other values are those of .NET', () => {
  test.each([
    ['true', 'True'],
    ['false', 'False'],
    ['-5', '-5'],
    ['1.5', '1.5'],
    ['1.0', '1'],
    ['1e21', '1E+21'],
    ['123456789012345.5', '123456789012345.5'],
    ['1e15', '1E+15'],
    ['100000000000000.0', '100000000000000'],
    ['0.0001', '0.0001'],
    ['0.00001', '1E-05'],
    ['1.25e-7', '1.25E-07'],
    ['-0.0', '-0'],
    ['9223372036854775807', '9223372036854775807'],
    ['null', null],
  ])('%s', (json, text) => {
    expect(toText(parseJson(json))).toBe(text);
  });

  test.each(['[]', '{}', '12345678901234567890'])('%s is rejected', (json) => {
    expect(() => toText(parseJson(json))).toThrow(ApiError);
  });
});

test('where a list of texts is meant, its items stand as they were written', () => {
  const list = parseJson('["a", 5, 1.50, 1e+21, 12345678901234567890, true, null]');
  expect(toWrittenTexts(list)).toEqual(['a', '5', '1.50', '1e+21', '12345678901234567890', 'true', '']);
  for (const json of ['"a"', 'null', '{}', '[[]]', '[{}]']) {
    expect(() => toWrittenTexts(parseJson(json))).toThrow(ApiError);
  }
});

describe('truth values', () => {
  test.each([
    ['"True"', true],
    ['" FALSE "', false],
    ['1.5', true],
    ['0', false],
    ['-1', true],
  ])('%s', (json, value) => {
    expect(toBoolean(parseJson(json))).toBe(value);
  });

  test.each(['"1"', '"yes"', '""', 'null', '[]', '{}', '12345678901234567890'])('%s is rejected', (json) => {
    expect(() => toBoolean(parseJson(json))).toThrow(ApiError);
  });
});

describe('integers are rounded to even', () => {
  test.each([
    ['5.7', 6],
    ['2.5', 2],
    ['3.5', 4],
    ['-1.5', -2],
    ['"5"', 5],
    ['true', 1],
    ['2147483647', 2147483647],
  ])('%s', (json, value) => {
    expect(toInteger(parseJson(json))).toBe(value);
  });

  test.each(['"5.7"', '"x"', '""', '2147483648', '-2147483649', '[]', '1e300'])('%s is rejected', (json) => {
    expect(() => toInteger(parseJson(json))).toThrow(ApiError);
  });
});
