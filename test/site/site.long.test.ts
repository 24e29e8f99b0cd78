import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import axe from 'axe-core';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { projectDirectory } from '../../scripts/lib/program.ts';
import type { RunningServer } from '../../src/sandbox/node/server.ts';
import { browserTest, launchBrowser } from '../support/browser.ts';
import { runProgram } from '../support/processes.ts';
import { serveFiles } from './serve-files.ts';

const base = '/some/path/';
const output = '.cache/site';
const directory = join(projectDirectory, output);
let server: RunningServer;
let browser: Browser | undefined;

beforeAll(async () => {
  rmSync(directory, { recursive: true, force: true });
  const site = join(projectDirectory, 'scripts/site.ts');
  const { code, errors } = await runProgram('node', [site, `--base=${base}`, `--output=${output}`]);
  expect([code, errors]).toEqual([0, expect.any(String)]);
  server = await serveFiles(base, read);
}, 600_000);

afterAll(async () => {
  await browser?.close();
  await server?.close();
  rmSync(directory, { recursive: true, force: true });
});

function read(name: string): Uint8Array | undefined {
  const file = join(directory, name);
  return existsSync(file) ? readFileSync(file) : undefined;
}

/** Starlight's search button shows its shortcut, which its name omits. */
const rules = JSON.stringify({ 'label-content-name-mismatch': { enabled: false } });

const samples = [
  '',
  'try/',
  'glossary/',
  'api/errors/',
  'api/rate-limits/',
  'guides/testing/',
  'recipes/fronting-widget/',
  'moving/pkapi-js/',
  'reference/',
  'reference/operations/updatemember/',
  'typescript/index/classes/pluralkit/',
];

/** A page of the site, with everything that it requests; closed when the test has finished. */
async function open(
  path: string,
  options: Parameters<Browser['newPage']>[0] = {},
): Promise<{ page: Page; requests: string[] }> {
  browser ??= await launchBrowser();
  const page = await browser.newPage({ bypassCSP: true, ...options });
  onTestFinished(() => page.close());
  const requests: string[] = [];
  page.on('request', (request) => requests.push(request.url()));
  const response = await page.goto(`${server.url}${base}${path}`, { waitUntil: 'networkidle' });
  expect(response?.status(), path).toBe(200);
  return { page, requests };
}

/** What axe finds that is serious or critical: the rule, and the first elements. */
async function seriousViolations(page: Page): Promise<string[][]> {
  const violations: Violation[] = await page.evaluate(
    `axe.run({ iframes: false, rules: ${rules} }).then(({ violations }) => violations)`,
  );
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, nodes }) => [
      id,
      ...nodes.slice(0, 3).map(({ target, failureSummary }) => `${target}: ${failureSummary}`),
    ]);
}

interface Violation {
  readonly id: string;
  readonly impact: string;
  readonly nodes: readonly { readonly target: unknown; readonly failureSummary: string }[];
}

test('every link of every page leads to a file of the site, below the path that it is built for', () => {
  const pages = readdirSync(directory, { recursive: true, encoding: 'utf8' }).filter((file) =>
    file.endsWith('.html'),
  );
  expect(pages.length).toBeGreaterThan(300);
  const missing = new Set<string>();
  for (const page of pages) {
    const address = new URL(page, `http://site${base}`);
    const html = readFileSync(join(directory, page), 'utf8');
    for (const [, link = ''] of html.matchAll(/\s(?:href|src)="([^"#?]+)/g)) {
      const { host, pathname } = new URL(link, address);
      if (host !== 'site') continue;
      const name = decodeURIComponent(pathname).slice(base.length);
      const file = pathname.endsWith('/') ? `${name}index.html` : name;
      if (!pathname.startsWith(base) || !existsSync(join(directory, file))) missing.add(`${page}: ${link}`);
    }
  }
  expect([...missing]).toEqual([]);
});

describe.each(samples)('/%s', (path) => {
  browserTest.each(['light', 'dark'] as const)(
    'axe finds nothing serious in %s mode',
    async (colorScheme) => {
      const { page, requests } = await open(path, { colorScheme });
      await page.evaluate(axe.source);
      // Code that scrolls can be focused only once a script has measured it.
      await expect.poll(() => seriousViolations(page)).toEqual([]);
      expect(requests.filter((url) => !url.startsWith(server.url))).toEqual([]);
    },
  );

  browserTest('fits a phone', async () => {
    const { page } = await open(path, { viewport: { width: 390, height: 844 } });
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(390);
  });
});

browserTest.each([
  ['getMember', 'reference/operations/getmember/'],
  ['pagination', 'api/switch-history/'],
  ['rate limits', 'api/rate-limits/'],
  ['MemberNotFound', 'api/errors/#membernotfound'],
  ['proxy_tags', 'reference/operations/'],
])('the search finds %s', async (query, expected) => {
  const { page, requests } = await open('');
  await page.locator('button[data-open-modal]').click();
  await page.locator('.pagefind-ui__search-input').fill(query);
  await page.locator('.pagefind-ui__result-link').first().waitFor();
  const links = await page
    .locator('.pagefind-ui__result-link')
    .evaluateAll((found) => found.map((link) => link.getAttribute('href')));
  expect(links).toContainEqual(expect.stringMatching(new RegExp(`^${base}${expected}`)));
  expect(requests.filter((url) => !url.startsWith(server.url))).toEqual([]);
});

browserTest('an operation can be tried on its page', async () => {
  const { page } = await open('reference/operations/getsystem/');
  await page.getByText('Try getSystem here').click();
  const frame = page.frameLocator('iframe[title="Sandbox that runs in this page"]');
  await frame.getByRole('button', { name: 'Send', exact: true }).click();
  await frame.getByText('200 OK', { exact: true }).waitFor();
});
