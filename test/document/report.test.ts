import { expect, test } from 'vitest';
import { groupBy } from '../../scripts/lib/group-by.ts';
import { indent, outOf, percent, table } from './report.ts';

test('a table has columns as wide as their widest cell', () => {
  expect(
    table([
      ['', 'taken'],
      ['valid', 1],
      ['not', '1,000,000'],
    ]),
  ).toBe(['           taken', 'valid          1', 'not    1,000,000'].join('\n'));
});

test('a share is written as 100 % only where all are counted', () => {
  expect(percent(4999, 5000)).toBe('99.98 %');
  expect(percent(99_999, 100_000)).toBe('99.99 %');
  expect(percent(5000, 5000)).toBe('100.00 %');
  expect(percent(0, 0)).toBe('–');
  expect(outOf(4999, 5000)).toBe('4,999 of 5,000');
});

test('indentation leaves empty lines empty', () => {
  expect(indent('a\n\nb')).toBe('  a\n\n  b');
});

test('groups keep the order of their values', () => {
  expect([...groupBy(['b1', 'a1', 'b2'], ([letter = '']) => letter)]).toEqual([
    ['b', ['b1', 'b2']],
    ['a', ['a1']],
  ]);
});
