import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { configDefaults, defineConfig } from 'vitest/config';

const jsonReport = process.env.VITEST_JSON_REPORT;

// Many tests start whole programs: what one has compiled, the next need not compile again.
process.env.NODE_COMPILE_CACHE ??= join(import.meta.dirname, '.cache/compiled');

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts', 'examples/testing/vitest.test.ts'],
    globalSetup: ['test/support/temporary-folder.ts'],
    exclude: [...configDefaults.exclude, 'test/**/*.long.test.ts'],
    // One more than there are cores, since tests in a browser, or of whole programs, mostly wait.
    maxWorkers: availableParallelism() + 1,
    // No test changes a module's state for another; loading everything anew for each file takes a third of the time.
    isolate: false,
    testTimeout: 60_000,
    hookTimeout: 120_000,
    // On a busy machine a second is soon over.
    expect: { poll: { timeout: 10_000 } },
    reporters: jsonReport ? ['default', ['json', { outputFile: jsonReport }]] : ['default'],
  },
});
