import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { buildDocs } from '../../scripts/lib/docs-pages.ts';
import { bundleDocuments, type Document, resolveReference, versions } from '../../scripts/lib/document.ts';
import { operationsOf } from '../../scripts/lib/matcher.ts';
import { projectDirectory } from '../../scripts/lib/program.ts';
import { isObject } from '../../scripts/lib/recordings.ts';
import { startSandbox } from '../../scripts/lib/servers.ts';
import { browserTest, launchBrowser } from '../support/browser.ts';
import { someOf, tries } from '../support/tries.ts';

const directory = mkdtempSync(join(tmpdir(), 'pluralkit-openapi-'));
const documents = await bundleDocuments();

beforeAll(async () => {
  expect(await buildDocs(documents, directory)).toBe(true);
});
afterAll(() => rmSync(directory, { recursive: true }));

const pages = ['index.html', ...versions.map((version) => `${version}/index.html`)];

test.each(pages)('the file %s loads nothing from elsewhere', (page) => {
  const html = readFileSync(join(directory, page), 'utf8');
  expect(html).toContain("default-src 'none'");
  expect(html).not.toMatch(/<(?:script|img|iframe|source)\b[^>]*\bsrc=["']?(?:https?:)?\/\//i);
  expect(html).not.toMatch(/<link\b[^>]*\bhref=/i);
  expect(html).not.toMatch(/\b(?:fonts\.googleapis|fonts\.gstatic|cdn\.redoc|cdn\.jsdelivr|unpkg)\b/);
  expect(html).not.toMatch(/@import\s+(?:url\()?["']?https?:/i);
});

test.each(versions)('the page of %s shows the guide, which the published document lacks', (version) => {
  const guide = readFileSync(join(projectDirectory, 'spec', version, 'guide.md'), 'utf8');
  const [heading] = /(?<=^## ).+$/m.exec(guide) ?? [];
  expect(heading).toBeDefined();
  expect(readFileSync(join(directory, version, 'index.html'), 'utf8')).toContain(heading);
  expect(readFileSync(join(directory, version, 'openapi.json'), 'utf8')).not.toContain(heading);
});

test('the page says once which scope an operation needs, as the document does', () => {
  const html = readFileSync(join(directory, 'v2/index.html'), 'utf8');
  const paragraphs = /API key: needs `[\w:]+`\.(?:\\n)*(API key)?/g;
  const found = [...html.matchAll(paragraphs)];
  expect(found.length).toBeGreaterThan(10);
  expect(found.filter(([, again]) => again !== undefined).map(([text]) => text)).toEqual([]);
});

test('the docs are rendered again only where something has changed', async () => {
  const before = statSync(join(directory, 'v2/index.html')).mtimeMs;
  expect(await buildDocs(documents, directory)).toBe(false);
  expect(statSync(join(directory, 'v2/index.html')).mtimeMs).toBe(before);
});

/** A text of the example of success that is shown first; undefined where that has no body. */
function exampleText(document: Document, responses: unknown): string | undefined {
  const [status] = Object.keys(isObject(responses) ? responses : {});
  const { content } = resolveReference(document, isObject(responses) && status ? responses[status] : {});
  const [body] = isObject(content) ? Object.values(content) : [];
  const [example] = isObject(body) && isObject(body.examples) ? Object.values(body.examples) : [];
  return isObject(example) ? /"([a-z]\w{3,})"/.exec(JSON.stringify(example.value))?.[1] : undefined;
}

browserTest(
  'the docs show operations with samples and examples, and load nothing from elsewhere',
  async () => {
    const docs = await startSandbox(0, directory);
    const browser = await launchBrowser();
    const requested: string[] = [];
    const errors: string[] = [];
    let shown = 0;
    try {
      for (const version of versions) {
        const page = await browser.newPage({ viewport: { width: 1300, height: 1000 } });
        page.on('request', (request) => requested.push(request.url()));
        page.on('pageerror', (error) => errors.push(String(error)));
        page.on('console', (message) => {
          if (message.type() === 'error') errors.push(message.text());
        });
        const document = documents[version];
        for (const { operationId, definition } of someOf(operationsOf(document), 5)) {
          const [tag] = Array.isArray(definition.tags) ? definition.tags : [];
          const place = `#/${tag}/${operationId}`.toLowerCase();
          await page.goto(`${docs.url}/docs/${version}/index.html${place}`, { waitUntil: 'commit' });
          const heading = page.getByRole('heading', { name: String(definition.summary) });
          await heading.first().waitFor({ timeout: 15_000 });
          const content = page.locator('#api-content');
          await content.getByText('PLURALKIT_URL').first().waitFor({ timeout: 15_000 });
          const example = exampleText(document, definition.responses);
          if (example) await content.getByText(example).first().waitFor({ timeout: 15_000 });
          shown += 1;
        }
        await page.close();
      }
    } finally {
      await browser.close();
      await docs.stop();
    }
    expect(shown).toBeGreaterThanOrEqual(tries(10, 54));
    expect(errors).toEqual([]);
    expect(requested.filter((url) => !url.startsWith(docs.url) && !url.startsWith('blob:'))).toEqual([]);
  },
  120_000,
);

browserTest('the docs show each table whole, also on a phone', async () => {
  const docs = await startSandbox(0, directory);
  const browser = await launchBrowser();
  try {
    const page = await browser.newPage();
    for (const width of [390, 1280]) {
      await page.setViewportSize({ width, height: 800 });
      await page.goto(`${docs.url}/docs/v2/index.html`, { waitUntil: 'commit' });
      await page.getByRole('cell', { name: 'MemberNotFound', exact: true }).waitFor();
      const cut = await page
        .locator('.md-table-wrapper')
        .evaluateAll((tables) =>
          tables.flatMap(({ scrollWidth, clientWidth, textContent }) =>
            scrollWidth > clientWidth
              ? [`${scrollWidth} > ${clientWidth}: ${textContent?.slice(0, 60)}`]
              : [],
          ),
        );
      expect([width, cut]).toEqual([width, []]);
    }
  } finally {
    await browser.close();
    await docs.stop();
  }
});
