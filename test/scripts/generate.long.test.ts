import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { projectDirectory } from '../../scripts/lib/program.ts';
import { allowForPrograms, copyProject, runScript } from './project.ts';

allowForPrograms();

function filesIn(directory: string): Record<string, string> {
  const entries = readdirSync(directory, { recursive: true, withFileTypes: true });
  return Object.fromEntries(
    entries
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name))
      .map((file) => [file.slice(directory.length + 1), readFileSync(file, 'utf8')]),
  );
}

test('npm run generate gives the same files anywhere, and those that are committed', async () => {
  const project = copyProject('spec');
  expect(await runScript('generate', ['--project', project])).toMatchObject({ code: 0, errors: '' });
  expect(filesIn(join(project, 'generated'))).toEqual(filesIn(join(projectDirectory, 'generated')));
});

test('npm run generate tells what is stale and what to do, and touches only that', async () => {
  const project = copyProject('spec', 'generated');
  const source = join(project, 'spec/v1/openapi.yaml');
  writeFileSync(source, readFileSync(source, 'utf8').replace(/^ {2}title: .*$/m, '  title: Another title'));
  writeFileSync(join(project, 'generated/v1/leftover.ts'), '');
  const before = statSync(join(project, 'generated/v2/openapi.json')).mtimeMs;

  const check = await runScript('generate', ['--check', '--project', project]);
  expect(check.code).toBe(1);
  for (const file of ['openapi.json', 'openapi.yaml', 'leftover.ts']) {
    expect(check.errors).toContain(join('generated/v1', file));
  }
  expect(check.errors).not.toContain('generated/v2');
  expect(check.errors).toContain('npm run generate');

  expect((await runScript('generate', ['--project', project])).code).toBe(0);
  expect(statSync(join(project, 'generated/v2/openapi.json')).mtimeMs).toBe(before);
  expect(readFileSync(join(project, 'generated/v1/openapi.json'), 'utf8')).toContain('Another title');
  expect(existsSync(join(project, 'generated/v1/leftover.ts'))).toBe(false);
});

test('npm run generate says which reference leads nowhere', async () => {
  const project = copyProject('spec');
  const source = join(project, 'spec/v1/paths/m.yaml');
  writeFileSync(source, readFileSync(source, 'utf8').replace('MemberCreate.yaml', 'nowhere.yaml'));
  const { code, errors } = await runScript('generate', ['--project', project]);
  expect(code).toBe(1);
  expect(errors).toContain('nowhere.yaml');
});
