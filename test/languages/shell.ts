import { spawn } from 'node:child_process';
import { delimiter, join } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { projectDirectory } from '../../scripts/lib/program.ts';
import { createSandbox } from '../../src/sandbox/create-sandbox.ts';

/** What is installed for the language tests; it may be kept between runs. */
export const cache: string = join(projectDirectory, '.cache/languages');

export interface StepResult {
  readonly passed: boolean;
  /** The last of what it printed, without colours. */
  readonly output: string;
  /** Processor time of all its programs, in seconds: unlike time on a clock, it is the same on a busy machine. */
  readonly seconds: number;
}

/**
 * Runs a script in bash, with the document and the installed tools at hand. It never rejects.
 *
 * @param url - base address of the sandbox
 * @param signal - ends the script and all that it started
 */
export function runScript(
  cwd: string,
  script: string,
  url: string,
  signal?: AbortSignal,
): Promise<StepResult> {
  const path = [
    join(projectDirectory, 'node_modules/node/bin'),
    join(cache, 'python/bin'),
    join(cache, 'typescript/node_modules/.bin'),
    process.env.PATH,
  ].join(delimiter);
  const child = spawn('bash', ['-euo', 'pipefail', '-c', `trap 'times >&3' EXIT\n${script}`], {
    cwd,
    // A group of its own, so that it can be ended with the compilers that it started.
    detached: true,
    env: {
      ...process.env,
      PATH: path,
      CACHE: cache,
      SOURCES: import.meta.dirname,
      DOCUMENT: join(projectDirectory, 'generated/v2/openapi.json'),
      DOCUMENT_30: join(projectDirectory, 'generated/v2/openapi-3.0.json'),
      PLURALKIT_URL: url,
      PLURALKIT_TOKEN: createSandbox().tokens.harbor,
    },
    stdio: ['ignore', 'pipe', 'pipe', 'pipe'],
  });
  const end = () => {
    if (child.pid === undefined) return;
    try {
      process.kill(-child.pid, 'SIGKILL');
    } catch {
      // It has ended by itself.
    }
  };
  signal?.addEventListener('abort', end);
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding('utf8').on('data', (text: string) => {
      output = `${output}${text}`.slice(-20_000);
    });
  }
  let times = '';
  child.stdio[3]?.on('data', (bytes: Buffer) => {
    times += bytes;
  });
  return new Promise((resolve) => {
    child.once('error', ({ message }) => resolve({ passed: false, output: message, seconds: 0 }));
    child.once('close', (code) => {
      signal?.removeEventListener('abort', end);
      resolve({
        passed: code === 0,
        output: stripVTControlCharacters(output),
        seconds: secondsOf(times),
      });
    });
  });
}

/** Adds up what bash's `times` prints: user and system time of the shell, then of its children, such as `0m1.5s`. */
function secondsOf(times: string): number {
  const parts = [...times.matchAll(/(\d+)m([\d.]+)s/g)];
  return parts.reduce((sum, [, minutes, seconds]) => sum + 60 * Number(minutes) + Number(seconds), 0);
}
