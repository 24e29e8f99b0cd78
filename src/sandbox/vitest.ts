import { test as base, type TestAPI } from 'vitest';
import { createSandbox, type Sandbox, type SandboxOptions } from './create-sandbox.ts';

/** What tests get. */
export interface SandboxFixtures {
  /** A sandbox of the test's own, as it is at the start. */
  readonly sandbox: Sandbox;
}

/**
 * Makes a `test` that gives each test a sandbox. No test sees what another has changed, also where they run at once;
 * it is made only for tests that name it.
 *
 * @example
 * ```ts
 * const test = createSandboxTest({ world: system().withMembers(100).world() });
 *
 * test('renames a member', async ({ sandbox }) => {
 *   const pk = new PluralKit({ fetch: sandbox.fetch });
 * });
 * ```
 */
export function createSandboxTest(options: SandboxOptions = {}): TestAPI<SandboxFixtures> {
  return base.extend<SandboxFixtures>({
    // Vitest reads the names of fixtures from the pattern, which has to be there.
    // biome-ignore lint/correctness/noEmptyPattern: see above
    sandbox: async ({}, use) => {
      const sandbox = createSandbox(options);
      await use(sandbox);
      sandbox.close();
    },
  });
}

/** A `test` whose sandbox starts with the built-in world, without rate limits. */
export const test: TestAPI<SandboxFixtures> = createSandboxTest();
