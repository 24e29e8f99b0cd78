/** The steps of the Dockerfile, in empty folders in the place of containers. */
import { copyFile, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import packageJson from '../../package.json' with { type: 'json' };
import { projectDirectory } from '../../scripts/lib/program.ts';
import { requireFreshDist } from '../support/dist.ts';
import { runProgram, startProgram } from '../support/processes.ts';

let lines: readonly string[] = [];
let folder = '';

/** What follows an instruction, each time that it stands there. */
const all = (instruction: string) =>
  lines
    .filter((line) => line.startsWith(`${instruction} `))
    .map((line) => line.slice(instruction.length + 1));

beforeAll(async () => {
  requireFreshDist();
  lines = (await readFile(join(projectDirectory, 'Dockerfile'), 'utf8')).split('\n');
  folder = await mkdtemp(join(tmpdir(), 'pluralkit-docker-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

test('the steps of the Dockerfile give a sandbox that starts with the options of `docker run`, and stops', async () => {
  const [build = '', install = ''] = all('RUN');
  // The tests run in what `npm ci` and the build have made.
  expect(build).toBe('npm ci && npm pack --pack-destination /tmp');
  const pack = ['pack', '--json', '--ignore-scripts', '--pack-destination', folder];
  const { output } = await runProgram('npm', pack, { cwd: projectDirectory });
  const [{ filename }] = JSON.parse(output);
  await copyFile(join(folder, filename), join(folder, 'package.tgz'));
  const command = install.replaceAll('/tmp/package.tgz', join(folder, 'package.tgz'));
  const installed = await runProgram('sh', ['-c', command], { cwd: folder });
  expect([installed.code, installed.errors]).toEqual([0, expect.not.stringContaining('npm error')]);

  const [entry = '[]'] = all('ENTRYPOINT');
  const [program = '', ...args]: string[] = JSON.parse(entry);
  expect([program, ...args.slice(-2)]).toEqual(['node', '--host', '0.0.0.0']);
  const options = { cwd: folder, env: { NODE_ENV: 'production' } };
  const sandbox = startProgram(process.execPath, [...args, '--port', '0'], options);
  const [, port = ''] = await sandbox.waitFor(/:(\d+)\/v2/);
  const response = await fetch(`http://127.0.0.1:${port}/v2/systems/harbor`);
  expect(await response.json()).toMatchObject({ id: 'harbor' });
  sandbox.kill('SIGTERM');
  expect(await sandbox.ended).toBe(0);
  expect((await runProgram(process.execPath, [...args, '--prot', '1'], options)).code).toBe(2);
});

test('the image of the Dockerfile has a version of Node that the package takes', () => {
  const versions = all('FROM').map((image) => Number(/^node:(\d+)/.exec(image)?.[1]));
  expect(versions).toHaveLength(2);
  for (const version of versions)
    expect(version).toBeGreaterThanOrEqual(Number(packageJson.engines.node.slice(2)));
  expect(all('EXPOSE')).toEqual(['4011']);
});
