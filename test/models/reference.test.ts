import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  formatId,
  parseGroupReference,
  parseMemberReference,
  parseSwitchReference,
  parseSystemReference,
} from '../../src/models/index.ts';
import { exchangesOf, scenarios } from './recorded.ts';

const uuid = '00000000-0000-4000-8000-00000000000a';

test.each([
  ['@me', 'me', '@me'],
  ['exmpl', 'id', 'exmpl'],
  ['EXMPLE', 'id', 'exmple'],
  ['Exm-Ple', 'id', 'exmple'],
  [uuid, 'uuid', uuid],
  [uuid.toUpperCase(), 'uuid', uuid],
  [uuid.replaceAll('-', ''), 'uuid', uuid],
  ['466378653216014359', 'account', '466378653216014359'],
  [466378653216014359n, 'account', '466378653216014359'],
  ['10000000000000000', 'account', '10000000000000000'],
])('the reference %s names a system by %s %s', (input, kind, value) => {
  expect(parseSystemReference(input)).toEqual({ kind, value });
});

describe.each([
  ['member', parseMemberReference],
  ['group', parseGroupReference],
] as const)('a %s', (noun, parse) => {
  test.each([
    ['exmpl', 'id', 'exmpl'],
    ['AB-CDE', 'id', 'abcde'],
    [uuid.toUpperCase(), 'uuid', uuid],
  ])('is named by %s', (input, kind, value) => {
    expect(parse(input)).toEqual({ kind, value });
  });

  test.each([
    ['@me', '@me'],
    ['466378653216014359', "a Discord account's id"],
  ])('is not named by %s, which is %s', (input, kind) => {
    const message = `"${input}" names no ${noun}: expected an id or a UUID, not ${kind}`;
    expect(() => parse(input)).toThrow(new TypeError(message));
  });
});

test.each([
  '',
  'abcd',
  'abcdefg',
  'ab cde',
  '-abcde',
  'abcde-',
  'a-b-cdef',
  '@ME',
  '@you',
  '123',
  '1000000000000000',
  '10000000000000000000',
  'abc1e',
  '\u212Aabcd',
  `${uuid}0`,
])('the text %j names nothing', (input) => {
  for (const parse of [
    parseSystemReference,
    parseMemberReference,
    parseGroupReference,
    parseSwitchReference,
  ]) {
    expect(() => parse(input)).toThrow(TypeError);
  }
});

test('a switch is named by a UUID alone', () => {
  expect(parseSwitchReference(uuid.toUpperCase())).toEqual({ kind: 'uuid', value: uuid });
  expect(() => parseSwitchReference('exmpl')).toThrow('"exmpl" names no switch: expected a UUID, not an id');
});

test('a number is rejected with the reason, as it has lost digits', () => {
  // @ts-expect-error: the compiler rejects it as well
  expect(() => parseSystemReference(123456789012345680)).toThrow(/must be a string or a bigint/);
  // @ts-expect-error: the compiler rejects it as well
  expect(() => parseMemberReference(12345)).toThrow(/must be a string or a bigint/);
});

test('a token in the place of a reference is not repeated in the error', () => {
  const token = 'secret'.repeat(11);
  expect(() => parseSystemReference(token)).toThrow(/^A text of 66 characters names no system/);
  expect(() => parseMemberReference(token)).toThrow(/^A text of 66 characters/);
});

test('a UUID of mixed dashes is none', () => {
  expect(() => parseSwitchReference('00000000-000040008000-00000000000a')).toThrow(TypeError);
});

test('an id may be written for people, and is read again', () => {
  expect(formatId('exmple', { dash: true })).toBe('exm-ple');
  expect(formatId('exm-pl', { upperCase: true })).toBe('EXMPL');
  expect(() => formatId('ex')).toThrow(TypeError);
  fc.assert(
    fc.property(fc.stringMatching(/^[a-z]{5,6}$/), fc.boolean(), fc.boolean(), (id, dash, upperCase) => {
      expect(parseMemberReference(formatId(id, { dash, upperCase })).value).toBe(id);
      expect(formatId(id)).toBe(id);
    }),
  );
});

test('whatever named a system, member, group or switch to the server is read', () => {
  const parsers = {
    systems: parseSystemReference,
    members: parseMemberReference,
    groups: parseGroupReference,
    switches: parseSwitchReference,
  };
  const seen = new Set<string>();
  for (const { request, response } of scenarios().flatMap(exchangesOf)) {
    if (response.status !== 200) continue;
    const segments = new URL(request.path.replace(/^\/+/, '/'), 'https://api.example').pathname
      .split('/')
      .slice(2);
    for (const [index, segment] of segments.entries()) {
      const parse = Object.entries(parsers).find(([name]) => name === segments[index - 1])?.[1];
      const reference = decodeURIComponent(segment);
      if (!parse || !reference || reference.startsWith('<')) continue;
      seen.add(`${segments[index - 1]}/${reference}`);
      expect(parse(reference).value).toMatch(/^(@me|[a-z]{5,6}|[\da-f-]{36}|\d{17,19})$/);
    }
  }
  expect(seen.size).toBeGreaterThan(30);
});
