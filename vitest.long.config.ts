import { availableParallelism } from 'node:os';
import { configDefaults, defineConfig } from 'vitest/config';
import config from './vitest.config.ts';

/** Checks that `npm test` runs in part: with fewer repetitions, or fewer runtimes. */
const thorough = [
  'cli/durability',
  'client/compilers',
  'document/tool-form',
  'runtimes/runtimes',
  'sandbox/fuzz',
  'sandbox/privacy-leak',
  'sandbox/walk',
  'scripts/docs',
  'site/try-it',
];

/** Checks that take minutes, such as fuzzing at scale: `npm run test:long`. */
export default defineConfig({
  test: {
    ...config.test,
    env: { THOROUGH: 'true' },
    include: ['test/**/*.long.test.ts', ...thorough.map((name) => `test/${name}.test.ts`)],
    exclude: configDefaults.exclude,
    testTimeout: 600_000,
    // As many concurrent tests as there are cores, since most compile.
    maxConcurrency: availableParallelism(),
  },
});
