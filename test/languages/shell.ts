import { spawn } from 'node:child_process';
import { delimiter, join } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { projectDirectory } from '../../scripts/lib/program.ts';
import { createSandbox } from '../../src/sandbox/create-sandbox.ts';

/** What is installed for the language tests; it may be kept between runs. */
export const cache: string = join(projectDirectory, '.cache/languages');

/** Sets what the scripts use, in the project's folder. */
export const setUp = `export SOURCES=$PWD/test/languages CACHE=$PWD/.cache/languages
export DOCUMENT=$PWD/generated/v2/openapi.json DOCUMENT_30=$PWD/generated/v2/openapi-3.0.json
export PATH=$CACHE/python/bin:$CACHE/typescript/node_modules/.bin:$PATH`;

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
 * @param url - base address of the sandbox, for scripts that use it
 * @param signal - ends the script and all that it started
 */
export function runScript(cwd: string, script: string, url = '', signal?: AbortSignal): Promise<StepResult> {
  const commands = `trap 'times >&3' EXIT\n${setUp}\ncd "$FOLDER"\n${script}`;
  const child = spawn('bash', ['-euo', 'pipefail', '-c', commands], {
    cwd: projectDirectory,
    // A group of its own, so that it can be ended with the compilers that it started.
    detached: true,
    env: {
      ...process.env,
      PATH: [join(projectDirectory, 'node_modules/node/bin'), process.env.PATH].join(delimiter),
      FOLDER: cwd,
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
      output = `${output}${text}`.slice(-2_000_000);
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
