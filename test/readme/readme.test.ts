import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { projectDirectory } from '../../scripts/lib/program.ts';
import { createSandbox } from '../../src/sandbox/index.ts';
import { createTestEvent } from '../../src/webhooks/index.ts';
import { requireFreshDist } from '../support/dist.ts';
import { type Block, blocksOf } from './blocks.ts';
import { type Running, run, start } from './processes.ts';

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

beforeAll(requireFreshDist);

describe('the first commands', () => {
  let program: Running;
  let sandbox = '';

  beforeAll(async () => {
    expect(command(/npm start/)).toBe('npm ci && npm start');
    program = start('npm', ['start', '--', '--port=0', '--mock-port=0']);
    sandbox = (await program.printed(/Sandbox\s+(http:\/\/127\.0\.0\.1:\d+)\/v2/))[1] ?? '';
    await program.printed(/Ctrl-C/);
  }, 150_000);

  test('start the sandbox that the first curl asks', async () => {
    const words = command(/^curl /).split(' ');
    const output = await run(
      words[0] ?? '',
      ['--silent', ...words.slice(1)].map((word) => word.replace('http://127.0.0.1:4011', sandbox)),
    );
    expect(JSON.parse(output)).toMatchObject({ id: 'harbor', name: 'The Harbour' });
  });

  afterAll(async () => {
    await program.stop();
    await expect(fetch(sandbox)).rejects.toThrow();
  });
});

test('the test command is the one that CI runs', () => {
  expect(command(/npm test/)).toBe('npm ci && npm test');
  expect(read('.ci/run')).toMatch(/npm ci && .*npm test;/);
});

test('the client greets its own system', async () => {
  const server = start('npm', ['run', '--silent', 'sandbox', '--', '--port', '0', '--quiet']);
  const [, url = ''] = await server.printed(/(http:\/\/127\.0\.0\.1:\d+\/v2)/);
  const { tokens } = createSandbox();
  const output = await run('node', [example('client.ts')], {
    PLURALKIT_URL: url,
    PLURALKIT_TOKEN: tokens.harbor,
  }).finally(() => server.stop());
  expect(output).toContain('The Harbour is public here\n2026-01-05T17:59:59.999999Z marina, quillq\n');
  expect(output).toContain("[ 'Marina', 'Quill' ]\nMarina\nGroup not found");
});

test('the sandbox answers in process', async () => {
  expect(await run('node', [example('sandbox.ts')])).toBe("private\n[ 'CREATE_MEMBER' ]\n");
});

test('the sandbox runs as a server, and stops', async () => {
  const [program = '', ...args] = command(/npm run --silent sandbox/)
    .replace('--port 4011', '--port 0')
    .split(' ');
  const server = start(program, args);
  const [, url = ''] = await server.printed(/(http:\/\/127\.0\.0\.1:\d+\/v2)/);
  const response = await fetch(`${url}/systems/harbor`);
  expect([response.status, response.headers.get('X-RateLimit-Scope')]).toEqual([200, 'generic_get']);
  await server.stop();
  await expect(fetch(url)).rejects.toThrow();
});

test('the webhook receiver handles events, and refuses wrong tokens', async () => {
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
  await server.printed(/member \S+ changed \[ 'pronouns' \]/);
  await server.stop();
});

test.each([
  [/npm run docs/, /docs/],
  [/npm run mock/, /--port/],
])(
  'the command %s works',
  async (pattern, expected) => {
    const [program = '', ...args] = command(pattern).split(' ');
    expect(await run(program, args)).toMatch(expected);
  },
  90_000,
);

test('no block is left that nothing has run', () => {
  expect([...left].map(({ line, code }) => `README.md:${line}: ${code}`)).toEqual([]);
});

test('files that README points at are there', () => {
  const links = [...readme.matchAll(/\]\((?!https?:)([^)#]+)/g)].map(([, path = '']) => path);
  expect(links.length).toBeGreaterThan(0);
  for (const path of links)
    expect(statSync(join(projectDirectory, path), { throwIfNoEntry: false })).toBeTruthy();
});
