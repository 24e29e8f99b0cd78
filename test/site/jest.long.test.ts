import { existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { projectDirectory } from '../../scripts/lib/program.ts';
import { requireFreshDist } from '../support/dist.ts';
import { runProgram } from '../support/processes.ts';

// Not a dependency of the project: it is large, and one example needs it.
const version = '30.5.2';

test('the example for Jest passes', async () => {
  requireFreshDist();
  const directory = join(projectDirectory, '.cache', `jest-${version}`);
  const program = join(directory, 'node_modules/jest/bin/jest.js');
  if (!existsSync(program)) {
    const args = [
      'install',
      '--no-save',
      '--no-audit',
      '--no-fund',
      `--prefix=${directory}`,
      `jest@${version}`,
    ];
    const { code, errors } = await runProgram('npm', args);
    if (code !== 0) rmSync(directory, { recursive: true, force: true });
    expect([code, errors]).toEqual([0, expect.any(String)]);
  }
  const examples = join(projectDirectory, 'examples');
  const { code, errors } = await runProgram('node', [
    '--experimental-vm-modules',
    program,
    `--rootDir=${examples}`,
    `--cacheDirectory=${join(directory, 'cache')}`,
    '--runTestsByPath',
    join(examples, 'testing/jest.test.js'),
  ]);
  expect([code, errors]).toEqual([0, expect.stringContaining('1 passed, 1 total')]);
});
