import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { projectDirectory } from '../../scripts/lib/program.ts';
import { createSandbox } from '../../src/sandbox/index.ts';
import { createTestEvent } from '../../src/webhooks/index.ts';
import { requireFreshDist } from '../support/dist.ts';
import {
  descendantsOf,
  isRunning,
  type RunningProgram,
  runProgram,
  startProgram,
} from '../support/processes.ts';
import { type Block, blocksOf } from './blocks.ts';

const read = (path: string) => readFileSync(join(projectDirectory, path), 'utf8');
const readme = read('README.md');
const blocks = blocksOf(readme);
const left = new Set(blocks);

/** Takes the one block that a test runs; what no test takes is told at the end. */
function take(found: (block: Block) => boolean): Block {
  const [block, second] = blocks.filter(found);
  if (!block || second)
    throw new Error(`README should have one such block, and has ${second ? 'more' : 'none'}`);
  left.delete(block);
  return block;
}

const command = (pattern: RegExp) =>
  take(({ language, code }) => language === 'sh' && pattern.test(code)).code.trim();

/** A program of README, which stands in `examples/`, too, where it is formatted, linted and type-checked. */
const example = (name: string): string => {
  const path = `examples/${name}`;
  take(({ language, code }) => language === 'ts' && code === read(path));
  return join(projectDirectory, path);
};

/** Starts a program as a terminal would; the caller interrupts it. */
const start = (command: string, args: readonly string[], env: NodeJS.ProcessEnv = {}) =>
  startProgram(command, args, { env, detached: true });

/** Runs a program to its end and gives what it printed; rejects where it fails. */
async function run(command: string, args: readonly string[], env: NodeJS.ProcessEnv = {}): Promise<string> {
  const { code, output, errors } = await runProgram(command, args, { env });
  if (code !== 0) throw new Error(`${command} ${args.join(' ')} failed:\n${output}\n${errors}`);
  return output;
}

beforeAll(requireFreshDist);

describe('the first commands', () => {
  let program: RunningProgram;
  const url: Record<string, string> = {};

  beforeAll(async () => {
    expect(command(/npm start/)).toBe('npm ci && npm start');
    program = start('npm', ['start', '--', '--port=0', '--mock-port=0']);
    for (const place of ['Console', 'Docs', 'Sandbox', 'Mock']) {
      url[place] =
        (await program.waitFor(new RegExp(`${place} +(http://127\\.0\\.0\\.1:\\d+\\S*)`)))[1] ?? '';
    }
    await program.waitFor(/export PLURALKIT_URL/);
  }, 150_000);

  test('start the sandbox that the first curl asks', async () => {
    const words = command(/^curl /).split(' ');
    const output = await run(
      words[0] ?? '',
      ['--silent', ...words.slice(1)].map((word) =>
        word.replace('http://127.0.0.1:4011/v2', url.Sandbox ?? ''),
      ),
    );
    expect(JSON.parse(output)).toMatchObject({ id: 'harbor', name: 'The Harbour' });
  });

  test('serve the console, the docs and the mock', async () => {
    const text = async (address = '') => (await fetch(address)).text();
    expect(await text(url.Console)).toContain('data-docs="/docs/v2/index.html"');
    expect(await text(url.Docs)).toContain('v2/index.html');
    expect(await text(`${url.Docs}v2/index.html`)).toContain('<title>PluralKit API');
    expect((await fetch(`${url.Docs}%2e%2e%2f%2e%2e%2fpackage.json`)).status).toBe(404);
    expect(JSON.parse(await text(`${url.Mock}/systems/exmpl`))).toHaveProperty('id');
  });

  test('say that the document has no faults, without colours where no terminal is', () => {
    expect(program.output()).toMatch(/✓ The document: linted/);
    expect(program.output()).not.toContain('\u001B');
  });

  afterAll(async () => {
    const processes = descendantsOf(program.pid);
    expect(processes.length).toBeGreaterThan(2);
    await program.interrupt();
    await vi.waitFor(() => expect(processes.filter(isRunning)).toEqual([]));
    for (const address of Object.values(url)) await expect(fetch(address)).rejects.toThrow();
  });
});

test('the package is installed by its name', () => {
  const { name } = JSON.parse(read('package.json'));
  expect(command(/^npm i /)).toBe(`npm i ${name}`);
});

test('every text names the version of Node that the package does', () => {
  const { engines } = JSON.parse(read('package.json'));
  const files = execFileSync('git', ['ls-files', '*.md', '*.mdx', 'src', 'scripts'], {
    cwd: projectDirectory,
    encoding: 'utf8',
  });
  const named = files
    .trim()
    .split('\n')
    .flatMap((file) =>
      [...read(file).matchAll(/Node(?:\.js)? (\d+(?:\.\d+)?) or newer/g)].map(
        ([, version]) => [file, `>=${version}`] as const,
      ),
    );
  expect(named.map(([file]) => file)).toEqual(
    expect.arrayContaining(['README.md', 'CONTRIBUTING.md', 'docs/src/content/docs/index.mdx']),
  );
  expect(named.filter(([, version]) => version !== engines.node)).toEqual([]);
});

test('the test command is the one that CI runs', () => {
  expect(command(/npm test/)).toBe('npm ci && npm test');
  expect(read('.ci/run')).toMatch(/npm ci && .*npm test /);
});

test('the client greets its own system', async () => {
  const server = start('npm', ['run', '--silent', 'sandbox', '--', '--port', '0', '--quiet']);
  const [, url = ''] = await server.waitFor(/(http:\/\/127\.0\.0\.1:\d+\/v2)/);
  const { tokens } = createSandbox();
  const output = await run('node', [example('client.ts')], {
    PLURALKIT_URL: url,
    PLURALKIT_TOKEN: tokens.harbor,
  }).finally(() => server.interrupt());
  expect(output).toContain('The Harbour public\n5 members\n2026-01-05T17:59:59.999999Z marina, quillq\n');
  expect(output).toContain("[ 'Marina', 'Quill' ]\nMarina\nGroup not found");
});

test('the sandbox responds in process', async () => {
  expect(await run('node', [example('sandbox.ts')])).toBe("private\n[ 'CREATE_MEMBER' ]\n");
});

test('the sandbox runs as a server, and stops', async () => {
  const [program = '', ...args] = command(/npm run --silent sandbox/)
    .replace('--port 4011', '--port 0')
    .split(' ');
  const server = start(program, args);
  const [, url = ''] = await server.waitFor(/(http:\/\/127\.0\.0\.1:\d+\/v2)/);
  const response = await fetch(`${url}/systems/harbor`);
  expect([response.status, response.headers.get('X-RateLimit-Scope')]).toEqual([200, 'generic_get']);
  await server.interrupt();
  await expect(fetch(url)).rejects.toThrow();
});

test('the webhook receiver handles events, and rejects wrong tokens', async () => {
  const port = 40_000 + Math.floor(Math.random() * 20_000);
  const server = start('node', [example('webhook.ts')], {
    PLURALKIT_SIGNING_TOKEN: 'right',
    PORT: String(port),
  });
  const post = (token: string) => {
    const body = JSON.stringify(
      createTestEvent('UPDATE_MEMBER', { signing_token: token, data: { pronouns: 'xe/xem' } }),
    );
    return fetch(`http://127.0.0.1:${port}/`, { method: 'POST', body });
  };
  await expect
    .poll(
      () =>
        post('wrong').then(
          ({ status }) => status,
          () => 0,
        ),
      { timeout: 10_000 },
    )
    .toBe(401);
  expect((await post('right')).status).toBe(200);
  await server.waitFor(/member \S+ changed \[ 'pronouns' \]/);
  await server.interrupt();
});

test.each([
  [/npm run docs/, /docs/],
  [/npm run site/, /docs\/dist/],
  [/npm run mock/, /--port/],
  [/npm run verify/, /PLURALKIT_TOKEN/],
])(
  'the command %s works',
  async (pattern, expected) => {
    const [program = '', ...args] = command(pattern).split(' ');
    expect(await run(program, args)).toMatch(expected);
  },
  90_000,
);

test('every block is run by a test', () => {
  expect([...left].map(({ line, code }) => `README.md:${line}: ${code}`)).toEqual([]);
});
