import { execFileSync } from 'node:child_process';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
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

test.for([['--version'], ['-v'], ['version']])(
  'the argument %s prints the version of the package',
  async (args) => {
    expect(await runHere(args)).toEqual({ code: 0, output: `${packageJson.version}\n`, errors: '' });
  },
);

test.for([['--help'], ['-h'], ['help']])('the argument %s lists the commands', async (args) => {
  const { code, output } = await runHere(args);
  expect(code).toBe(0);
  expect(output).toMatch(/^ {2}sandbox +start/m);
  expect(output).toMatch(/^ {2}webhook +print/m);
  expect(output).toMatch(/^ {2}verify +check/m);
});

const words = 'sandbox webhook verify world export import completion help version';

describe('the completion script', () => {
  const complete = (script: string, line: readonly string[]) => {
    const program = `${script}
COMP_WORDS=(${line.map((word) => `'${word}'`).join(' ')}); COMP_CWORD=${line.length - 1}
_pluralkit; echo "\${COMPREPLY[*]}"`;
    return execFileSync('bash', ['-c', program], { encoding: 'utf8' }).trim();
  };

  test.skipIf(process.platform === 'win32')('for bash completes commands and their options', async () => {
    const { code, output } = await runHere(['completion', 'bash']);
    expect(code).toBe(0);
    expect(complete(output, ['pluralkit', '']).split(' ').sort()).toEqual(words.split(' ').sort());
    expect(complete(output, ['pluralkit', 'ex'])).toBe('export');
    expect(complete(output, ['pluralkit', 'import', '--dry'])).toBe('--dry-run');
    expect(complete(output, ['pluralkit', 'web'])).toBe('webhook');
    expect(complete(output, ['pluralkit', 'sandbox', '--rate'])).toBe('--rate-limits --rate-limit-factor');
    expect(complete(output, ['pluralkit', 'webhook', '--d'])).toBe('');
    expect(complete(output, ['pluralkit', '--v'])).toBe('--version');
    expect(complete(output, ['pluralkit', 'world', ''])).toBe('check');
    expect(complete(output, ['pluralkit', 'completion', ''])).toBe('bash zsh fish');
    expect(complete(output, ['pluralkit', 'help', 'web'])).toBe('webhook');
    expect(complete(output, ['pluralkit', 'version', '-'])).toBe('--help');
    // Then bash completes files.
    expect(complete(output, ['pluralkit', 'world', 'check', ''])).toBe('');
    expect(complete(output, ['pluralkit', 'import', ''])).toBe('');
  });

  test.for([['zsh'], ['fish']])(
    'for %s names every command and the options of each',
    async ([shell = '']) => {
      const { code, output } = await runHere(['completion', shell]);
      expect(code).toBe(0);
      for (const word of words.split(' ')) expect(output).toContain(word);
      for (const word of ['check', 'bash', 'zsh', 'fish', 'sandbox'])
        expect(output).toMatch(
          shell === 'fish'
            ? new RegExp(`-eq 2' -f -a ${word}$`, 'm')
            : new RegExp(`3 \\)\\) && compadd .*\\b${word}\\b`),
        );
      expect(output).toMatch(
        shell === 'fish' ? /from sandbox' -l rate-limits$/m : /sandbox\) compadd -- .*--rate-limits/,
      );
    },
  );
});

test.for(words.split(' '))('the help of %s is shown in each way to ask for it', async (name) => {
  for (const args of [
    [name, '--help'],
    [name, '-h'],
    ['help', name],
    ['--help', name],
  ]) {
    const { code, output, errors } = await runHere(args);
    expect({ code, errors }).toEqual({ code: 0, errors: '' });
    expect(output).toMatch(new RegExp(`^Usage: pluralkit ${name}\\b`, 'm'));
    expect(output).toMatch(/^ {2}-h, --help/m);
    expect(output).toMatch(/^Exit codes: 0 /m);
  }
});

test.for([
  ['sandbox', '--help'],
  ['sandbox', '--port', '1', '-h'],
  ['help', 'sandbox'],
  ['webhook', '--help'],
  ['help', 'webhook'],
])('the help of “%s %s” lists every option', async (args) => {
  const { code, output } = await runHere(args);
  expect(code).toBe(0);
  expect(output).toMatch(/^Usage: pluralkit (sandbox|webhook)/m);
  expect(output).toContain('--port <number>');
});

test.for([
  [[], 'Which command?', 'pluralkit --help'],
  [['sandbax'], 'There is no command “sandbax”; did you mean “sandbox”? See', 'pluralkit --help'],
  [['--port'], 'There is no option “--port”', 'pluralkit --help'],
  [['toString'], 'There is no command “toString”', 'pluralkit --help'],
  [['--versoin'], 'There is no option “--versoin”; did you mean “--version”?', 'pluralkit --help'],
  [['hepl'], 'There is no command “hepl”; did you mean “help”?', 'pluralkit --help'],
  [
    ['verify', '--system', 'not a system!'],
    "--system can't be “not a system!”, which names no system",
    'verify --help',
  ],
  [['verify', '--guild', 'guild'], "--guild can't be “guild”, which names no guild", 'verify --help'],
  [['nonsense'], 'There is no command “nonsense”. See', 'pluralkit --help'],
  [
    ['sandbox', '--prot', '1'],
    'There is no option “prot”; did you mean “port”? See',
    'pluralkit sandbox --help',
  ],
  [['sandbox', '--rate-limits', 'sever'], 'did you mean “server”? See', 'pluralkit sandbox --help'],
  [['completion'], 'Which shell: bash, zsh, fish? See', 'pluralkit completion --help'],
  [['completion', 'zsh', 'extra'], 'Unexpected argument “extra”', 'pluralkit completion --help'],
  [['completion', '--shell', 'zsh'], 'There is no option “shell”', 'pluralkit completion --help'],
  [
    ['world', 'chekc', 'file'],
    'What to do must be one of check, not “chekc”; did you mean “check”?',
    'world --help',
  ],
  [['world', 'check'], '“world” needs “check” and one file', 'world --help'],
  [['world', 'check', 'one', 'two'], 'Unexpected argument “two”', 'world --help'],
  [['help', 'sandbox', 'world'], 'Unexpected argument “world”', 'pluralkit help --help'],
  [['help', 'sandbax'], 'There is no command “sandbax”; did you mean “sandbox”?', 'pluralkit help --help'],
  [['--version', 'two'], 'Unexpected argument “two”', 'pluralkit --help'],
  [['export', '@me', 'two'], 'Unexpected argument “two”', 'export --help'],
  [['import', '--dry-rnu', 'file'], 'There is no option “dry-rnu”; did you mean “dry-run”?', 'import --help'],
  [['completion', 'bsh'], 'did you mean “bash”? See', 'pluralkit completion --help'],
  [['sandbox', 'file'], 'Unexpected argument “file”', 'pluralkit sandbox --help'],
  [['sandbox', '--port'], '--port needs a value. See', 'pluralkit sandbox --help'],
  [['sandbox', '--quiet=1'], '--quiet takes no value. See', 'pluralkit sandbox --help'],
  [
    ['webhook', '--token', '-x'],
    '--token needs a value; write --token=<value> where it begins with a dash.',
    'webhook --help',
  ],
  [['sandbox', '-p', '4011'], 'There is no option “p”; did you mean “--port”?', 'sandbox --help'],
  [['-V'], 'There is no option “-V”; did you mean “-v”?', 'pluralkit --help'],
  [
    ['export', '--token', 'two words'],
    'There is no option “token”; set PLURALKIT_TOKEN in the environment.',
    'export --help',
  ],
  [['verify', '--url=x'], 'There is no option “url”; set PLURALKIT_URL in the environment.', 'verify --help'],
  [['import', '--token=two words'], 'There is no option “token”; set PLURALKIT_TOKEN', 'import --help'],
  [['world', 'w.json'], '“world” needs “check” and one file: pluralkit world check w.json.', 'world --help'],
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
  [
    ['sandbox', '--rate-limit-factor', '0'],
    '--rate-limit-factor must be a whole number from 1 to',
    'sandbox --help',
  ],
  [['sandbox', '--host', ''], '--host must not be empty', 'sandbox --help'],
  [['webhook', '--token', ''], '--token must not be empty', 'webhook --help'],
  [['webhook', '--token', 'x'.repeat(1_001)], '--token must be a token of at most 1000', 'webhook --help'],
  [['sandbox', '--app-token', 'two words'], '--app-token must be a token of at most', 'sandbox --help'],
  [['sandbox', '--\u001b[2J'], 'There is no option “\\x1b[2J”', 'sandbox --help'],
] as const)('the command line %j ends with exit code 2 and says why', async ([args, problem, help]) => {
  const { code, output, errors } = await runHere(args);
  expect({ code, output }).toEqual({ code: 2, output: '' });
  expect(errors).toContain(problem);
  expect(errors).toContain(help);
  expect(errors).not.toMatch(/\n +at |two words/);
  expect(errors).not.toContain('\u001b');
});
