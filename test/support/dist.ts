import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { projectDirectory } from '../../scripts/lib/program.ts';

const newest = (folder: string) =>
  Math.max(
    ...readdirSync(join(projectDirectory, folder), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => statSync(join(entry.parentPath, entry.name)).mtimeMs),
  );

/** @throws Error where the built package is older than what it is built from */
export function requireFreshDist(): void {
  const built = statSync(join(projectDirectory, 'dist/index.js'), { throwIfNoEntry: false })?.mtimeMs ?? 0;
  if (built < Math.max(newest('src'), newest('generated'))) {
    throw new Error(
      'dist/ is older than what it is built from: run `npm run build` first, as `npm test` does',
    );
  }
}
