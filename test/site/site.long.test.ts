import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import axe from 'axe-core';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { generatedDocument } from '../../scripts/lib/document.ts';
import { operationsOf } from '../../scripts/lib/matcher.ts';
import { projectDirectory } from '../../scripts/lib/program.ts';
import type { RunningServer } from '../../src/sandbox/node/server.ts';
import { browserTest, launchBrowser } from '../support/browser.ts';
import { runProgram } from '../support/processes.ts';
import { serveFiles } from './serve-files.ts';

/** Paths below which the one build is served. */
const bases = ['/', '/some/path/'] as const;
type Base = (typeof bases)[number];
const output = '.cache/site';
const directory = join(projectDirectory, output);
const servers = new Map<Base, RunningServer>();
let browser: Browser | undefined;

beforeAll(async () => {
  rmSync(directory, { recursive: true, force: true });
  const site = join(projectDirectory, 'scripts/site.ts');
  const { code, errors } = await runProgram('node', [site, `--output=${output}`]);
  expect([code, errors]).toEqual([0, expect.any(String)]);
  for (const base of bases) servers.set(base, await serveFiles(base, read));
}, 600_000);

afterAll(async () => {
  await browser?.close();
  for (const server of servers.values()) await server.close();
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
  'guides/bot/',
  'recipes/fronting-widget/',
  'moving/pkapi-js/',
  'reference/',
  'reference/operations/updatemember/',
  'typescript/index/classes/pluralkit/',
  'try-it/index.html',
  'try-it/widget.html',
];

/** A page of the site. It is closed when the test has finished, which then fails for requests to elsewhere, and for failed ones. */
async function open(
  path: string,
  { base = '/some/path/', ...options }: Parameters<Browser['newPage']>[0] & { readonly base?: Base } = {},
): Promise<Page> {
  browser ??= await launchBrowser();
  const page = await browser.newPage({ bypassCSP: true, ...options });
  const address = `${servers.get(base)?.url}${base}`;
  const unexpected: string[] = [];
  page.on('request', (request) => {
    const url = request.url().replace(/^blob:/, '');
    if (!url.startsWith(url === request.url() ? address : new URL(address).origin)) unexpected.push(url);
  });
  page.on('response', (response) => {
    if (response.status() >= 400) unexpected.push(`${response.status()} ${response.url()}`);
  });
  page.on('pageerror', ({ message }) => unexpected.push(message));
  onTestFinished(async () => {
    await page.close();
    expect(unexpected).toEqual([]);
  });
  await page.goto(`${address}${path}`, { waitUntil: 'networkidle' });
  return page;
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

test('every link of every page leads to a page of the site, and to a place that it has', () => {
  const files = readdirSync(directory, { recursive: true, encoding: 'utf8' });
  const pages = files.filter((file) => file.endsWith('.html') && file !== '404.html');
  expect(pages.length).toBeGreaterThan(300);
  const places = new Map(files.map((file) => [file, new Set<string>()]));
  const texts = new Map(pages.map((page) => [page, readFileSync(join(directory, page), 'utf8')]));
  for (const [page, html] of texts) {
    for (const [, id = ''] of html.matchAll(/\sid="([^"]+)"/g)) places.get(page)?.add(id);
  }
  const missing = new Set<string>();
  for (const [page, html] of texts) {
    const address = new URL(page, 'http://site/some/path/');
    for (const [, link = ''] of html.matchAll(/\s(?:href|src)="([^"]+)"/g)) {
      const { host, pathname, hash } = new URL(link.replaceAll('&amp;', '&'), address);
      if (host !== 'site') continue;
      const name = decodeURIComponent(pathname).replace('/some/path/', '');
      const target = name === '' || name.endsWith('/') ? `${name}index.html` : name;
      const id = decodeURIComponent(hash.slice(1));
      const hasPlace = id === '' || id.startsWith('/') || places.get(target)?.has(id);
      if (!places.has(target) || !hasPlace) missing.add(`${page}: ${link}`);
    }
  }
  expect([...missing]).toEqual([]);
});

test('no page skips a level of headings or repeats an id', () => {
  const files = readdirSync(directory, { recursive: true, encoding: 'utf8' });
  const faults: string[] = [];
  for (const file of files.filter((name) => name.endsWith('.html'))) {
    const html = readFileSync(join(directory, file), 'utf8');
    const ids = [...html.matchAll(/\sid="([^"]+)"/g)].map(([, id = '']) => id);
    const [main = ''] = /<main.*<\/main>/s.exec(html) ?? [];
    const levels = [...main.matchAll(/<h([1-6])\b/g)].map(([, level]) => Number(level));
    const skips = levels.some((level, index) => level > (levels[index - 1] ?? level) + 1);
    if (new Set(ids).size < ids.length) faults.push(`${file}: repeated ids`);
    if (skips) faults.push(`${file}: headings ${levels.join(' ')}`);
  }
  expect(faults).toEqual([]);
});

test('every operation has a page with its facts and samples in three languages', () => {
  for (const { operationId } of operationsOf(generatedDocument('v2'))) {
    const page = `reference/operations/${operationId.toLowerCase()}/index.html`;
    const html = readFileSync(join(directory, page), 'utf8');
    expect(html, operationId).toMatch(new RegExp(`<dd[^>]*><code[^>]*>${operationId}</code>`));
    const samples = [...html.matchAll(/<option value="code-sample:[^"]+"[^>]*>([^<]+)</g)];
    expect([operationId, samples.map(([, label]) => label)]).toEqual([
      operationId,
      ['curl', 'TypeScript', 'Python'],
    ]);
  }
});

test('every page tells the version, the date and the upstream commit of the document', () => {
  const { info } = generatedDocument('v2');
  const { version, 'x-upstream-commit': commit, 'x-upstream-read': date } = Object(info);
  const told = `describes version ${version} of the API, read at commit ${commit} on ${date}.`;
  for (const page of ['index.html', 'guides/bot/index.html', 'reference/operations/getmember/index.html']) {
    expect(readFileSync(join(directory, page), 'utf8')).toContain(told);
  }
});

describe.each(samples)('the page /%s', (path) => {
  browserTest.each(['light', 'dark'] as const)(
    'has nothing serious that axe finds in %s mode',
    async (colorScheme) => {
      const page = await open(path, { colorScheme });
      await page.evaluate(axe.source);
      // Code that scrolls can be focused only once a script has measured it.
      await expect.poll(() => seriousViolations(page), { timeout: 60_000 }).toEqual([]);
    },
  );

  browserTest('fits the width of a phone', async () => {
    const page = await open(path, { viewport: { width: 390, height: 844 } });
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(390);
  });
});

describe.each(bases)('the site below %s', (base) => {
  browserTest.each([
    ['getMember', 'reference/operations/getmember/'],
    ['pagination', 'api/switch-history/'],
    ['pagination', 'reference/operations/listswitches/'],
    ['pagination', 'guides/switch-history-and-backups/'],
    ['rate limits', 'api/rate-limits/'],
    ['MemberNotFound', 'api/errors/#membernotfound'],
    ['proxy_tags', 'reference/operations/'],
  ])('finds %s by its search', async (query, expected) => {
    const page = await open('try/', { base });
    await page.locator('button[data-open-modal]').click();
    await page.locator('.pagefind-ui__search-input').fill(query);
    const found = page.locator('.pagefind-ui__result-link');
    await found.first().waitFor();
    const links = await found.evaluateAll((all) => all.map((link) => link.getAttribute('href')));
    expect(links).toContainEqual(expect.stringMatching(new RegExp(`^${base}${expected}`)));
  });

  browserTest('lets an operation be tried on its page', async () => {
    const page = await open('reference/operations/getsystem/', { base });
    await page.getByText('Try getSystem here').click();
    const frame = page.frameLocator('iframe[title="Sandbox that runs in this page"]');
    await frame.getByRole('button', { name: 'Send', exact: true }).click();
    await frame.getByText('200 OK', { exact: true }).waitFor();
  });
});
