import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, readdirSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { projectDirectory } from '../../scripts/lib/program.ts';

/** A copy of the repository as it is now, with the installed packages; it goes when the test ends. */
export function copyRepository(): string {
  const directory = mkdtempSync(join(tmpdir(), 'pluralkit-openapi-'));
  onTestFinished(() => rmSync(directory, { recursive: true, force: true }));
  const files = git(projectDirectory, 'ls-files', '--cached', '--others', '--exclude-standard', '-z');
  for (const file of files
    .split('\0')
    .filter((name) => name !== '' && existsSync(join(projectDirectory, name))))
    cpSync(join(projectDirectory, file), join(directory, file));
  for (const workspace of ['.', 'docs', ...compilers()]) {
    const packages = join(projectDirectory, workspace, 'node_modules');
    if (existsSync(packages)) symlinkSync(packages, join(directory, workspace, 'node_modules'));
  }
  git(directory, 'init', '--quiet');
  git(directory, 'add', '--all');
  return directory;
}

function compilers(): string[] {
  const directory = join(projectDirectory, 'test/compilers');
  return readdirSync(directory).map((name) => join('test/compilers', name));
}

/** Runs git, and gives what it prints. */
export function git(directory: string, ...args: readonly string[]): string {
  return execFileSync('git', args, { cwd: directory, encoding: 'utf8', maxBuffer: 2 ** 26 });
}
