import { once } from 'node:events';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { build } from 'tsdown';
import { expect, onTestFinished } from 'vitest';
import { browserTest, launchBrowser } from '../support/browser.ts';

const projectDirectory = join(import.meta.dirname, '../..');

/** Bundles the core for browsers: the text of each script by its name. */
async function bundleCore(): Promise<ReadonlyMap<string, string>> {
  const [bundle] = await build({
    config: false,
    cwd: projectDirectory,
    entry: { core: join(projectDirectory, 'src/sandbox/create-sandbox.ts') },
    format: 'esm',
    platform: 'browser',
    target: 'es2023',
    deps: { alwaysBundle: [/./] },
    dts: false,
    write: false,
    // Otherwise dist/ would be emptied, though nothing is written.
    clean: false,
    logLevel: 'silent',
  });
  const scripts = (bundle?.chunks ?? []).flatMap((chunk) =>
    chunk.type === 'chunk' ? [[`/${chunk.fileName}`, chunk.code] as const] : [],
  );
  return new Map(scripts);
}

/** What is run in the page and in the worker: a life in short. It is sent as text, so it names nothing from here. */
const program = `
import { createSandbox } from '/core.js';

export async function live() {
  const sandbox = createSandbox({ seed: 1, rateLimits: 'server' });
  const call = (method, path, body) =>
    sandbox.fetch(path, {
      method,
      headers: { 'User-Agent': 'test', Authorization: sandbox.tokens.relays, 'Content-Type': 'application/json' },
      ...(body && { body: JSON.stringify(body) }),
    });
  const created = await (await call('POST', '/v2/members', { name: 'Made here' })).json();
  const found = await (await call('GET', '/v2/members/' + created.id)).json();
  const missing = await call('GET', '/v2/members/zzzzz');
  const events = sandbox.deliveries().map(({ payload }) => payload.type);
  const clock = await (await sandbox.fetch('/_sandbox/clock')).json();
  sandbox.reset();
  const afterReset = await call('GET', '/v2/members/' + created.id);
  return {
    found: found.name, missing: missing.status, code: (await missing.json()).code, events,
    frozen: clock.frozen, afterReset: afterReset.status,
  };
}
`;

const worker = `
import { live } from '/program.js';
live().then((result) => postMessage(result), (error) => postMessage(String(error)));
`;

const expected = {
  found: 'Made here',
  missing: 404,
  code: 20002,
  events: ['CREATE_MEMBER'],
  frozen: false,
  afterReset: 404,
};

browserTest('the core runs in a page and in a worker, with no server behind it', async () => {
  const core = await bundleCore();
  expect([...core.values()].join('\n')).not.toMatch(/from ?["']node:|require\(["']node:/);
  const scripts = new Map([...core, ['/program.js', program], ['/worker.js', worker]]);
  const asked: string[] = [];
  const server = createServer((request, response) => {
    const path = request.url ?? '';
    asked.push(path);
    const type = path === '/' ? 'text/html' : 'text/javascript';
    response.writeHead(200, { 'Content-Type': type }).end(scripts.get(path) ?? '<!doctype html>');
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  const browser = await launchBrowser();
  onTestFinished(async () => {
    await browser.close();
    server.close();
  });

  const page = await browser.newPage();
  await page.goto(`http://127.0.0.1:${port}/`);
  expect(await page.evaluate("import('/program.js').then(({ live }) => live())")).toEqual(expected);
  const inWorker = await page.evaluate(
    () =>
      new Promise((resolve, reject) => {
        const started = new Worker('/worker.js', { type: 'module' });
        started.onmessage = ({ data }) => resolve(data);
        started.onerror = () => reject(new Error('The worker has failed'));
      }),
  );
  expect(inWorker).toEqual(expected);
  // Its scripts are all that was loaded: no call has gone over the network.
  const known = [...scripts.keys(), '/', '/favicon.ico'];
  expect(asked.filter((path) => !known.includes(path))).toEqual([]);
});
