/**
 * Runs the programs of `examples/` in front of a sandbox.
 */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';
import { projectDirectory } from '../../scripts/lib/program.ts';
import { createSandbox } from '../../src/sandbox/index.ts';
import { listen } from '../../src/sandbox/node/listen.ts';
import { requireFreshDist } from '../support/dist.ts';
import { runProgram } from '../support/processes.ts';

export const example = (name: string) => join(projectDirectory, 'examples', name);

/** Every file below a folder of `examples/`, by its path in it. */
export function exampleFiles(): readonly string[] {
  return readdirSync(example(''), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !entry.parentPath.includes('__pycache__'))
    .map((entry) => join(entry.parentPath, entry.name).slice(example('').length + 1));
}

/** A sandbox with a server, for the programs that a test file runs. */
export async function openExamples() {
  requireFreshDist();
  const sandbox = createSandbox();
  const server = await listen(sandbox);
  const taken = new Set<string>();
  /** The path of a program that a test runs. */
  const take = (name: string) => {
    taken.add(name);
    return example(name);
  };
  const environment = (settings: NodeJS.ProcessEnv = {}) => ({
    env: { PLURALKIT_URL: `${server.url}/v2`, PLURALKIT_TOKEN: sandbox.tokens.harbor, ...settings },
  });
  /** Runs a program to its end, and gives what it writes. */
  async function outputOf(
    name: string,
    settings?: NodeJS.ProcessEnv,
    args: readonly string[] = [],
  ): Promise<string> {
    sandbox.reset();
    const { code, output, errors } = await runProgram('node', [take(name), ...args], environment(settings));
    expect([code, errors]).toEqual([0, expect.any(String)]);
    return output;
  }
  return { sandbox, server, taken, take, environment, outputOf };
}
