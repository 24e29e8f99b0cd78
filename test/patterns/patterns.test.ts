import { createContext, Script } from 'node:vm';
import { check } from 'recheck';
import { expect, test } from 'vitest';
import { sourcePatterns } from './patterns.ts';
import { worstInputs } from './worst-inputs.ts';

const patterns = sourcePatterns();

/** Linear patterns need some milliseconds for a megabyte, quadratic ones an hour. */
const hangMilliseconds = 5_000;

const search = new Script('input.search(pattern)');

/** @throws where the pattern does not end in time */
function feed(pattern: RegExp, inputs: Iterable<string>, timeout: number): void {
  const context = createContext({ pattern });
  for (const input of inputs) {
    context.input = input;
    search.runInContext(context, { timeout });
  }
}

test('all patterns are found, also composed ones', () => {
  expect(patterns.length).toBeGreaterThan(100);
  expect(patterns.filter(({ file }) => file.endsWith('loose-date-time.ts'))).toHaveLength(4);
});

test('each pattern ends in time on a megabyte of its worst input', () => {
  for (const { file, pattern } of patterns) {
    expect(() => feed(pattern, worstInputs(pattern), hangMilliseconds), `${file} ${pattern}`).not.toThrow();
  }
});

test('patterns that take quadratic or exponential time are found by both ways', async () => {
  for (const pattern of [/^([0-9]+\.?[0-9]*)$/, /0+$/, /^(a+)+$/]) {
    expect((await check(pattern.source, pattern.flags)).status).toBe('vulnerable');
    expect(() => feed(pattern, worstInputs(pattern), 200)).toThrow(/timed out/);
  }
});
