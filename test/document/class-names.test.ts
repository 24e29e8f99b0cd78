/** The names that users of generated clients write: their programs break where one is gone. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createClient } from '@hey-api/openapi-ts';
import { expect, onTestFinished, test } from 'vitest';
import { generatedDirectory, generatedDocument } from '../../scripts/lib/document.ts';
import { expectReleased } from './class-names.ts';
import { schemasOf } from './contract.ts';

test('hey-api has every type that it had in the last release, and one of each component', async () => {
  const directory = mkdtempSync(join(tmpdir(), 'pluralkit-openapi-'));
  onTestFinished(() => rmSync(directory, { recursive: true, force: true }));
  await createClient({
    input: join(generatedDirectory('v2'), 'openapi.json'),
    output: directory,
    plugins: ['@hey-api/typescript'],
    logs: { level: 'silent', file: false },
  });
  const source = readFileSync(join(directory, 'types.gen.ts'), 'utf8');
  const names = [...source.matchAll(/^export type (\w+)/gm)].map(([, name = '']) => name).sort();
  expect(names).toEqual(expect.arrayContaining(Object.keys(schemasOf(generatedDocument('v2')))));
  expectReleased('hey-api', names);
});
