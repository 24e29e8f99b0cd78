/**
 * Copies of the project for tests that change it, and its programs as child processes.
 */
import { cpSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished, vi } from 'vitest';
import { projectDirectory } from '../../scripts/lib/program.ts';
import { type ProgramResult, type RunningProgram, resultOf, startProgram } from '../support/processes.ts';

/**
 * Gives the tests of a file more time: whole programs run there, several linters at once, which takes a while on a busy
 * machine. Each file calls it, since this module is loaded once for many of them.
 */
export function allowForPrograms(): void {
  vi.setConfig({ testTimeout: 90_000 });
}

/** A copy of the given folders and files, with the project's own programs; it goes when the test ends. */
export function copyProject(...names: string[]): string {
  const directory = mkdtempSync(join(tmpdir(), 'pluralkit-openapi-'));
  onTestFinished(() => rmSync(directory, { recursive: true, force: true }));
  for (const name of ['redocly.yaml', ...names]) {
    cpSync(join(projectDirectory, name), join(directory, name), { recursive: true });
  }
  for (const name of ['node_modules', 'scripts']) {
    symlinkSync(join(projectDirectory, name), join(directory, name));
  }
  return directory;
}

/** Starts the program of `npm run <name>`, or of `scripts/<name>.ts` where there is none; it is ended with the test. */
export function startScript(
  name: string,
  parameters: readonly string[] = [],
  env: NodeJS.ProcessEnv = {},
): RunningProgram {
  const program = join(projectDirectory, 'scripts', name === 'start' ? 'start.js' : `${name}.ts`);
  const running = startProgram(process.execPath, [program, ...parameters], { cwd: projectDirectory, env });
  onTestFinished(async () => {
    running.kill('SIGTERM');
    await running.ended;
  });
  return running;
}

/** Runs `scripts/<name>.ts` to its end. */
export function runScript(
  name: string,
  parameters: readonly string[] = [],
  env: NodeJS.ProcessEnv = {},
): Promise<ProgramResult> {
  return resultOf(startScript(name, parameters, env));
}
