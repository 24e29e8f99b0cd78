import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { type ProgramResult, type RunningProgram, resultOf, startProgram } from '../support/processes.ts';

export const program = join(import.meta.dirname, '../../src/cli.ts');

/** Starts the program; it is ended with the test. */
export function start(args: readonly string[], env: NodeJS.ProcessEnv = {}): RunningProgram {
  const running = startProgram(process.execPath, [program, ...args], { env });
  onTestFinished(() => running.kill('SIGKILL'));
  return running;
}

/** Runs the program to its end. */
export function run(args: readonly string[], env: NodeJS.ProcessEnv = {}): Promise<ProgramResult> {
  return resultOf(start(args, env));
}
