import { execFileSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, expect, onTestFinished, test } from 'vitest';
import { projectDirectory } from '../../scripts/lib/program.ts';
import { breaksBetween, describeBreaks } from '../../scripts/release/breaks.ts';
import { tellsOfBreaks } from '../../scripts/release/changelog.ts';
import { exportedNames, readLastRelease } from '../../scripts/release/last-release.ts';
import { requireFreshDist } from '../support/dist.ts';
import { runProgram } from '../support/processes.ts';
import { copyRepository } from '../support/repository.ts';

const read = (file: string) => readFileSync(join(projectDirectory, file), 'utf8');
const release = readLastRelease(projectDirectory);

beforeAll(requireFreshDist);

test('the document breaks nothing of the last release, or the changelog says so', () => {
  const breaks = breaksBetween(release.document, JSON.parse(read('generated/v2/openapi.json')));
  if (!tellsOfBreaks(read('CHANGELOG.md'))) expect(describeBreaks(breaks)).toBe('');
});

test('every module exports the names of the last release', async () => {
  const today = await exportedNames(projectDirectory);
  const gone = Object.entries(release.exportedNames).flatMap(([module, names]) =>
    names.filter((name) => !today[module]?.includes(name)).map((name) => `${module} ${name}`),
  );
  expect(Object.values(release.exportedNames).flat().length).toBeGreaterThan(50);
  if (!tellsOfBreaks(read('CHANGELOG.md'))) expect(gone).toEqual([]);
});

/** Compiles the programs of the last release, and more of the same kind, against the declarations of the build. */
async function compile(more: Readonly<Record<string, string>> = {}): Promise<string> {
  const { exports }: { exports: Readonly<Record<string, unknown>> } = JSON.parse(read('package.json'));
  const paths = Object.entries(exports).flatMap(([name, file]) =>
    typeof file === 'string' && file.endsWith('.js')
      ? [[join('pluralkit-openapi', name), [join(projectDirectory, file.replace(/\.js$/, '.d.ts'))]]]
      : [],
  );
  const directory = join(projectDirectory, '.cache/last-release');
  mkdirSync(directory, { recursive: true });
  onTestFinished(() => rmSync(directory, { recursive: true }));
  for (const [name, text] of Object.entries(more)) writeFileSync(join(directory, name), text);
  const config = {
    extends: join(projectDirectory, 'tsconfig.json'),
    compilerOptions: { paths: Object.fromEntries(paths) },
    include: [join(release.directory, 'programs'), directory],
    exclude: [],
  };
  writeFileSync(join(directory, 'tsconfig.json'), JSON.stringify(config));
  const compiler = join(projectDirectory, 'node_modules/typescript/bin/tsc');
  const { output } = await runProgram('node', [compiler, '--project', directory]);
  return output;
}

test('programs written for the last release compile', async () => {
  expect(readdirSync(join(release.directory, 'programs')).length).toBeGreaterThan(5);
  if (!tellsOfBreaks(read('CHANGELOG.md'))) expect(await compile()).toBe('');
});

test('a program that needs what is gone does not compile', async () => {
  const gone = "import { Gone } from 'pluralkit-openapi';\nconsole.log(Gone);\n";
  expect(await compile({ 'gone.ts': gone })).toMatch(/gone\.ts.*'Gone'/);
});

test('a release is prepared in one step', async () => {
  const project = copyRepository();
  execFileSync('git', ['config', 'user.name', 'Test'], { cwd: project });
  const run = (version: string) =>
    runProgram('node', ['scripts/release.ts', '--version', version], { cwd: project });
  expect(await run(release.version)).toMatchObject({
    code: 2,
    errors: expect.stringContaining('is not newer'),
  });
  expect(await run('99.0.0')).toMatchObject({
    code: 0,
    output: expect.stringContaining('push the tag v99.0.0'),
  });
  const written = (file: string) => readFileSync(join(project, file), 'utf8');
  expect(JSON.parse(written('package.json')).version).toBe('99.0.0');
  expect(JSON.parse(written('package-lock.json')).version).toBe('99.0.0');
  expect(written('CHANGELOG.md')).toMatch(/^## \[99\.0\.0\]/m);
  expect(readLastRelease(project).version).toBe('99.0.0');
  const unreleased = await run('99.0.1');
  expect(unreleased).toMatchObject({
    code: 1,
    errors: expect.stringContaining('nothing under “Unreleased”'),
  });
});
