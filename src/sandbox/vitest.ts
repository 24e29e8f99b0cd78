import { test as base, type TestAPI } from 'vitest';
import { createSandbox } from './create-sandbox.ts';
import { assertOptions } from './options.ts';
import type { Sandbox, SandboxOptions } from './sandbox.ts';
import { saveClock } from './time/save-clock.ts';

/** What tests get. */
export interface SandboxFixtures {
  /** A sandbox of the test's own, as it is at the start. */
  readonly sandbox: Sandbox;
}

/**
 * Makes a `test` that gives each test a sandbox. No test sees what another has changed, also where they run at once;
 * it is made only for tests that name it. A clock of `options` is shared by all, and set back after each test, to the
 * millisecond.
 *
 * @example
 * ```ts
 * const test = createSandboxTest({ world: system().withMembers(100).world() });
 *
 * test('renames a member', async ({ sandbox }) => {
 *   const pk = new PluralKit({ fetch: sandbox.fetch });
 * });
 * ```
 * @throws TypeError naming the option that is wrong
 */
export function createSandboxTest(options: SandboxOptions = {}): TestAPI<SandboxFixtures> {
  assertOptions(options);
  return base.extend<SandboxFixtures>({
    // Vitest reads the names of fixtures from the pattern, which has to be there.
    // biome-ignore lint/correctness/noEmptyPattern: see above
    sandbox: async ({}, use) => {
      const restore = options.clock && saveClock(options.clock);
      const sandbox = createSandbox(options);
      try {
        await use(sandbox);
      } finally {
        sandbox.close();
        restore?.();
      }
    },
  });
}

/** A `test` whose sandbox starts with the built-in world, without rate limits. */
export const test: TestAPI<SandboxFixtures> = createSandboxTest();
