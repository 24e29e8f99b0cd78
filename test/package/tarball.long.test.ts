/** The package as users get it: packed, and installed in a folder outside of the project. */
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import packageJson from '../../package.json' with { type: 'json' };
import { projectDirectory } from '../../scripts/lib/program.ts';
import { startServer } from '../../src/sandbox/node/server.ts';
import { programs } from '../runtimes/programs.ts';
import { browserTest, launchBrowser } from '../support/browser.ts';
import { requireFreshDist } from '../support/dist.ts';
import { runProgram, startProgram } from '../support/processes.ts';

let folder = '';
/** Paths of the packed files. */
let packed: readonly string[] = [];

/** Runs a program in the folder; rejects where it fails. */
async function run(program: string, args: readonly string[]): Promise<string> {
  const { code, output, errors } = await runProgram(program, args, { cwd: folder });
  if (code !== 0) throw new Error(`${program} ${args.join(' ')} failed:\n${output}\n${errors}`);
  return output;
}

const write = (file: string, content: string | object) =>
  writeFile(join(folder, file), typeof content === 'string' ? content : JSON.stringify(content));

const usage = `import { PluralKit } from 'pluralkit-openapi';
import { createSandbox } from 'pluralkit-openapi/sandbox';
const sandbox = createSandbox();
const pk = new PluralKit({ userAgent: 'package-test/1.0 (me@example.com)', fetch: sandbox.fetch });
// Its first call loads its code.
const message = await pk.messages.find('1');
const { name } = await pk.systems.get('harbor');
if (message !== null) throw new Error('It found a message that does not exist');
console.log(name);
`;

/** The same in CommonJS. */
const required = `${usage
  .replace(/import (\{.*\}) from (.*);/g, 'const $1 = require($2);')
  .replace('const sandbox', '(async () => {\nconst sandbox')}})();\n`;

/** Tells whether node:sqlite is loaded before and after it is used. */
const sqlite = `import { openSqliteStorage } from 'pluralkit-openapi/sandbox/node';
const isLoaded = () => process.moduleLoadList.some((name) => /sqlite$/.test(name));
const before = isLoaded();
openSqliteStorage(':memory:').close();
console.log(before, isLoaded());
`;

beforeAll(async () => {
  requireFreshDist();
  folder = await mkdtemp(join(tmpdir(), 'pluralkit-package-'));
  const options = { cwd: projectDirectory };
  const { output } = await runProgram(
    'npm',
    ['pack', '--json', '--ignore-scripts', '--pack-destination', folder],
    options,
  );
  const [{ filename, files }] = JSON.parse(output);
  packed = files.map(({ path }: { path: string }) => path);
  await write('package.json', { name: 'user', private: true, type: 'module' });
  await run('npm', ['install', join(folder, filename), '--ignore-scripts', '--prefer-offline', '--no-audit']);
}, 300_000);
afterAll(() => rm(folder, { recursive: true, force: true }));

test('the package has README, licence, changelog and examples, and nothing of the tests', () => {
  expect(packed).toEqual(
    expect.arrayContaining(['README.md', 'LICENSE', 'CHANGELOG.md', 'examples/client.ts', 'dist/cli.js']),
  );
  expect(packed.filter((path) => /^(test|src|scripts|spec|node_modules)\//.test(path))).toEqual([]);
});

test('the package has every file that its exports name', () => {
  const targets = Object.values(packageJson.exports).flatMap((target) =>
    typeof target === 'string' ? [target] : Object.values(target),
  );
  for (const target of targets) expect(packed).toContain(target.replace('./', ''));
});

test('the package runs as an ES module', async () => {
  await write('use.js', usage);
  expect(await run('node', ['use.js'])).toBe('The Harbour\n');
});

test('the package runs in CommonJS by require', async () => {
  await write('use.cjs', required);
  expect(await run(process.execPath, ['use.cjs'])).toBe('The Harbour\n');
});

test.for([
  ['NodeNext', 'use.ts', {}],
  ['Bundler', 'use.ts', { module: 'preserve' }],
  ['CommonJS', 'use.cts', {}],
] as const)('the package has types for %s', async ([name, file, options]) => {
  const isCommonJs = file.endsWith('.cts');
  const [imports, body] = [
    usage.slice(0, usage.indexOf('const sandbox')),
    usage.slice(usage.indexOf('const sandbox')),
  ];
  const wrong =
    "// @ts-expect-error: no member has this field\npk.members.update('abcde', { colour: 'ff0000' });\n";
  await write(
    file,
    isCommonJs ? `${imports}async function main() {\n${body}${wrong}}\nvoid main();\n` : usage + wrong,
  );
  await write(`tsconfig.${name}.json`, {
    compilerOptions: {
      ...{ strict: true, noEmit: true, target: 'es2023', types: [], lib: ['es2023', 'dom', 'dom.iterable'] },
      module: 'NodeNext',
      ...options,
    },
    files: [file],
  });
  const tsc = join(projectDirectory, 'node_modules/typescript/bin/tsc');
  expect(await run(process.execPath, [tsc, '-p', `tsconfig.${name}.json`])).toBe('');
});

test('the package loads node:sqlite only when it is used', async () => {
  await write('sqlite.js', sqlite);
  expect(await run(process.execPath, ['sqlite.js'])).toBe('false true\n');
});

test('the package has the command line', async () => {
  expect(await run('npx', ['--no-install', 'pluralkit', '--version'])).toBe(`${packageJson.version}\n`);
  const cli = join(folder, 'node_modules/pluralkit-openapi/dist/cli.js');
  const sandbox = startProgram(process.execPath, [cli, 'sandbox', '--port', '0', '--quiet'], {
    cwd: folder,
    detached: true,
  });
  const [, url = ''] = await sandbox.waitFor(/(http:\/\/127\.0\.0\.1:\d+\/v2)/);
  const verified = await runProgram(process.execPath, [cli, 'verify', '--system', 'harbor'], {
    cwd: folder,
    env: { PLURALKIT_URL: url },
  }).finally(() => sandbox.interrupt());
  expect(verified.errors).toBe('');
  expect(verified.output).toMatch(/✓ getSystem /);
});

test.for(
  programs.filter(({ name, path }) => name !== 'Node' && path !== null).map(({ name, path }) => [name, path]),
)('the package runs in %s', async ([name, path]) => {
  await write('use.js', usage);
  const args =
    name === 'Deno'
      ? ['run', '--quiet', '--allow-env', '--allow-read', '--node-modules-dir=manual']
      : ['run'];
  expect(await run(path ?? '', [...args, 'use.js'])).toBe('The Harbour\n');
});

const vite = join(projectDirectory, 'node_modules/vite/bin/vite.js');

/** Opens a page of files in Chromium, and gives its title once the program in it has set one. */
async function titleOf(files: Readonly<Record<string, string>>): Promise<string> {
  const server = await startServer(({ url = '/' }, response) => {
    const file = files[url === '/' ? '/index.html' : url];
    const type = url.endsWith('.js') ? 'text/javascript' : 'text/html';
    response.writeHead(file === undefined ? 404 : 200, { 'Content-Type': type }).end(file);
  }, {});
  const browser = await launchBrowser();
  try {
    const page = await browser.newPage();
    await page.goto(server.url);
    await page.waitForFunction(() => document.title !== '');
    return await page.title();
  } finally {
    await browser.close();
    await server.close();
  }
}

browserTest('the package is bundled by Vite, and runs in a browser', async () => {
  await write('index.html', '<!doctype html><script type="module" src="./page.js"></script>');
  await write('page.js', usage.replace('console.log(name)', 'document.title = name'));
  await run(process.execPath, [vite, 'build', '--outDir', 'built', '--target', 'es2023']);
  const built = join(folder, 'built');
  const names = await readdir(built, { recursive: true });
  // What most programs never call is loaded by those who call it.
  for (const part of [/helpers-.*\.js$/, /watch-.*\.js$/])
    expect(names).toContainEqual(expect.stringMatching(part));
  const files = names.filter((name) => /\.(js|html)$/.test(name));
  const texts = files.map(async (name) => [`/${name}`, await readFile(join(built, name), 'utf8')] as const);
  expect(await titleOf(Object.fromEntries(await Promise.all(texts)))).toBe('The Harbour');
});

browserTest.for([
  ['a script tag', '<script type="module">import { PluralKit } from "/pluralkit.browser.js";'],
  [
    'an import map',
    '<script type="importmap">{"imports":{"pluralkit-openapi":"/pluralkit.browser.js"}}</script>' +
      '<script type="module">import { PluralKit } from "pluralkit-openapi";',
  ],
] as const)('the package runs in a page without a bundler, by %s', async ([, start]) => {
  const file = join(folder, 'node_modules/pluralkit-openapi/dist/pluralkit.browser.js');
  const script = await readFile(file, 'utf8');
  expect(script).not.toMatch(/^import |from"[^"]/m);
  const page = `<!doctype html>${start}
const fetch = async () => Response.json({ id: 'harbor', name: 'The Harbour' });
const pk = new PluralKit({ fetch });
document.title = (await pk.systems.get('harbor')).name;
</script>`;
  expect(await titleOf({ '/index.html': page, '/pluralkit.browser.js': script })).toBe('The Harbour');
});

/** Installs a package for one test, beside the project's own: its weight is not for everybody. */
async function install(name: string): Promise<string> {
  const tools = join(folder, name.replaceAll(/\W/g, '-'));
  await mkdir(tools);
  await writeFile(join(tools, 'package.json'), '{}');
  await run('npm', ['install', name, '--prefix', tools, '--prefer-offline', '--no-audit', '--no-fund']);
  return join(tools, 'node_modules');
}

test('the package runs in the oldest version of Node that it names', async () => {
  const [, oldest = ''] = /^>=([\d.]+)$/.exec(packageJson.engines.node) ?? [];
  const name = `node-${process.platform}-${process.arch}`;
  const node = join(await install(`${name}@${oldest}`), name, 'bin/node');
  expect(await run(node, ['--version'])).toMatch(new RegExp(`^v${oldest.replace('.', '\\.')}\\.`));
  await write('use.js', usage);
  expect(await run(node, ['use.js'])).toBe('The Harbour\n');
  await write('use.cjs', required);
  expect(await run(node, ['use.cjs'])).toBe('The Harbour\n');
  await write('sqlite.js', sqlite);
  expect(await run(node, ['--disable-warning=ExperimentalWarning', 'sqlite.js'])).toBe('false true\n');
  const cli = join(folder, 'node_modules/pluralkit-openapi/dist/cli.js');
  expect(await run(node, [cli, '--version'])).toBe(`${packageJson.version}\n`);
});

test('the package runs in a Cloudflare Worker', async () => {
  const worker = usage
    .replace('const sandbox', 'export default { async fetch() {\nconst sandbox')
    .replace('console.log(name);', 'return new Response(name);\n} };');
  await write('worker.js', worker);
  await write(
    'vite.worker.config.js',
    `export default { build: { ssr: 'worker.js', outDir: 'worker', target: 'es2023' }, ssr: { noExternal: true, target: 'webworker' } };`,
  );
  await run(process.execPath, [vite, 'build', '--config', 'vite.worker.config.js']);
  const miniflare = join(await install('miniflare@4'), 'miniflare/dist/src/index.js');
  await write(
    'workerd.js',
    `import { createRequire } from 'node:module';
const { Miniflare } = createRequire(import.meta.url)(${JSON.stringify(miniflare)});
const miniflare = new Miniflare({ modules: true, scriptPath: 'worker/worker.js', compatibilityDate: '2025-01-01' });
const response = await miniflare.dispatchFetch('http://localhost/');
console.log(response.status, await response.text());
await miniflare.dispose();`,
  );
  expect(await run(process.execPath, ['workerd.js'])).toBe('200 The Harbour\n');
});
