import { spawn } from 'node:child_process';
import { once } from 'node:events';

/** A program that runs until it is stopped. */
export interface Running {
  /** Resolves with the first match in what the program prints; rejects where it ends without. */
  printed(pattern: RegExp): Promise<RegExpExecArray>;
  /** Interrupts it, as Ctrl-C does, and waits for its end. */
  stop(): Promise<void>;
}

/** Starts a program with what a shell would take as one command; the caller stops it. */
export function start(command: string, args: readonly string[], env: NodeJS.ProcessEnv = {}): Running {
  const child = spawn(command, args, {
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
    // A group of its own: like Ctrl-C in a terminal, the signal goes to all that the program started.
    detached: true,
  });
  const ended = once(child, 'close');
  let output = '';
  const listeners = new Set<() => void>();
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      output += text;
      for (const listener of listeners) listener();
    });
  }
  return {
    printed: (pattern) =>
      new Promise((resolve, reject) => {
        const look = () => {
          const match = pattern.exec(output);
          if (match) resolve(match);
        };
        listeners.add(look);
        look();
        ended.then(() => reject(new Error(`${command} ${args.join(' ')} ended:\n${output}`)), reject);
      }),
    stop: async () => {
      if (child.pid !== undefined && child.exitCode === null) process.kill(-child.pid, 'SIGINT');
      await ended;
    },
  };
}

/** Runs a program to its end and gives what it printed; rejects where it fails. */
export async function run(
  command: string,
  args: readonly string[],
  env: NodeJS.ProcessEnv = {},
): Promise<string> {
  const child = spawn(command, args, { env: { ...process.env, ...env }, stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      output += text;
    });
  }
  await once(child, 'close');
  if (child.exitCode !== 0) throw new Error(`${command} ${args.join(' ')} failed:\n${output}`);
  return output;
}
