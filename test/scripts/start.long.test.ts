import { chmodSync, cpSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { projectDirectory } from '../../scripts/lib/program.ts';
import { startProgram } from '../support/processes.ts';
import { copyProject } from './project.ts';

/** Root may write anywhere; without its capabilities it is bound by the permissions of files, as others are. */
const withoutPrivileges =
  process.getuid?.() === 0 ? ['setpriv', '--inh-caps=-all', '--bounding-set=-all', '--'] : [];

/** A copy of what `npm start` reads, in which nothing can be written while the test runs. */
function readOnlyProject(): string {
  const directory = copyProject('spec', 'generated', 'src', 'package.json', '.spectral.yaml');
  rmSync(join(directory, 'scripts'));
  cpSync(join(projectDirectory, 'scripts'), join(directory, 'scripts'), { recursive: true });
  const folders = readdirSync(directory, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ parentPath, name }) => join(parentPath, name));
  const setMode = (mode: number) => {
    for (const folder of [directory, ...folders]) chmodSync(folder, mode);
  };
  setMode(0o555);
  // Before the copy is removed.
  onTestFinished(() => setMode(0o755));
  return directory;
}

test('npm start in a read-only folder serves the sandbox, and says what it could not write', async () => {
  const directory = readOnlyProject();
  const [command = '', ...args] = [
    ...withoutPrivileges,
    ...[process.execPath, join(directory, 'scripts/start.js'), '--port', '0', '--mock-port', '0'],
  ];
  const { waitFor, kill, ended } = startProgram(command, args, { cwd: directory });
  onTestFinished(async () => {
    kill('SIGTERM');
    await ended;
  });
  const [, url = ''] = await waitFor(/Sandbox\s+(http:\S+)/);
  expect((await fetch(`${url}/systems/harbor`)).status).toBe(200);
  const [, reason] = await waitFor(/The docs: not rendered\. (.*\n.*)\n/);
  expect(reason).toContain('EACCES');
  expect(reason).toContain('This folder must be writable');
  expect(reason).not.toContain('    at ');
});
