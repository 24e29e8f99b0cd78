import { expect, test } from 'vitest';
import { brokenRequests } from './requests.ts';
import { expectHandlerToSurvive, expectProgramToSurvive } from './survival.ts';

// The same with 10,000 requests and new ones at each run: broken-requests.long.test.ts.
const count = 600;
const seed = 14;

test('a receiver survives broken requests', () => expectHandlerToSurvive(count, seed));

test.each([
  { name: 'without a token', options: [] },
  { name: 'with a token', options: ['--token', 'the right signing token'] },
])('`pluralkit webhook` $name survives broken requests', ({ options }) =>
  expectProgramToSurvive(options, count, seed),
);

test('they include all requests that have crashed receivers', () => {
  const texts = brokenRequests(count, seed).map(({ bytes, leave }) => ({
    text: bytes.toString('latin1'),
    leave,
  }));
  expect(texts.some(({ text }) => /^TRACE \S+ HTTP\/1.1\r\n.*\r\n\r\n/s.test(text))).toBe(true);
  expect(texts.some(({ text, leave }) => text.startsWith('POST / HTTP/1.1') && leave === 'reset')).toBe(true);
});
