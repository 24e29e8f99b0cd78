import { UsageError } from '../lib/program.ts';

const pattern = /^(\d+)\.(\d+)\.(\d+)$/;

/** @throws UsageError where a version is not newer than another, or none */
export function assertNewer(version: string, last: string): void {
  const [newer, older] = [partsOf(version), partsOf(last)];
  const index = newer.findIndex((part, position) => part !== older[position]);
  if (index === -1 || (newer[index] ?? 0) < (older[index] ?? 0))
    throw new UsageError(`${version} is not newer than ${last}, the last release.`);
}

/**
 * Whether a version may break programs written for another, by Semantic Versioning: with a new major number, or before 1.0
 * with a new minor one.
 */
export function mayBreak(version: string, last: string): boolean {
  const [major, minor] = partsOf(version);
  const [lastMajor, lastMinor] = partsOf(last);
  return major !== lastMajor || (major === 0 && minor !== lastMinor);
}

function partsOf(version: string): readonly number[] {
  const parts = pattern.exec(version)?.slice(1).map(Number);
  if (parts === undefined) throw new UsageError(`“${version}” is no version such as 1.2.3.`);
  return parts;
}
