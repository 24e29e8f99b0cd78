/**
 * The rendered documentation: a page for each version, and one that leads to them. Nothing on them is loaded from
 * anywhere else.
 */
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { toolForm } from '../bundle/tool-form.ts';
import { jsonDocument, yamlDocument } from '../generate/documents.ts';
import { docsDirectory } from './docs-directory.ts';
import { type Document, versions } from './document.ts';
import { ProgramError, projectDirectory } from './program.ts';
import { isObject, type Version } from './recordings.ts';
import { runTool } from './tools.ts';

/** The browser blocks everything that a page would load from elsewhere. Search runs in workers made from blobs. */
const policy = [
  "default-src 'none'",
  "script-src 'unsafe-inline' blob:",
  "style-src 'unsafe-inline'",
  'img-src data:',
  'font-src data:',
  'worker-src blob:',
  "base-uri 'none'",
  "form-action 'none'",
].join('; ');

/** Redoc's columns are narrow. A row of three or more cells has its last and longest cell below the others. */
const tableStyle = `
  html .md-table-wrapper table:has(tr > :nth-child(3)) {
    width: 100%;
    & :is(thead, tbody) { display: block; }
    & tr { display: flex; flex-wrap: wrap; column-gap: 1rem; padding: .5rem .75rem; border-bottom: 1px solid rgb(128 128 128 / 25%); }
    & :is(td, th) { border: 0; min-width: 0; padding: 0; overflow-wrap: anywhere; }
    & :is(td, th):last-child { flex-basis: 100%; }
  }
`;

/** Replaces the logo that Redoc would load; the link to Redoc beside it stays. */
const logo = `data:image/svg+xml,${encodeURIComponent(
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 48 16"><text y="12" font-family="sans-serif" font-size="12">Redocly</text></svg>',
)}`;

/**
 * Renders the documents, unless the folder holds the same ones already. The pages show the sources' form; the published form
 * is beside the pages.
 *
 * @param documents - as bundled from the sources
 * @returns whether anything was rendered
 * @throws ProgramError where Redocly cannot render them
 */
export async function buildDocs(
  documents: Readonly<Record<Version, Document>>,
  directory: string = docsDirectory,
): Promise<boolean> {
  const stamp = stampOf(documents);
  const stampFile = join(directory, '.stamp');
  if (existsSync(stampFile) && readFileSync(stampFile, 'utf8') === stamp) return false;
  rmSync(stampFile, { force: true });
  await Promise.all(versions.map((version) => buildVersion(version, documents[version], directory)));
  writeFileSync(join(directory, 'index.html'), indexPage(documents));
  writeFileSync(stampFile, stamp);
  return true;
}

async function buildVersion(version: Version, document: Document, directory: string): Promise<void> {
  const folder = join(directory, version);
  mkdirSync(folder, { recursive: true });
  const published = toolForm(document);
  writeFileSync(join(folder, 'openapi.json'), jsonDocument(published));
  writeFileSync(join(folder, 'openapi.yaml'), yamlDocument(published, 'The bundled document.'));
  const source = join(folder, '.source.json');
  writeFileSync(source, jsonDocument(withGuide(document, version)));
  const config = join(folder, '.redocly.yaml');
  writeFileSync(config, jsonDocument(renderingConfig()));
  const page = join(folder, 'index.html');
  const { status, output } = await runTool('redocly', [
    'build-docs',
    source,
    `--output=${page}`,
    `--config=${config}`,
    `--title=${titleOf(document)}`,
    '--inlineBundle',
  ]);
  if (status !== 0) throw new ProgramError(`The docs of ${version} cannot be rendered:\n${output.trim()}`);
  rmSync(source);
  rmSync(config);
  writeFileSync(page, selfContained(readFileSync(page, 'utf8')));
}

/** The settings of the pages alone: the plugin has completed the documents already, and would add its sentences again. */
function renderingConfig(): Record<string, unknown> {
  const config: unknown = parse(readFileSync(join(projectDirectory, 'redocly.yaml'), 'utf8'));
  const { telemetry, openapi } = isObject(config) ? config : {};
  return { telemetry, openapi };
}

/** The page shows the whole guide; the published document holds what readers of generated code need. */
function withGuide(document: Document, version: Version): Document {
  return {
    ...document,
    info: { ...(isObject(document.info) && document.info), description: guideOf(version) },
  };
}

function guideOf(version: Version): string {
  return readFileSync(join(projectDirectory, 'spec', version, 'guide.md'), 'utf8');
}

/** The page without references to other hosts, and with a policy that forbids them. */
function selfContained(html: string): string {
  return html
    .replaceAll(/https:\/\/cdn\.redoc\.ly\/redoc\/logo-mini(?:-full)?\.svg/g, logo)
    .replace('<head>', `<head>\n  <meta http-equiv="Content-Security-Policy" content="${policy}">`)
    .replace('</head>', `<style>${tableStyle}</style>\n</head>`);
}

function indexPage(documents: Readonly<Record<Version, Document>>): string {
  const entries = versions.map((version) => {
    const { summary } = isObject(documents[version].info) ? documents[version].info : {};
    return `    <li>
      <a href="${version}/index.html">PluralKit API, version ${version.slice(1)}</a>
      <p>${escapeHtml(typeof summary === 'string' ? summary : '')}</p>
      <p class="files"><a href="${version}/openapi.yaml">openapi.yaml</a> <a href="${version}/openapi.json">openapi.json</a></p>
    </li>`;
  });
  return `<!doctype html>
<html lang="en">
<head>
  <meta charset="utf-8">
  <meta name="viewport" content="width=device-width, initial-scale=1">
  <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
  <meta name="color-scheme" content="light dark">
  <title>PluralKit API</title>
  <style>
    body { font: 1.1rem/1.5 system-ui, sans-serif; max-width: 40rem; margin: 0 auto; padding: 2rem 1rem; }
    ul { list-style: none; padding: 0; }
    li { border: 1px solid color-mix(in srgb, currentColor 25%, transparent); border-radius: .5rem; padding: 1rem; margin: 1rem 0; }
    li > a { font-size: 1.3rem; }
    p { margin: .5rem 0 0; }
    .files a { margin-right: 1rem; }
  </style>
</head>
<body>
  <main>
  <h1>PluralKit API</h1>
  <ul>
${entries.join('\n')}
  </ul>
  </main>
</body>
</html>
`;
}

function titleOf(document: Document): string {
  return isObject(document.info) ? String(document.info.title) : 'API';
}

function escapeHtml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');
}

/** A hash of everything that the pages are made from: the documents, the guides, Redocly, its settings, this file. */
function stampOf(documents: Readonly<Record<Version, Document>>): string {
  const hash = createHash('sha256')
    .update(JSON.stringify([documents, versions.map(guideOf)]))
    .update(readFileSync(import.meta.filename));
  for (const file of ['node_modules/@redocly/cli/package.json', 'redocly.yaml']) {
    hash.update(readFileSync(join(projectDirectory, file)));
  }
  return hash.digest('hex');
}
