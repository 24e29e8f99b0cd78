import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';

const program = join(import.meta.dirname, '../../src/cli.ts');

export interface RunningProgram {
  /** What it has written to its standard output so far. */
  readonly output: () => string;
  readonly errors: () => string;
  /** Waits for a text on its standard output. */
  waitFor(pattern: RegExp): Promise<RegExpExecArray>;
  kill(signal: NodeJS.Signals): void;
  /** Resolves with its exit code, or the signal that ended it. */
  readonly ended: Promise<number | NodeJS.Signals | null>;
}

/** Starts the program; it is ended with the test. */
export function start(args: readonly string[], env: NodeJS.ProcessEnv = {}): RunningProgram {
  const child = spawn(process.execPath, [program, ...args], { env: { ...process.env, ...env } });
  onTestFinished(() => {
    child.kill('SIGKILL');
  });
  const output = collect(child.stdout);
  const errors = collect(child.stderr);
  const ended = once(child, 'close').then(() => child.exitCode ?? child.signalCode);
  return {
    output,
    errors,
    ended,
    kill: (signal) => child.kill(signal),
    waitFor: (pattern) => waitFor(child, output, errors, pattern),
  };
}

/** Runs the program to its end. */
export async function run(args: readonly string[], env: NodeJS.ProcessEnv = {}) {
  const { ended, output, errors } = start(args, env);
  return { code: await ended, output: output(), errors: errors() };
}

function collect(stream: ChildProcess['stdout']): () => string {
  let text = '';
  stream?.setEncoding('utf8').on('data', (part: string) => {
    text += part;
  });
  return () => text;
}

function waitFor(
  child: ChildProcess,
  output: () => string,
  errors: () => string,
  pattern: RegExp,
): Promise<RegExpExecArray> {
  return new Promise((resolve, reject) => {
    const look = () => {
      const match = pattern.exec(output());
      if (match !== null) resolve(match);
    };
    child.stdout?.on('data', look);
    child.once('close', () => reject(new Error(`${pattern} was never written:\n${output()}\n${errors()}`)));
    look();
  });
}
