import { configDefaults, defineConfig } from 'vitest/config';
import config from './vitest.config.ts';

/** Checks that take minutes, such as fuzzing at scale: `npm run test:long`. */
export default defineConfig({
  test: {
    ...config.test,
    include: ['test/**/*.long.test.ts'],
    exclude: configDefaults.exclude,
    testTimeout: 600_000,
  },
});
