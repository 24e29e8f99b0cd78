/**
 * Folders that hold only generated files.
 */
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { ProgramError } from './program.ts';

/** The content of every file by its path. */
export type Files = ReadonlyMap<string, string>;

/** Files that are missing, differ, or should not be in one of the folders. */
export function staleFiles(directories: readonly string[], files: Files): string[] {
  const present = directories
    .filter((directory) => existsSync(directory))
    .flatMap((directory) => readdirSync(directory, { recursive: true, withFileTypes: true }))
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
  const different = [...files].filter(([file, content]) => read(file) !== content).map(([file]) => file);
  return [...different, ...present.filter((file) => !files.has(file))].sort();
}

/** Writes or removes the stale files, and touches no other. */
export function replaceFiles(stale: readonly string[], files: Files): void {
  for (const file of stale) {
    const content = files.get(file);
    if (content === undefined) {
      rmSync(file);
      continue;
    }
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, content);
  }
}

/**
 * @param command - what makes the files anew
 * @throws ProgramError that names the stale files, where there are any
 */
export function rejectStale(stale: readonly string[], project: string, command: string): void {
  if (stale.length === 0) return;
  const names = stale.map((file) => `  ${relative(project, file)}`).join('\n');
  throw new ProgramError(`Not what their sources give:\n${names}\nRun \`${command}\` and commit the result.`);
}

function read(file: string): string | undefined {
  return existsSync(file) ? readFileSync(file, 'utf8') : undefined;
}
