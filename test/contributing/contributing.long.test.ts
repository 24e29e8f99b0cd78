import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { runProgram } from '../support/processes.ts';
import { copyRepository, git } from '../support/repository.ts';
import { endpointCommands, endpointFiles, writeByHand } from './endpoint.ts';

/** The tests that look at every operation, apart from those that need a build or a browser. */
const tests = [
  ...['class-names', 'coverage', 'requests', 'responses', 'schemas', 'surface', 'tool-form'].map(
    (name) => `document/${name}`,
  ),
  ...['fidelity', 'keys-reading', 'operations', 'parameter-examples', 'ping', 'proxy', 'walk'].map(
    (name) => `sandbox/${name}`,
  ),
].map((name) => `test/${name}.test.ts`);

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
  await run('npx', 'vitest', 'run', '--testTimeout', '300000', 'test/lint', ...tests);

  const changed = git(project, 'status', '--porcelain', '-z', '--untracked-files=all')
    .split('\0')
    .filter((line) => line !== '' && !line.startsWith('A  '))
    .map((line) => line.slice(3));
  const generated = /^(generated\/|spec\/v2\/examples\/|spec\/v2\/openapi\.yaml$)/;
  expect(changed.filter((file) => !generated.test(file)).sort()).toEqual(
    byHand.map(({ title }) => title).sort(),
  );
}, 900_000);
