/**
 * Renders the document to static HTML: see `--help`.
 */
import { join, resolve } from 'node:path';
import { docsDirectory } from './lib/docs-directory.ts';
import { buildDocs } from './lib/docs-pages.ts';
import { bundleDocuments } from './lib/document.ts';
import { runProgram } from './lib/program.ts';

const help = `
Renders both versions of the document to static HTML that loads nothing from elsewhere.

Usage: npm run docs [-- options]

  --output <dir>  where to (default: .cache/docs)
  --help          show this
`;

await runProgram({ help, options: { output: { type: 'string' } } }, async ({ output }) => {
  const directory = output === undefined ? docsDirectory : resolve(output);
  const built = await buildDocs(await bundleDocuments(), directory);
  process.stdout.write(`${join(directory, 'index.html')}: ${built ? 'rendered' : 'up to date'}.\n`);
});
