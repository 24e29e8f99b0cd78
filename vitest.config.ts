import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { configDefaults, defineConfig } from 'vitest/config';

const jsonReport = process.env.VITEST_JSON_REPORT;

// Many tests start whole programs, which share a cache of compiled code.
process.env.NODE_COMPILE_CACHE ??= join(import.meta.dirname, '.cache/compiled');

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts', 'examples/testing/vitest.test.ts'],
    globalSetup: ['test/support/temporary-folder.ts'],
    exclude: [...configDefaults.exclude, 'test/**/*.long.test.ts'],
    // One more than there are cores, since tests in a browser, or of whole programs, mostly wait.
    maxWorkers: availableParallelism() + 1,
    // No test changes a module's state for another, and isolation would take a third of the time.
    isolate: false,
    testTimeout: 60_000,
    hookTimeout: 120_000,
    // The default of one second is too short on a busy machine.
    expect: { poll: { timeout: 10_000 } },
    reporters: jsonReport ? ['default', ['json', { outputFile: jsonReport }]] : ['default'],
  },
});
