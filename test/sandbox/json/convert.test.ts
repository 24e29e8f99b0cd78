import { describe, expect, test } from 'vitest';
import { toBoolean, toInteger, toText, toWrittenTexts } from '../../../src/sandbox/json/convert.ts';
import { parseJson } from '../../../src/sandbox/json/parse.ts';
import { ApiError } from '../../../src/sandbox/operations/errors.ts';

describe('the conversion to text, as that of .NET,', () => {
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
  ])('gives %s', (json, text) => {
    expect(toText(parseJson(json))).toBe(text);
  });

  test.each(['[]', '{}', '12345678901234567890'])('rejects %s', (json) => {
    expect(() => toText(parseJson(json))).toThrow(ApiError);
  });
});

test('items of a list of texts stay as they were written', () => {
  const list = parseJson('["a", 5, 1.50, 1e+21, 12345678901234567890, true, null]');
  expect(toWrittenTexts(list)).toEqual(['a', '5', '1.50', '1e+21', '12345678901234567890', 'true', '']);
  for (const json of ['"a"', 'null', '{}', '[[]]', '[{}]']) {
    expect(() => toWrittenTexts(parseJson(json))).toThrow(ApiError);
  }
});

describe('the conversion to a truth value', () => {
  test.each([
    ['"True"', true],
    ['" FALSE "', false],
    ['1.5', true],
    ['0', false],
    ['-1', true],
  ])('gives %s', (json, value) => {
    expect(toBoolean(parseJson(json))).toBe(value);
  });

  test.each(['"1"', '"yes"', '""', 'null', '[]', '{}', '12345678901234567890'])('rejects %s', (json) => {
    expect(() => toBoolean(parseJson(json))).toThrow(ApiError);
  });
});

describe('the conversion to an integer, which rounds to even,', () => {
  test.each([
    ['5.7', 6],
    ['2.5', 2],
    ['3.5', 4],
    ['-1.5', -2],
    ['"5"', 5],
    ['true', 1],
    ['2147483647', 2147483647],
  ])('gives %s', (json, value) => {
    expect(toInteger(parseJson(json))).toBe(value);
  });

  test.each(['"5.7"', '"x"', '""', '2147483648', '-2147483649', '[]', '1e300'])('rejects %s', (json) => {
    expect(() => toInteger(parseJson(json))).toThrow(ApiError);
  });
});
