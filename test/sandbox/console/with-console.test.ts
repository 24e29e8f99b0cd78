import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { docsFolder } from '../../../src/sandbox/console/docs-folder.ts';
import { withConsole } from '../../../src/sandbox/console/with-console.ts';
import { createSandbox } from '../../../src/sandbox/create-sandbox.ts';

const origin = 'http://127.0.0.1:4011';
const ask = (server: ReturnType<typeof withConsole>, path: string, init?: RequestInit) =>
  server.fetch(new Request(`${origin}${path}`, { headers: { 'User-Agent': 'test' }, ...init }));

test('serves the page and what it needs, each with a strict policy', async () => {
  const server = withConsole(createSandbox());
  for (const [path, type] of [
    ['/', 'text/html; charset=utf-8'],
    ['/_sandbox/console/console.js', 'text/javascript; charset=utf-8'],
    ['/_sandbox/console/console.css', 'text/css; charset=utf-8'],
    ['/_sandbox/console/icon.svg', 'image/svg+xml'],
    ['/favicon.ico', 'image/svg+xml'],
    ['/_sandbox/console/operations.json', 'application/json'],
  ] as const) {
    const response = await ask(server, path);
    expect([path, response.status, response.headers.get('Content-Type')]).toEqual([path, 200, type]);
    const policy = response.headers.get('Content-Security-Policy');
    expect(policy).toContain("default-src 'none'");
    expect(policy).not.toContain('unsafe');
    expect(policy).not.toMatch(/https?:|\*/);
    expect(response.headers.get('X-Content-Type-Options')).toBe('nosniff');
  }
});

test('has no script or style within the page', async () => {
  const html = await (await ask(withConsole(createSandbox()), '/')).text();
  expect(html).not.toMatch(/<style|\sstyle=|\son\w+=/);
  expect(html.match(/<script[^>]*>(?!<\/script>)/g)).toBeNull();
});

test('links to the documentation in a header for programs at the address of the API', async () => {
  const sandbox = createSandbox();
  const server = withConsole(sandbox);
  for (const path of ['/v2', '/v2/', '/v2?a=b']) {
    const response = await ask(server, path);
    expect(response.headers.get('Link')).toBe('</>; rel="service-doc"');
    const real = await ask(sandbox, path);
    expect([response.status, await response.text()]).toEqual([real.status, await real.text()]);
    expect([response.status, real.headers.get('Link')]).toEqual([404, null]);
  }
  expect((await ask(server, '/v2/systems/harbor')).headers.get('Link')).toBeNull();
});

test('redirects browsers at the address of the API to the console, and no programs', async () => {
  const sandbox = createSandbox();
  const server = withConsole(sandbox);
  const accept = { Accept: 'text/html,application/xhtml+xml;q=0.9', 'User-Agent': 'test' };
  for (const path of ['/v2', '/v2/']) {
    const response = await ask(server, path, { headers: accept });
    expect([response.status, response.headers.get('Location')]).toEqual([303, '/']);
    expect((await ask(server, path)).status).toBe((await ask(sandbox, path)).status);
  }
  expect((await ask(server, '/v2/systems/harbor', { headers: accept })).status).toBe(200);
  expect((await ask(server, '/v2', { method: 'POST', headers: accept })).status).toBe(404);
});

test('forwards everything else to the sandbox', async () => {
  const server = withConsole(createSandbox());
  expect((await ask(server, '/v2/systems/harbor')).status).toBe(200);
  expect((await ask(server, '/_sandbox/clock')).status).toBe(200);
  expect((await ask(server, '/_sandbox/console/none.js')).status).toBe(404);
  expect((await ask(server, '/_sandbox/console/toString')).status).toBe(404);
  expect((await ask(server, '/', { method: 'POST' })).status).toBe(400);
});

test('serves rendered docs where there are any, and links to them then', async () => {
  const directory = mkdtempSync(join(tmpdir(), 'pluralkit-openapi-'));
  onTestFinished(() => rmSync(directory, { recursive: true }));
  const docs = join(directory, 'docs');
  const server = withConsole(createSandbox(), { docs: docsFolder(docs) });
  expect(await (await ask(server, '/')).text()).toContain('data-docs=""');
  expect((await ask(server, '/docs/')).status).toBe(404);

  mkdirSync(join(docs, 'v2'), { recursive: true });
  writeFileSync(join(docs, 'index.html'), 'all');
  writeFileSync(join(docs, 'v2/index.html'), 'version 2');
  writeFileSync(join(docs, '.hidden.html'), 'hidden');
  writeFileSync(join(docs, 'secret.txt'), 'secret');
  writeFileSync(join(directory, 'outside.html'), 'outside');
  expect(await (await ask(server, '/')).text()).toContain('data-docs="/docs/v2/index.html"');
  expect((await ask(server, '/v2')).headers.get('Link')).toBe(
    '</>; rel="service-doc", </docs/v2/index.html>; rel="service-doc"',
  );
  expect((await ask(server, '/docs')).headers.get('Location')).toBe('/docs/');
  expect(await (await ask(server, '/docs/')).text()).toBe('all');
  expect(await (await ask(server, '/docs/v2/')).text()).toBe('version 2');
  for (const path of [
    '.hidden.html',
    'secret.txt',
    '%2e%2e/outside.html',
    '..%2foutside.html',
    'none.html',
  ]) {
    expect((await ask(server, `/docs/${path}`)).status, path).not.toBe(200);
  }
  const read = docsFolder(docs);
  expect(read('/../outside.html')).toBeUndefined();
});
