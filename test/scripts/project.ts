/**
 * Copies of the project for tests that change it, and its programs as child processes.
 */
import { execFileSync, spawn } from 'node:child_process';
import { cpSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished, vi } from 'vitest';
import { projectDirectory } from '../../scripts/lib/program.ts';

// Whole programs run here, several linters at once: on a busy machine that takes a while.
vi.setConfig({ testTimeout: 90_000 });

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

export interface ProgramResult {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Starts `scripts/<name>.ts` without a terminal. */
export function startProgram(name: string, parameters: readonly string[] = []) {
  const child = spawn(process.execPath, [join(projectDirectory, 'scripts', `${name}.ts`), ...parameters], {
    cwd: projectDirectory,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let stdout = '';
  let stderr = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    stdout += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr += text;
  });
  const ended = new Promise<ProgramResult>((resolve) => {
    child.once('close', (status) => resolve({ status, stdout, stderr }));
  });
  onTestFinished(async () => {
    if (child.exitCode === null) child.kill();
    await ended;
  });
  /** Waits until it has written something. */
  const written = async (pattern: RegExp): Promise<RegExpExecArray> => {
    for (;;) {
      const match = pattern.exec(stdout);
      if (match) return match;
      const event = new Promise<void>((resolve) => child.stdout.once('data', () => resolve()));
      const result = await Promise.race([event, ended]);
      if (result) throw new Error(`It ended before it wrote ${pattern}: ${result.stdout}${result.stderr}`);
    }
  };
  return { child, ended, written };
}

/** Runs `scripts/<name>.ts` to its end. */
export function runScript(name: string, parameters: readonly string[] = []): Promise<ProgramResult> {
  return startProgram(name, parameters).ended;
}

/** Processes that a process has started, theirs included. */
export function descendantsOf(pid: number): number[] {
  const table = execFileSync('ps', ['-A', '-o', 'pid=,ppid='], { encoding: 'utf8' })
    .trim()
    .split('\n')
    .map((line) => line.trim().split(/\s+/).map(Number));
  const children = table.flatMap(([child = 0, parent]) => (parent === pid ? [child] : []));
  return children.flatMap((child) => [child, ...descendantsOf(child)]);
}

/** Whether there is such a process. */
export function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
