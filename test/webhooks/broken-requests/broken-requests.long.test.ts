import { test } from 'vitest';
import { expectHandlerToSurvive, expectProgramToSurvive } from './survival.ts';

// Other requests at each run; the seed is told where it fails.
const seed = Date.now() % 1_000_000;

test(`a receiver survives 10,000 broken requests (seed ${seed})`, () => expectHandlerToSurvive(10_000, seed));

test.each([
  { name: 'without a token', options: [] },
  { name: 'with a token', options: ['--token', 'the right signing token'] },
])(`\`pluralkit webhook\` $name survives 10,000 broken requests (seed ${seed})`, ({ options }) =>
  expectProgramToSurvive(options, 10_000, seed),
);
