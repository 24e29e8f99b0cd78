import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseJson } from '../../../src/sandbox/json/parse.ts';
import { JsonSyntaxError } from '../../../src/sandbox/json/syntax-error.ts';
import { isJsonList, isJsonObject, JsonNumber, type JsonToken } from '../../../src/sandbox/json/token.ts';

/** Back to what `JSON.parse` gives. */
function plain(token: JsonToken): unknown {
  if (token instanceof JsonNumber) return Number(token.value);
  if (isJsonList(token)) return token.map(plain);
  if (isJsonObject(token)) return Object.fromEntries([...token].map(([key, value]) => [key, plain(value)]));
  return token;
}

const noNegativeZero = (value: unknown) => JSON.parse(JSON.stringify(value));

test('the parser reads all of JSON', () => {
  fc.assert(
    fc.property(fc.jsonValue({ maxDepth: 8 }), (value) => {
      expect(noNegativeZero(plain(parseJson(JSON.stringify(value))))).toEqual(noNegativeZero(value));
    }),
  );
});

describe('the parser, as lenient as the server,', () => {
  test.each([
    ["{'name':'a'}", { name: 'a' }],
    ['{name:"a"}', { name: 'a' }],
    ['{"name":"a",}', { name: 'a' }],
    ['{"name":"a"} trailing', { name: 'a' }],
    ['{"name":"dup","name":"a"}', { name: 'a' }],
    ['/* one */ {"a": // two\n 1}', { a: 1 }],
    ['[1,]', [1]],
    ['[1,,2]', [1, null, 2]],
    ['[0x1F, 017, .5, 1e2]', [31, 15, 0.5, 100]],
    ['"\\u0041\\n"', 'A\n'],
  ])('%s', (text, value) => {
    expect(plain(parseJson(text))).toEqual(value);
  });
});

describe('the parser rejects', () => {
  test.each([
    '',
    '  ',
    '{',
    '{"name":',
    '[1',
    '"a',
    '{"a" 1}',
    '{"a":1 "b":2}',
    '"\\x"',
    '"\\u12"',
    'nul',
    '01.5.2',
    '/',
  ])('%j', (text) => {
    expect(() => parseJson(text)).toThrow(JsonSyntaxError);
  });
});

test('the parser rejects what is nested deeper than the server follows', () => {
  expect(() => parseJson('['.repeat(32) + ']'.repeat(32))).not.toThrow();
  expect(() => parseJson('['.repeat(33) + ']'.repeat(33))).toThrow(JsonSyntaxError);
  expect(() => parseJson('{"a":'.repeat(100_000))).toThrow(JsonSyntaxError);
});

test('the parser takes __proto__ for a key like any other', () => {
  const token = parseJson('{"__proto__": {"polluted": true}}');
  expect(isJsonObject(token) && token.get('__proto__')).toBeInstanceOf(Map);
  expect(Object.hasOwn(Object.prototype, 'polluted')).toBe(false);
});

test('the parser keeps integers exact', () => {
  const token = parseJson('9223372036854775807');
  expect(token instanceof JsonNumber && token.value).toBe(9223372036854775807n);
});
