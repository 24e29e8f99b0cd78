/**
 * Builds the documentation site: see `--help`.
 */
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { consoleFiles } from '../generated/console.ts';
import { generatedDocument } from './lib/document.ts';
import { replaceFiles, staleFiles } from './lib/files.ts';
import { ProgramError, projectDirectory, runProgram, UsageError } from './lib/program.ts';
import { runTool } from './lib/tools.ts';
import { writeCollections } from './site/collections.ts';
import { guidePages } from './site/guide-pages.ts';
import { withOwnHeadings } from './site/headings.ts';
import { withRelativeLinks } from './site/relative-links.ts';
import { tryItFiles } from './site/try-it.ts';

const help = `
Builds the documentation site into docs/dist, for any static host, below any path: guides, the reference of every operation,
the reference of the TypeScript packages, a sandbox that runs in the page, and collections for Postman and Bruno.

Usage: npm run site [-- options]

  --output <folder>  where to (default: docs/dist)
  --help             show this

Exit codes: 0 built, 1 failed (for example because of a link that leads nowhere), 2 wrong options.
`;

const options = { output: { type: 'string' } } as const;

await runProgram({ help, options }, async ({ output }) => {
  const site = output === undefined ? join(projectDirectory, 'docs/dist') : outputFolder(output);
  const docs = join(projectDirectory, 'docs');
  const pages = join(docs, 'src/content/docs/api');
  const tryIt = join(docs, 'public/try-it');
  const icon = join(docs, 'public/icon');
  const documents = join(docs, 'public/openapi');
  const siteDocument = join(projectDirectory, '.cache/site-openapi.json');
  const files = new Map([
    ...named(pages, guidePages(read('spec/v2/guide.md'))),
    ...named(tryIt, await tryItFiles()),
    ...named(join(docs, 'public'), { '404.html': read('docs/src/not-found.html') }),
    ...named(icon, { 'icon.svg': consoleFiles['icon.svg'] ?? '' }),
    [siteDocument, withoutPatterns(read('generated/v2/openapi.json'))],
    ...named(documents, {
      'openapi.json': read('generated/v2/openapi.json'),
      'openapi.yaml': read('generated/v2/openapi.yaml'),
      'openapi-3.0.json': read('generated/v2/openapi-3.0.json'),
    }),
  ]);
  await writeCollections(generatedDocument('v2'), join(docs, 'public/collections'));
  replaceFiles(staleFiles([pages, tryIt, icon, documents], files), files);
  // Nothing is reported to anyone.
  process.env.ASTRO_TELEMETRY_DISABLED = '1';
  // Without it, Starlight omits the search.
  process.env.NODE_ENV = 'production';
  // Astro takes variables of these names for its own settings.
  for (const name of ['BASE_URL', 'MODE', 'DEV', 'PROD', 'SSR', 'SITE', 'ASSETS_PREFIX'])
    delete process.env[name];
  const { status, output: log } = await runTool('astro', ['build', `--root=${docs}`, `--outDir=${site}`]);
  if (status !== 0) throw new ProgramError(`The site cannot be built:\n${log.trim()}`);
  finishFiles(site);
  process.stdout.write(`${join(site, 'index.html')}: built.\n`);
});

/**
 * Where the site goes. Astro removes all that is there, so it must be nothing else but a site.
 *
 * @throws UsageError where it holds other files
 */
function outputFolder(output: string): string {
  const folder = resolve(output);
  if (!existsSync(folder) || existsSync(join(folder, '_astro'))) return folder;
  if (statSync(folder).isDirectory() && readdirSync(folder).length === 0) return folder;
  throw new UsageError(
    `--output must be a new folder, or one of a site, whose files are replaced: ${folder} is neither`,
  );
}

/** The document without patterns, which say little to a reader: the descriptions say the same in words. */
function withoutPatterns(document: string): string {
  return JSON.stringify(
    JSON.parse(document, (key, value) =>
      key === 'pattern' && typeof value === 'string' ? undefined : value,
    ),
  );
}

/** Completes what Astro has built. */
function finishFiles(site: string): void {
  const files = readdirSync(site, { recursive: true, encoding: 'utf8' }).filter((file) =>
    /\.(?:html|js|css|json)$/.test(file),
  );
  for (const file of files) {
    const text = readFileSync(join(site, file), 'utf8');
    const linked = withRelativeLinks(file.replaceAll('\\', '/'), text);
    const changed = file.endsWith('.html') ? withOwnHeadings(linked) : linked;
    if (changed !== text) writeFileSync(join(site, file), changed);
  }
}

function read(path: string): string {
  return readFileSync(join(projectDirectory, path), 'utf8');
}

/** The files of a folder by their whole path. */
function named(directory: string, files: Readonly<Record<string, string>>): [string, string][] {
  return Object.entries(files).map(([name, text]) => [join(directory, name), text]);
}
