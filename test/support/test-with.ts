import { test } from 'vitest';

/**
 * `test`, but skipped with a plain message on a machine that lacks what it needs; in CI it fails instead.
 *
 * @param remedy - what is missing, and how to get it
 */
export function testWith(isThere: boolean, name: string, remedy: string): ReturnType<typeof test.skipIf> {
  const isSkipped = !isThere && process.env.CI === undefined;
  if (isSkipped) console.warn(`Skipped the tests with ${name}: ${remedy}.`);
  return test.skipIf(isSkipped);
}
