import { expect, test } from 'vitest';
import fullSentence from '../../spec/lint/full-sentence.js';

test.each([
  'A sentence.',
  'Really?',
  'Bold **end.**',
  '(In brackets.)',
  '| a | b |',
  '```sh\ncurl\n```',
  'Line.\n',
])('full-sentence passes %j', (text) => {
  expect(fullSentence(text)).toEqual([]);
});

test.each(['No stop', 'Ends, with a comma,', '| no table', ''])('full-sentence fails on %j', (text) => {
  expect(fullSentence(text)).toHaveLength(1);
});
