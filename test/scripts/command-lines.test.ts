import { expect, test } from 'vitest';
import packageJson from '../../package.json' with { type: 'json' };
import { allowForPrograms, runScript } from './project.ts';

allowForPrograms();

/** The programs of this project that `npm run` starts, without those of other packages. */
const scripts = Object.values(packageJson.scripts).flatMap(
  (command) => /^node scripts\/([\w-]+)\.[jt]s/.exec(command)?.[1] ?? [],
);

test.each([...new Set(scripts)])('%s --help says how to use it', async (name) => {
  const { code, output } = await runScript(name, ['--help']);
  expect(code).toBe(0);
  expect(output).toMatch(/^Usage: (npm (run )?|pluralkit )\S+/m);
  expect(output).toContain('--help');
});

test.each([
  ['mock', 'extra', 'Unexpected argument “extra”'],
  ['start', '--prt=1', 'There is no option “prt”; did you mean “port”?'],
  ['start', '--port=4011x', '--port must be a whole number from 0 to 65535, not “4011x”'],
  ['start', '--mock-port=-1', '--mock-port must be a whole number from 0 to 65535, not “-1”'],
  ['mock', '--port=99999', '--port must be a whole number from 0 to 65535, not “99999”'],
  ['docs', '--output=', '--output must not be empty'],
  ['generate', '--chekc', 'There is no option “chekc”; did you mean “check”?'],
  ['generate', '--project=nowhere', '--project must be a folder that exists, not “nowhere”'],
  ['lint-prose', '--project=README.md', '--project must be a folder that exists, not “README.md”'],
  ['report', '--recordings=nowhere', '--recordings must be a folder that exists'],
  ['fidelity', '--recordings=nowhere', '--recordings must be a folder that exists'],
  ['site', '--output=src', '--output must be a new folder, or one of a site'],
  ['bench-client', '--only=nobody', '--only must be part of fetch, '],
  ['bench-sandbox', '--seconds=many', '--seconds must be a number above 0, not “many”'],
  ['release', '--version=1', '“1” is no version such as 1.2.3'],
])('%s %s is an error of usage, with the help', async (name, option, message) => {
  const { code, output, errors } = await runScript(name, [option]);
  expect([code, output]).toEqual([2, '']);
  expect(errors).toContain(`error ${message}`);
  expect(errors).toMatch(/^Usage: npm /m);
});

test.each([
  ['mock', 'npm_config_port', '--port'],
  ['start', 'npm_config_mock_port', '--mock-port'],
])('an option of %s that npm keeps for itself as %s is an error of usage', async (name, variable, option) => {
  const { code, errors } = await runScript(name, [], { [variable]: '4999', npm_lifecycle_event: name });
  expect(code).toBe(2);
  expect(errors).toContain(`error npm has kept ${option}: write npm run ${name} -- ${option} …`);
});

test('a file that is missing is one line', async () => {
  const { code, errors } = await runScript('docs', ['--output=package.json/docs']);
  expect([code, errors]).toEqual([1, expect.stringMatching(/^error ENOTDIR: [^\n]+\n$/)]);
});
