import { type ChildProcess, execFileSync, type SpawnOptions, spawn } from 'node:child_process';
import { once } from 'node:events';

/** A program that runs until it ends or is ended. */
export interface RunningProgram {
  readonly pid: number;
  /** What it has written to its standard output so far. */
  readonly output: () => string;
  readonly errors: () => string;
  /** Waits for a text on its standard output; rejects where the program ends without it. */
  waitFor(pattern: RegExp): Promise<RegExpExecArray>;
  kill(signal: NodeJS.Signals): void;
  /** Stops reading its standard output, as a reader such as `head` does. */
  hangUp(): void;
  /**
   * Interrupts it and all that it has started, as Ctrl-C in a terminal does, and waits for its end. For what was started
   * `detached`: in a group of its own, so that nobody else is interrupted.
   */
  interrupt(): Promise<void>;
  /** Resolves with its exit code, or the signal that ended it. */
  readonly ended: Promise<number | NodeJS.Signals | null>;
}

type ProgramOptions = Pick<SpawnOptions, 'env' | 'cwd' | 'detached'>;

/** What a program has come to. */
export interface ProgramResult {
  /** Its exit code, or the signal that ended it. */
  readonly code: number | NodeJS.Signals | null;
  readonly output: string;
  readonly errors: string;
}

/** Starts a program without a terminal; who starts it ends it. */
export function startProgram(
  command: string,
  args: readonly string[],
  { env, ...options }: ProgramOptions = {},
): RunningProgram {
  const child = spawn(command, args, {
    ...options,
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const output = collect(child.stdout);
  const errors = collect(child.stderr);
  const ended = once(child, 'close').then(() => child.exitCode ?? child.signalCode);
  const pid = child.pid ?? 0;
  return {
    pid,
    output,
    errors,
    ended,
    kill: (signal) => child.kill(signal),
    hangUp: () => child.stdout.destroy(),
    async interrupt() {
      if (child.exitCode === null && child.signalCode === null) process.kill(-pid, 'SIGINT');
      await ended;
    },
    waitFor: (pattern) => waitFor(child, output, errors, pattern),
  };
}

/** Runs a program to its end. */
export async function runProgram(
  command: string,
  args: readonly string[],
  options: ProgramOptions = {},
): Promise<ProgramResult> {
  return resultOf(startProgram(command, args, options));
}

/** Waits for the end of a program. */
export async function resultOf({ ended, output, errors }: RunningProgram): Promise<ProgramResult> {
  return { code: await ended, output: output(), errors: errors() };
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
