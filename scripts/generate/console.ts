/**
 * The files of the sandbox's console, as a module that a server serves from.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'tsdown';
import { typescriptLiteral as literal } from '../../spec/plugin/literal.ts';
import type { Document } from '../lib/document.ts';
import { projectDirectory } from '../lib/program.ts';
import { consoleOperations } from './console-operations.ts';

const pageDirectory = join(projectDirectory, 'src/sandbox/console/page');

/** @param document - of the operations that can be tried */
export async function consoleSource(document: Document, header: string): Promise<string> {
  const operations = consoleOperations(document).map((operation) => JSON.stringify(operation));
  const files = {
    'index.html': readFileSync(join(pageDirectory, 'index.html'), 'utf8'),
    'console.css': readFileSync(join(pageDirectory, 'console.css'), 'utf8'),
    'icon.svg': readFileSync(join(pageDirectory, 'icon.svg'), 'utf8'),
    'console.js': await bundlePage(),
    'operations.json': `[\n${operations.join(',\n')}\n]\n`,
  };
  const entries = Object.entries(files).map(
    ([name, text]) => `  '${name}': ${literal(text.split('\n'), '  ')}.join('\\n'),\n`,
  );
  return `// ${header.replaceAll('\n', '\n// ')}

/** The text of every file by its name. */
export const consoleFiles: Readonly<Record<string, string>> = {
${entries.join('')}};
`;
}

/** The page's modules as one that browsers run. */
async function bundlePage(): Promise<string> {
  const [bundle] = await build({
    config: false,
    cwd: projectDirectory,
    entry: { console: join(pageDirectory, 'main.ts') },
    format: 'esm',
    platform: 'browser',
    target: 'es2023',
    dts: false,
    write: false,
    // Otherwise dist/ would be emptied, though nothing is written.
    clean: false,
    logLevel: 'silent',
  });
  const script = bundle?.chunks.find((chunk) => chunk.type === 'chunk');
  if (script === undefined) throw new Error('The console has given no script.');
  return script.code;
}
