import { basename, join } from 'node:path';
import { build } from 'tsdown';
import { projectDirectory } from '../../scripts/lib/program.ts';
import { startServer } from '../../src/sandbox/node/server.ts';
import { launchBrowser } from '../support/browser.ts';

/** A browser with a page whose server has nothing but scripts. */
export interface OpenPage {
  /** Runs a module's `run` in the page or in a worker, and gives what came of it. */
  run(place: 'page' | 'worker', module: URL, settings: object): Promise<unknown>;
  /** The scripts that were bundled, as text. */
  readonly scripts: readonly string[];
  /** Paths that the server was asked for and does not have. */
  readonly missed: readonly string[];
  close(): Promise<void>;
}

/** Runs what it is told, and tells what came of it. */
const worker = `
onmessage = ({ data: { path, settings } }) =>
  import(path)
    .then(({ run }) => run(settings))
    .then((result) => postMessage({ result }), (error) => postMessage({ error: String(error) }));
`;

/** Bundles modules with the built package, and opens a page that can import them. */
export async function openPage(modules: readonly URL[]): Promise<OpenPage> {
  const bundles = await bundle(modules);
  const scripts = new Map([...bundles, ['/worker.js', worker], ['/favicon.ico', '']]);
  const missed: string[] = [];
  const server = await startServer(({ url = '' }, response) => {
    const script = scripts.get(url);
    if (script === undefined && url !== '/') missed.push(url);
    response.writeHead(200, { 'Content-Type': url === '/' ? 'text/html' : 'text/javascript' });
    response.end(script ?? '<!doctype html>');
  }, {});
  const browser = await launchBrowser();
  const page = await browser.newPage();
  await page.goto(server.url);
  return {
    scripts: [...bundles.values()],
    missed,
    run(place, module, settings) {
      const path = `/${basename(module.pathname, '.ts')}.js`;
      if (place === 'worker') return page.evaluate(runInWorker, { path, settings });
      // As text, since an import within a function would be rewritten for tests.
      return page.evaluate(`import('${path}').then(({ run }) => run(${JSON.stringify(settings)}))`);
    },
    async close() {
      await browser.close();
      await server.close();
    },
  };
}

interface RemoteCall {
  readonly path: string;
  readonly settings: object;
}

function runInWorker(call: RemoteCall): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const started = new Worker('/worker.js', { type: 'module' });
    started.onmessage = ({ data }) => ('result' in data ? resolve(data.result) : reject(data.error));
    started.onerror = () => reject(new Error('The worker has failed'));
    started.postMessage(call);
  });
}

/** The text of each script by its path. */
async function bundle(modules: readonly URL[]): Promise<ReadonlyMap<string, string>> {
  const outputs = await build({
    config: false,
    cwd: projectDirectory,
    entry: modules.map((module) => join(projectDirectory, 'test/runtimes', basename(module.pathname))),
    format: 'esm',
    platform: 'browser',
    target: 'es2023',
    deps: { alwaysBundle: [/./] },
    // Its `paths` lead to the sources instead of the package.
    inputOptions: { tsconfig: false },
    dts: false,
    write: false,
    // Otherwise dist/ would be emptied, though nothing is written.
    clean: false,
    logLevel: 'silent',
  });
  const chunks = outputs.flatMap((output) => output.chunks);
  return new Map(
    chunks.flatMap((chunk) => (chunk.type === 'chunk' ? [[`/${chunk.fileName}`, chunk.code] as const] : [])),
  );
}
