import { expect, onTestFinished, test, vi } from 'vitest';
import packageJson from '../../package.json' with { type: 'json' };
import { runProgram } from '../../src/cli/program.ts';
import { run } from './support.ts';

/** Runs the program within this process, which is quicker. */
async function runHere(args: readonly string[]) {
  const written = { output: '', errors: '' };
  const streams = [
    vi.spyOn(process.stdout, 'write').mockImplementation((text) => {
      written.output += text;
      return true;
    }),
    vi.spyOn(process.stderr, 'write').mockImplementation((text) => {
      written.errors += text;
      return true;
    }),
  ];
  onTestFinished(() => {
    for (const stream of streams) stream.mockRestore();
  });
  const code = await runProgram(args);
  return { code, ...written };
}

test('the exit code of the process is that of the program', async () => {
  expect((await run(['nonsense'])).code).toBe(2);
  expect((await run(['--version'])).code).toBe(0);
});

test('--version prints the version of the package', async () => {
  expect(await runHere(['--version'])).toEqual({ code: 0, output: `${packageJson.version}\n`, errors: '' });
});

test.for([['--help'], ['-h'], ['help']])('%s lists the commands', async (args) => {
  const { code, output } = await runHere(args);
  expect(code).toBe(0);
  expect(output).toMatch(/^ {2}sandbox +start/m);
  expect(output).toMatch(/^ {2}webhook +print/m);
  expect(output).toMatch(/^ {2}verify +check/m);
});

test.for([
  ['sandbox', '--help'],
  ['sandbox', '--port', '1', '-h'],
  ['help', 'sandbox'],
  ['webhook', '--help'],
  ['help', 'webhook'],
])('%s %s tells of every option', async (args) => {
  const { code, output } = await runHere(args);
  expect(code).toBe(0);
  expect(output).toMatch(/^Usage: pluralkit (sandbox|webhook)/m);
  expect(output).toContain('--port <number>');
});

test.for([
  [[], 'Which command?', 'pluralkit --help'],
  [['sandbax'], 'There is no command “sandbax”', 'pluralkit --help'],
  [['--port'], 'There is no option “--port”', 'pluralkit --help'],
  [['toString'], 'There is no command “toString”', 'pluralkit --help'],
  [['sandbox', '--prot', '1'], "Unknown option '--prot'", 'pluralkit sandbox --help'],
  [['sandbox', 'file'], "Unexpected argument 'file'", 'pluralkit sandbox --help'],
  [['sandbox', '--port'], "Option '--port <value>' argument missing", 'pluralkit sandbox --help'],
  [['sandbox', '--quiet=1'], "Option '--quiet' does not take an argument", 'pluralkit sandbox --help'],
  [
    ['sandbox', '--port', 'http'],
    '--port must be a whole number from 0 to 65535, not “http”',
    'sandbox --help',
  ],
  [['sandbox', '--port', '65536'], '--port must be a whole number from 0 to 65535', 'sandbox --help'],
  [['sandbox', '--latency', '1.5'], '--latency must be a whole number', 'sandbox --help'],
  [
    ['sandbox', '--rate-limits', 'on'],
    '--rate-limits must be one of server, documented, off',
    'sandbox --help',
  ],
  [['sandbox', '--host', ''], '--host must not be empty', 'sandbox --help'],
  [['webhook', '--token', ''], '--token must not be empty', 'webhook --help'],
] as const)('%j ends with exit code 2 and says why', async ([args, problem, help]) => {
  const { code, output, errors } = await runHere(args);
  expect({ code, output }).toEqual({ code: 2, output: '' });
  expect(errors).toContain(problem);
  expect(errors).toContain(help);
  expect(errors).not.toMatch(/\n +at /);
});
