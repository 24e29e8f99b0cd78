import { availableParallelism } from 'node:os';
import { configDefaults, defineConfig } from 'vitest/config';
import config from './vitest.config.ts';

/** Randomised checks that `npm test` repeats a few times only. */
const thorough = ['fuzz', 'privacy-leak', 'walk'].map((name) => `test/sandbox/${name}.test.ts`);

/** Checks that take minutes, such as fuzzing at scale: `npm run test:long`. */
export default defineConfig({
  test: {
    ...config.test,
    env: { THOROUGH: 'true' },
    include: ['test/**/*.long.test.ts', 'test/cli/durability.test.ts', ...thorough],
    exclude: configDefaults.exclude,
    testTimeout: 600_000,
    // Of the tests that may run at once, as many as there are cores: most compile.
    maxConcurrency: availableParallelism(),
  },
});
