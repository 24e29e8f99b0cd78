import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { projectDirectory } from '../../scripts/lib/program.ts';
import { runProgram } from '../support/processes.ts';
import { endpointCommands, endpointFiles, writeByHand } from './endpoint.ts';

/** What the endpoint is tested by, apart from what needs a build or a browser. */
const tests = ['test/document', 'test/lint', 'test/sandbox/*.test.ts', 'test/sandbox/gateway', 'test/verify'];

/** A copy of the repository as it is now, with the installed packages. */
function copyRepository(): string {
  const directory = mkdtempSync(join(tmpdir(), 'pluralkit-openapi-'));
  onTestFinished(() => rmSync(directory, { recursive: true, force: true }));
  const files = git(projectDirectory, 'ls-files', '--cached', '--others', '--exclude-standard', '-z');
  for (const file of files
    .split('\0')
    .filter((name) => name !== '' && existsSync(join(projectDirectory, name))))
    cpSync(join(projectDirectory, file), join(directory, file));
  for (const workspace of ['.', 'docs', ...compilers()]) {
    const packages = join(projectDirectory, workspace, 'node_modules');
    if (existsSync(packages)) symlinkSync(packages, join(directory, workspace, 'node_modules'));
  }
  git(directory, 'init', '--quiet');
  git(directory, 'add', '--all');
  return directory;
}

function compilers(): string[] {
  const directory = join(projectDirectory, 'test/compilers');
  return readdirSync(directory).map((name) => join('test/compilers', name));
}

function git(directory: string, ...args: readonly string[]): string {
  return execFileSync('git', args, { cwd: directory, encoding: 'utf8', maxBuffer: 2 ** 26 });
}

test('CONTRIBUTING leads to a new endpoint that all fast checks pass', async () => {
  const project = copyRepository();
  const contributing = readFileSync(join(project, 'CONTRIBUTING.md'), 'utf8');
  const byHand = endpointFiles(contributing);
  for (const block of byHand) writeByHand(project, block);

  const run = async (command: string, ...args: readonly string[]) => {
    const { code, output, errors } = await runProgram(command, args, { cwd: project });
    expect(code, `${command} ${args.join(' ')}\n${output}\n${errors}`).toBe(0);
  };
  for (const command of endpointCommands(contributing)) await run('sh', '-c', command);
  const patterns = tests.flatMap((name) => (name.endsWith('.test.ts') ? filesLike(project, name) : [name]));
  await run('npx', 'vitest', 'run', ...patterns);

  const changed = git(project, 'status', '--porcelain', '-z', '--untracked-files=all')
    .split('\0')
    .filter((line) => line !== '' && !line.startsWith('A  '))
    .map((line) => line.slice(3));
  const generated = /^(generated\/|spec\/v2\/examples\/|spec\/v2\/openapi\.yaml$)/;
  expect(changed.filter((file) => !generated.test(file)).sort()).toEqual(
    byHand.map(({ title }) => title).sort(),
  );
}, 900_000);

/** The files directly in a folder: `test/sandbox/*.test.ts`. */
function filesLike(project: string, pattern: string): string[] {
  const directory = dirname(pattern);
  return readdirSync(join(project, directory))
    .filter((name) => name.endsWith('.test.ts') && !name.endsWith('.long.test.ts'))
    .map((name) => join(directory, name));
}
