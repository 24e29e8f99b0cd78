import { readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { filledFields, mostFrequent, mostTelling, shortest } from '../../scripts/examples/choose.ts';
import { viewerIn } from '../../scripts/examples/viewer.ts';
import { placeholdersIn } from '../../scripts/lib/placeholders.ts';
import { projectDirectory } from '../../scripts/lib/program.ts';
import { type Json, loadWorld } from '../../scripts/lib/recordings.ts';
import { allowForPrograms, copyProject, runScript } from './project.ts';

allowForPrograms();

function examplesIn(project: string, version: string): Record<string, string> {
  const directory = join(project, 'spec', version, 'examples');
  const files = readdirSync(directory, { recursive: true, encoding: 'utf8' });
  return Object.fromEntries(
    files
      .filter((file) => file.endsWith('.yaml'))
      .map((file) => [file, readFileSync(join(directory, file), 'utf8')]),
  );
}

test('the examples follow from the recordings alone, byte for byte', async () => {
  const project = copyProject('spec');
  for (const version of ['v1', 'v2']) rmSync(join(project, 'spec', version, 'examples'), { recursive: true });
  expect(await runScript('generate', ['--project', project])).toMatchObject({ code: 0, errors: '' });
  for (const version of ['v1', 'v2']) {
    const examples = examplesIn(project, version);
    expect(examples).toEqual(examplesIn(projectDirectory, version));
    expect(Object.keys(examples).length).toBeGreaterThan(10);
    expect(placeholdersIn(JSON.stringify(examples))).toEqual([]);
  }
});

test('--check names what is not from the recordings', async () => {
  const project = copyProject('spec');
  rmSync(join(project, 'spec/v2/examples/getMember.yaml'));
  const { code, errors } = await runScript('generate', ['--check', '--project', project]);
  expect(code).toBe(1);
  expect(errors).toContain('spec/v2/examples/getMember.yaml');
  expect(errors).toContain('npm run generate');
});

describe('the choice of an example', () => {
  const itself = (body: Json) => body;

  test('does not depend on the order of the candidates', () => {
    const bodies: Json[] = [{ a: 1 }, { b: 1, a: 2 }, { a: null }, { b: 2, a: 2 }, [], [{ a: 1 }, { a: 2 }]];
    for (const choose of [mostTelling, shortest, mostFrequent]) {
      expect(choose(bodies.toReversed(), itself)).toEqual(choose(bodies, itself));
    }
  });

  test('prefers bodies with the most fields in a readable length', () => {
    const telling = { name: 'Ann', color: 'ff7000' };
    expect(mostTelling([{ name: 'Ann', color: null }, telling], itself)[0]).toBe(telling);
    expect(mostTelling([{ ...telling, text: 'x'.repeat(3000) }, telling], itself)[0]).toBe(telling);
    expect(mostTelling(['ab', 'a'], itself)[0]).toBe('a');
  });

  test('prefers usual to unusual values', () => {
    expect(mostFrequent(["Member '' not found.", 'usual text', 'usual text'], itself)[0]).toBe('usual text');
  });

  test('counts a field as filled wherever it has a value', () => {
    expect([...filledFields({ a: null, b: { c: 1 }, d: [{ e: 1 }, { e: 2 }, { e: 3 }] })]).toEqual([
      '.b.c',
      '.d[0].e',
      '.d[1].e',
    ]);
  });
});

test('a viewer is the owner of their own system, members and groups alone', () => {
  const viewer = viewerIn(loadWorld('v2'));
  const see = (as: unknown, reference: string | undefined, body?: Json) => viewer({ as, reference, body });
  expect(see('alice', '@me')).toBe('owner');
  expect(see('alice', 'ALI-CES')).toBe('owner');
  expect(see('alice', 'amaaa')).toBe('owner');
  expect(see('bob', 'amaaa')).toBe('other');
  expect(see(null, 'amaaa')).toBe('other');
  expect(see({ token: 'bad' }, 'amaaa')).toBe('other');
  expect(see('bob', 'xmaaab', { system: 'bobby' })).toBe('owner');
  expect(see('bob', '700000000000000001', { system: { id: 'alices' } })).toBe('other');
});
