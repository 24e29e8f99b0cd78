import { spawn } from 'node:child_process';
import { delimiter, join } from 'node:path';
import { projectDirectory } from '../../scripts/lib/program.ts';
import { createSandbox } from '../../src/sandbox/create-sandbox.ts';

/** What is installed for the language tests; it may be kept between runs. */
export const cache: string = join(projectDirectory, '.cache/languages');

export interface StepResult {
  readonly passed: boolean;
  /** The last of what it printed. */
  readonly output: string;
}

/**
 * Runs a script in bash, with the document and the installed tools at hand. It never rejects.
 *
 * @param url - base address of the sandbox
 */
export function runScript(cwd: string, script: string, url: string): Promise<StepResult> {
  const path = [
    join(projectDirectory, 'node_modules/node/bin'),
    join(cache, 'python/bin'),
    join(cache, 'typescript/node_modules/.bin'),
    process.env.PATH,
  ].join(delimiter);
  const child = spawn('bash', ['-euo', 'pipefail', '-c', script], {
    cwd,
    env: {
      ...process.env,
      PATH: path,
      CACHE: cache,
      SOURCES: import.meta.dirname,
      DOCUMENT: join(projectDirectory, 'generated/v2/openapi.json'),
      PLURALKIT_URL: url,
      PLURALKIT_TOKEN: createSandbox().tokens.harbor,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      output = `${output}${text}`.slice(-20_000);
    });
  }
  return new Promise((resolve) => {
    child.once('error', ({ message }) => resolve({ passed: false, output: message }));
    child.once('close', (code) => resolve({ passed: code === 0, output }));
  });
}
