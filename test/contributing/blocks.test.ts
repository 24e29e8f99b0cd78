import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { projectDirectory } from '../../scripts/lib/program.ts';
import { blocksOf } from '../readme/blocks.ts';
import { endpointFiles, isRunByTest } from './endpoint.ts';

const text = readFileSync(join(projectDirectory, 'CONTRIBUTING.md'), 'utf8');

test('an endpoint takes six files by hand, each named in a step', () => {
  expect(endpointFiles(text).map(({ title }) => title)).toEqual([
    'test/recordings/v2/systems/ping.jsonl',
    'spec/v2/paths/systems_{systemRef}_ping.yaml',
    'spec/v2/components/schemas/Ping.yaml',
    'src/sandbox/operations/systems.ts',
    'test/sandbox/ping.test.ts',
    'CHANGELOG.md',
  ]);
});

test('no block of CONTRIBUTING is left that the long test does not run', () => {
  const left = blocksOf(text).filter((block) => !isRunByTest(block));
  expect(left.map(({ line, code }) => `CONTRIBUTING.md:${line}: ${code}`)).toEqual([]);
});
