import fc from 'fast-check';
import { expect, test } from 'vitest';
import { colorToCss, formatColor, parseColor } from '../../src/models/index.ts';
import { textsAt } from './recorded.ts';

test.each([
  ['ff7000', 0xff7000],
  ['FF7000', 0xff7000],
  ['#ff7000', 0xff7000],
  ['#F70', 0xff7700],
  ['000000', 0],
  [0xff7000, 0xff7000],
])('the colour %s is the integer %i', (input, integer) => {
  expect(parseColor(input)).toBe(integer);
});

test.each(['', '#', 'fff', '#ff', 'ff70000', '##ff7000', 'gggggg', ' ff7000', 'red', '+f7000', 'ff7000\n'])(
  'the text %j is no colour',
  (text) => expect(() => parseColor(text)).toThrow(TypeError),
);

test.each([-1, 0x1000000, 1.5, Number.NaN])('the integer %d is no colour', (number) => {
  expect(() => formatColor(number)).toThrow(RangeError);
});

test('an integer survives as hex digits and as a style', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 0xffffff }), (integer) => {
      expect(formatColor(integer)).toMatch(/^[\da-f]{6}$/);
      expect(parseColor(formatColor(integer))).toBe(integer);
      expect(parseColor(colorToCss(integer).toUpperCase())).toBe(integer);
    }),
  );
});

test('every colour that the server sent is read', () => {
  const colors = textsAt('color');
  expect(colors.length).toBeGreaterThan(5);
  for (const color of colors) expect(formatColor(color)).toBe(color.toLowerCase());
});
