import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import pkapi from 'pkapi.js';
import pkapiTs from 'pkapi-ts';
import { describe, expect, test } from 'vitest';
import { errorCodes } from '../../generated/v2/operations.ts';
import { projectDirectory } from '../../scripts/lib/program.ts';
import { guidePages } from '../../scripts/site/guide-pages.ts';
import * as pluralkit from '../../src/index.ts';
import { createSandbox } from '../../src/sandbox/index.ts';
import { blocksOf } from '../readme/blocks.ts';
import { faultsOf } from '../webhooks/schema.ts';

const content = join(projectDirectory, 'docs/src/content/docs');
const read = (path: string) => readFileSync(join(projectDirectory, path), 'utf8');
// The language tests write the page of other languages, and run what it shows.
const pages = readdirSync(content, { recursive: true, encoding: 'utf8' }).filter(
  (file) => /\.mdx?$/.test(file) && !/^(api|typescript)\/|^guides\/other-languages\.md$/.test(file),
);
const guide = guidePages(read('spec/v2/guide.md'));

test('every section of the guide is a page', () => {
  const titles = [...read('spec/v2/guide.md').matchAll(/^## (.*)$/gm)].map(([, title]) => title);
  expect(Object.values(guide).map((page) => /^title: "(.*)"$/m.exec(page)?.[1])).toEqual(titles);
});

test('each guide has a place of its own in the sidebar', () => {
  const places = pages
    .filter((file) => file.startsWith('guides/'))
    .map((file) => Number(/^ {2}order: (\d+)$/m.exec(read(`docs/src/content/docs/${file}`))?.[1]));
  expect(places.sort((one, other) => one - other)).toEqual(places.map((_, index) => index + 1));
});

test('a section without a page is rejected', () => {
  expect(() => guidePages('## Unheard of\n\ntext\n')).toThrow(/Without a page: Unheard of\./);
});

test('every error that an operation can respond with has an anchor', () => {
  const anchors = [...(guide['errors.md'] ?? '').matchAll(/^### (\w+)$/gm)].map(([, name]) => name);
  // The response of 415 is a problem document: it has no code.
  const names = Object.keys(errorCodes).filter((name) => name !== 'ProblemDetails');
  expect(new Set(anchors)).toEqual(new Set(names));
});

test('each command of the pages is one that README has, whose tests run it', () => {
  const known = blocksOf(read('README.md')).map(({ code }) => code);
  const commands = pages.flatMap((file) =>
    blocksOf(read(`docs/src/content/docs/${file}`)).filter(({ language }) => language === 'sh'),
  );
  expect(commands.length).toBeGreaterThan(2);
  expect(commands.filter(({ code }) => !known.includes(code))).toEqual([]);
});

test('programs stand in examples/, and a page or README shows each of them', () => {
  const texts = pages.map((file) => read(`docs/src/content/docs/${file}`));
  const shown = new Set(
    texts.flatMap((text) => [...text.matchAll(/examples\/([\w./-]+)\?raw/g)].map(([, path]) => path)),
  );
  const examples = readdirSync(join(projectDirectory, 'examples'), {
    recursive: true,
    encoding: 'utf8',
  }).filter((file) => /\.(ts|js|py)$/.test(file));
  const inReadme = blocksOf(read('README.md')).map(({ code }) => code);
  const isShown = (file: string) => shown.has(file) || inReadme.includes(read(`examples/${file}`));
  expect(examples.filter((file) => !isShown(file))).toEqual([]);
});

const fragments = pages.flatMap((file) =>
  blocksOf(read(`docs/src/content/docs/${file}`))
    .filter(({ language }) => language !== 'sh')
    .map((block) => ({ ...block, place: `${file}:${block.line}` })),
);

test.each(fragments)('the lines at $place run against the sandbox', async ({ language, code }) => {
  expect(language).toBe('ts');
  const sandbox = createSandbox();
  class SandboxClient extends pluralkit.PluralKit {
    constructor(options: pluralkit.PluralKitOptions) {
      super({ ...options, fetch: sandbox.fetch });
    }
  }
  const { harbor: token } = sandbox.tokens;
  const lines = code.replace(/^import .*$/gm, '').replaceAll('process.env.PLURALKIT_TOKEN', 'token');
  const run = new Function('PluralKit', 'token', 'userAgent', `return (async () => {${lines}})()`);
  await run(SandboxClient, token, 'my-tests/1.0 (me@example.com)');
});

describe('the pages of the guide', () => {
  const blocks = blocksOf(read('spec/v2/guide.md'));

  test('have a command that the sandbox responds to', async () => {
    const commands = blocks.filter(({ language }) => language === 'shell').map(({ code }) => code.trim());
    expect(commands).toEqual([
      "curl https://api.pluralkit.me/v2/systems/exmpl \\\n  -H 'User-Agent: my-app/1.0 (me@example.com)'",
    ]);
    const [url = ''] = /https:\S+/.exec(commands.join()) ?? [];
    const sandbox = createSandbox({ world: { systems: [{ id: 'exmpl' }] } });
    const response = await sandbox.fetch(url, { headers: { 'User-Agent': 'my-app/1.0 (me@example.com)' } });
    expect(response.status).toBe(200);
  });

  test('have an event of the documented form', () => {
    const [event, ...others] = blocks.filter(({ language }) => language === 'json');
    expect(others).toEqual([]);
    expect(faultsOf('UPDATE_MEMBER', JSON.parse(event?.code ?? ''))).toEqual([]);
  });
});

const client: object = new pluralkit.PluralKit({ userAgent: 'test/1.0 (test@example.com)' });
const methodsOf = (prototype: object) =>
  Object.entries(Object.getOwnPropertyDescriptors(prototype))
    .filter(([name, { value }]) => typeof value === 'function' && name !== 'constructor')
    .map(([name]) => name);

test.each([
  // `handle` is how it sends its requests.
  ['pkapi-js', methodsOf(Reflect.get(pkapi, 'prototype')).filter((name) => name !== 'handle')],
  ['pkapi-ts', methodsOf(pkapiTs.prototype)],
])('the page about %s has all of its methods, and none that does not exist', (name, theirs) => {
  const rows = [
    ...read(`docs/src/content/docs/moving/${name}.md`).matchAll(/^\| `(\w+)` \| `pk\.(\w+)\.(\w+)` \|$/gm),
  ];
  const described = rows.map(([, method]) => method);
  expect(described.filter((method) => !theirs.includes(method ?? ''))).toEqual([]);
  expect(theirs.filter((method) => !described.includes(method))).toEqual([]);
  for (const [, , group = '', method = ''] of rows) {
    const methods: unknown = Reflect.get(client, group);
    expect([group, method, typeof Reflect.get(Object(methods), method)]).toEqual([group, method, 'function']);
  }
});
