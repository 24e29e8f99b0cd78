import { execFileSync } from 'node:child_process';
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import packageJson from '../../package.json' with { type: 'json' };
import { lintDocuments } from '../../scripts/lib/lint.ts';
import { projectDirectory } from '../../scripts/lib/program.ts';
import { knownToNpm } from '../../src/cli/npm-options.ts';
import { run } from '../cli/support.ts';
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
  ['start', '--mock-port=4011', '--mock-port must not be that of --port'],
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

/** As `npm run <name> --port=4999` and the like do, without a `--` before the options. */
test.each([
  ['mock', [], { port: '4999' }, 'npm has kept --port: write npm run mock -- --port 4999'],
  ['start', [], { mock_port: '0' }, 'npm has kept --mock-port: write npm run start -- --mock-port 0'],
  ['start', ['4999'], { port: 'true' }, 'npm has kept --port: write npm run start -- --port 4999'],
  [
    'sandbox',
    [],
    { port: '4999', rate_limits: 'off', v1: 'true', app_token: 'secret' },
    'npm has kept --port, --rate-limits, --app-token, --v1: write npm run sandbox -- --port 4999 --rate-limits off --app-token … --v1',
  ],
  ['verify', [], { system: 'exmpl' }, 'npm has kept --system: write npm run verify -- --system exmpl'],
] as const)(
  'options of %s that npm keeps for itself are an error of usage: %j %j',
  async (name, given, kept, message) => {
    const variables = Object.entries(kept).map(([option, value]) => [`npm_config_${option}`, value]);
    const environment = { ...Object.fromEntries(variables), npm_lifecycle_event: name };
    const { code, output, errors } =
      name === 'verify'
        ? await run([name, ...given], environment)
        : await runScript(name, given, environment);
    expect([code, output]).toEqual([2, '']);
    expect(errors.split('\n')[0]?.replace(/\.? See: .*/, '')).toBe(`error ${message}`);
  },
);

test('an option that npm keeps is no error where it is given, too, or where npm has one of that name', async () => {
  const kept = { npm_config_system: 'exmpl', npm_config_json: 'true', npm_lifecycle_event: 'verify' };
  const { errors } = await run(['verify', '--system', '@me', '--guild', 'x'], kept);
  expect(errors).toContain('--guild');
  expect(errors).not.toContain('npm');
});

test('what npm has options of the same name for is known', () => {
  const ofNpm = Object.keys(
    JSON.parse(execFileSync('npm', ['config', 'list', '--long', '--json'], { encoding: 'utf8' })),
  );
  const helps = globSync('{src/cli,scripts}/*.ts', { cwd: projectDirectory }).map((file) =>
    readFileSync(join(projectDirectory, file), 'utf8'),
  );
  const own = helps.flatMap((text) => [...text.matchAll(/^ {2}--([\w-]+)/gm)].map(([, name = '']) => name));
  expect(own).toContain('rate-limit-factor');
  // It tells how to use npm, and never gets here.
  expect(own.filter((name) => ofNpm.includes(name) && !knownToNpm.includes(name))).toEqual([]);
});

test('a folder for temporary files that is missing is no stack', async () => {
  const { code, errors } = await runScript('lint-document', [], { TMPDIR: '/nowhere' });
  expect([code, errors]).toEqual([
    1,
    expect.stringMatching(/^error No temporary folder can be made: ENOENT: [^\n]+\nSet TMPDIR to [^\n]+\n$/),
  ]);
});

test('a folder that Redocly can’t lint in is one line', async () => {
  await expect(lintDocuments('/projects/c#', { v1: {}, v2: {} })).rejects.toThrow(
    /^Redocly finds no [^\n]+$/,
  );
});

test('a file that is missing is one line', async () => {
  const { code, errors } = await runScript('docs', ['--output=package.json/docs']);
  expect([code, errors]).toEqual([1, expect.stringMatching(/^error ENOTDIR: [^\n]+\n$/)]);
});
