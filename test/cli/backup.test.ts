import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { bar, createProgress } from '../../src/cli/progress.ts';
import { createSandbox } from '../../src/sandbox/create-sandbox.ts';
import { listen } from '../../src/sandbox/node/listen.ts';
import { run, start } from './support.ts';

async function serve() {
  const sandbox = createSandbox();
  const server = await listen(sandbox, { port: 0 });
  const directory = mkdtempSync(join(tmpdir(), 'pluralkit-openapi-'));
  onTestFinished(async () => {
    rmSync(directory, { recursive: true, force: true });
    await server.close();
  });
  const environment = { PLURALKIT_URL: `${server.url}/v2`, PLURALKIT_TOKEN: sandbox.tokens.harbor };
  return { sandbox, environment, file: join(directory, 'system.json') };
}

test('export writes to the standard output, or a file; import finds that all of it is there', async () => {
  const { environment, file } = await serve();
  const { code, output, errors } = await run(['export'], environment);
  expect({ code, errors }).toEqual({ code: 0, errors: '' });
  expect(JSON.parse(output)).toMatchObject({ version: 2, id: 'harbor' });
  expect(await run(['export', '--out', file], environment)).toEqual({ code: 0, output: '', errors: '' });
  expect(readFileSync(file, 'utf8')).toBe(output);
  expect(await run(['import', file, '--yes'], environment)).toEqual({
    code: 0,
    output: 'There is nothing to change.\n',
    errors: '',
  });
});

test('export says before it writes what an API key does not see', async () => {
  const { sandbox, environment } = await serve();
  const { token } = await sandbox.createKey({ system: 'harbor', scopes: ['read:system', 'read:switches'] });
  const result = await run(['export'], { ...environment, PLURALKIT_TOKEN: token });
  expect([result.code, result.errors]).toEqual([
    0,
    'note The API key lacks read:members, read:groups: of members, groups, only what is public is in the export.\n',
  ]);
  const { members } = JSON.parse((await run(['export'], environment)).output);
  expect(JSON.parse(result.output).members.length).toBeLessThan(members.length);
});

test('export says that only what is public of another system is in it', async () => {
  const { environment } = await serve();
  const { code, errors } = await run(['export', 'relays'], environment);
  expect([code, errors]).toEqual([
    0,
    'note The system is not that of the token: of system, settings, members, groups, switches, only what is public is in the export.\n',
  ]);
});

test('import lists the changes, makes them with --yes, and reports what failed', async () => {
  const { sandbox, environment, file } = await serve();
  const members = [{ id: 'marina', color: 'ff0000', pronouns: 'a\u001Bb' }, { name: 'New' }];
  writeFileSync(file, JSON.stringify({ switches: [], members, tag_color: 'x' }));
  const dry = await run(['import', file, '--dry-run'], environment);
  expect(dry).toMatchObject({ code: 0, errors: '' });
  expect(dry.output).toContain('update members marina: color, pronouns\ncreate members New\n');
  expect(dry.output).toContain('not imported: tag_color');
  const unasked = await run(['import', file], environment);
  expect([unasked.code, unasked.errors]).toEqual([1, expect.stringContaining('--yes')]);
  const made = await run(['import', file, '--yes'], environment);
  expect([made.code, made.output]).toEqual([0, expect.stringContaining('2 changes made.')]);
  expect(JSON.stringify(sandbox.world())).toContain('ff0000');
  writeFileSync(file, JSON.stringify({ switches: [], members: [{ id: 'marina', color: 'none' }] }));
  const failed = await run(['import', file, '--yes'], environment);
  expect([failed.code, failed.errors]).toEqual([
    1,
    expect.stringMatching(/marina.*\n.*1 of 1 changes failed/),
  ]);
});

test('import says that the file has only what is public', async () => {
  const { environment, file } = await serve();
  await run(['export', 'harbor', '--out', file], { ...environment, PLURALKIT_TOKEN: '' });
  const { code, output, errors } = await run(['import', file, '--dry-run'], environment);
  expect([code, errors]).toEqual([
    0,
    'note The file has only what is public of system, members, groups: there, nothing is cleared or renamed.\n',
  ]);
  expect(output).toMatch(/^(not imported: .*\n)*0 changes\n$/);
});

test('import says in one line which scopes an API key lacks', async () => {
  const { sandbox, environment, file } = await serve();
  writeFileSync(file, JSON.stringify({ switches: [] }));
  const { token } = await sandbox.createKey({ system: 'harbor', scopes: ['read:members'] });
  const { code, output, errors } = await run(['import', file], { ...environment, PLURALKIT_TOKEN: token });
  expect([code, output]).toEqual([1, '']);
  expect(errors).toBe(
    'error The API key lacks read:system, read:groups, read:switches, read:fronters, which the import needs to read the whole system\n',
  );
});

test('import names what is wrong in short lines, and gives a hint once', async () => {
  const { sandbox, environment, file } = await serve();
  sandbox.faults.add({ operation: 'createMember', drop: true });
  const name = 'n'.repeat(1_000_000);
  writeFileSync(file, JSON.stringify({ switches: [], members: [{ name }, { name: 'B' }] }));
  const { code, output, errors } = await run(['import', file, '--yes'], environment);
  expect([code, output]).toEqual([1, `create members ${'n'.repeat(100)}…\ncreate members B\n2 changes\n`]);
  expect(errors).not.toContain('\\x0a');
  expect(errors.match(/PLURALKIT_URL/g)).toHaveLength(1);
  expect(errors.trimEnd().split('\n')).toHaveLength(4);
});

test('import names the place of a wrong timestamp', async () => {
  const { environment, file } = await serve();
  writeFileSync(file, JSON.stringify({ switches: [{ timestamp: 'yesterday', members: [] }] }));
  const { code, errors } = await run(['import', file, '--yes'], environment);
  expect([code, errors]).toEqual([
    1,
    `error ${file}: switches[0].timestamp: must be a timestamp such as 2021-01-02T03:04:05.678901Z\n`,
  ]);
});

test.each([
  [['export', 'a', 'b'], /Unexpected argument “b”/, 2],
  [['export', 'no such system'], /names no system/, 2],
  [['export', '--out', ''], /--out must not be empty/, 2],
  [['export', '--out', '/nowhere/at/all.json'], /Cannot write \/nowhere/, 3],
  [['export', 'zzzzz'], /System not found/, 1],
  [['import'], /Which file/, 2],
  [['import', '/nowhere/at/all.json'], /Cannot read/, 1],
  [['import', join(import.meta.dirname, '../../package.json')], /File type is unknown/, 1],
])('the command line %j is an error that says what is wrong', async (args, message, code) => {
  const { environment } = await serve();
  const result = await run(args, environment);
  expect([result.code, result.output]).toEqual([code, '']);
  expect(result.errors).toMatch(message);
  expect(result.errors).not.toMatch(/\n {4}at /);
});

test.each([
  [{ PLURALKIT_TOKEN: '' }, /Set PLURALKIT_TOKEN/, 2],
  [{ PLURALKIT_TOKEN: 'wrong' }, /does not know the token/, 1],
  [{ PLURALKIT_URL: 'http://127.0.0.1:9/v2' }, /Is PLURALKIT_URL right/, 1],
])('the environment %j is an error that says what to do', async (changed, message, exitCode) => {
  const { environment } = await serve();
  const { code, errors } = await run(['export'], { ...environment, ...changed });
  expect([code, errors]).toEqual([exitCode, expect.stringMatching(message)]);
});

test.each([
  ['SIGINT', 130],
  ['SIGTERM', 143],
] as const)('an export that %s ends leaves no file', async (signal, code) => {
  const { sandbox, environment, file } = await serve();
  await sandbox.fetch(
    new Request('http://localhost/_sandbox/faults', {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ operation: 'listSwitches', delay: 60_000 }),
    }),
  );
  const program = start(['export', '--out', file], environment);
  await expect.poll(() => readdirSync(dirname(file))).toHaveLength(1);
  program.kill(signal);
  expect(await program.ended).toBe(code);
  expect(readdirSync(dirname(file))).toEqual([]);
});

test.each([
  [0, 'members  ██████████░░░░░░░░░░ 1 of 2'],
  [10, 'members  '],
])('the progress bar fits into a terminal of %d columns', (columns, shown) => {
  const written: string[] = [];
  const progress = createProgress({ isTTY: true, columns, write: (text) => written.push(text) });
  progress.show(bar({ part: 'members', done: 1, total: 2 }));
  expect(written).toEqual([`\r\u001B[K${shown}`]);
  expect(bar({ part: 'switches', done: 300, total: null })).toBe('switches 300');
});
