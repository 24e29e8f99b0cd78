import { availableParallelism } from 'node:os';
import { configDefaults, defineConfig } from 'vitest/config';
import config from './vitest.config.ts';

/** Checks of which `npm test` does a part only: fewer repetitions, or fewer runtimes. */
const thorough = [
  'cli/durability',
  'runtimes/runtimes',
  'sandbox/fuzz',
  'sandbox/privacy-leak',
  'sandbox/walk',
];

/** Checks that take minutes, such as fuzzing at scale: `npm run test:long`. */
export default defineConfig({
  test: {
    ...config.test,
    env: { THOROUGH: 'true' },
    include: ['test/**/*.long.test.ts', ...thorough.map((name) => `test/${name}.test.ts`)],
    exclude: configDefaults.exclude,
    testTimeout: 600_000,
    // Of the tests that may run at once, as many as there are cores: most compile.
    maxConcurrency: availableParallelism(),
  },
});
