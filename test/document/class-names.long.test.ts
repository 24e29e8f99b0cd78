import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished } from 'vitest';
import { generatedDirectory } from '../../scripts/lib/document.ts';
import { resultOf, startProgram } from '../support/processes.ts';
import { pythonEnvironment, pythonTest } from '../support/python.ts';
import { expectReleased } from './class-names.ts';

pythonTest('openapi-python-client has every class that it had in the last release', async () => {
  const programs = await pythonEnvironment('openapi-python-client==0.29.1');
  const directory = mkdtempSync(join(tmpdir(), 'pluralkit-openapi-'));
  onTestFinished(() => rmSync(directory, { recursive: true, force: true }));
  // Otherwise it formats with a program that need not be there.
  const config = join(directory, 'config.yaml');
  writeFileSync(config, 'post_hooks: []\n');
  const output = join(directory, 'client');
  const { code, output: said } = await resultOf(
    startProgram(join(programs, 'openapi-python-client'), [
      'generate',
      `--path=${join(generatedDirectory('v2'), 'openapi.json')}`,
      `--output-path=${output}`,
      `--config=${config}`,
      '--meta=none',
    ]),
  );
  expect(code, said).toBe(0);
  expect(said).not.toMatch(/warning/i);
  const models = join(output, 'models');
  const names = readdirSync(models)
    .filter((file) => file.endsWith('.py'))
    .flatMap((file) => [...readFileSync(join(models, file), 'utf8').matchAll(/^class (\w+)/gm)])
    .map(([, name = '']) => name)
    .sort();
  expectReleased('openapi-python-client', names);
});
