import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';

/**
 * Expects a generator to make every name that it made of the last release. With `RELEASE_NAMES` set, as `npm run release` does,
 * the names of today become those of the release.
 *
 * @param generator - names the list in `class-names/`
 */
export function expectReleased(generator: string, names: readonly string[]): void {
  const file = join(import.meta.dirname, 'class-names', `${generator}.txt`);
  if (process.env.RELEASE_NAMES !== undefined) writeFileSync(file, `${names.join('\n')}\n`);
  const released = readFileSync(file, 'utf8').trim().split('\n');
  expect(released.length).toBeGreaterThan(0);
  // `InlineObject3`, `MemberPatchType0`: names that a generator makes up change with the order of the document.
  expect(names.filter((name) => /^Inline|[0-9]$/.test(name))).toEqual([]);
  expect(released.filter((name) => !names.includes(name))).toEqual([]);
}
