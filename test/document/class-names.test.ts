/**
 * The names that users of generated clients write. A change of them breaks their programs, so that it is to be seen in
 * review: `npx vitest run test/document/class-names.test.ts --update` writes the list anew.
 */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createClient } from '@hey-api/openapi-ts';
import { expect, onTestFinished, test } from 'vitest';
import { generatedDirectory, generatedDocument } from '../../scripts/lib/document.ts';
import { schemasOf } from './contract.ts';

test('hey-api names its types as the list says, one after each component', async () => {
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
  await expect(`${names.join('\n')}\n`).toMatchFileSnapshot('class-names/hey-api.txt');
});
