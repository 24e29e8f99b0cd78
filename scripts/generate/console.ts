/**
 * The files of the sandbox's console, as a module that a server serves from.
 */
import { readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { build } from 'tsdown';
import { typescriptLiteral as literal } from '../../spec/plugin/literal.ts';
import type { Document } from '../lib/document.ts';
import { projectDirectory } from '../lib/program.ts';
import { consoleOperations } from './console-operations.ts';

const pageDirectory = join(projectDirectory, 'src/sandbox/console/page');

/** Gives the text of a file of `generated/` by its path in the project; undefined for all other files. */
type GeneratedText = (path: string) => string | undefined;

/**
 * @param document - of the operations that can be tried
 * @param generated - what the page imports from `generated/`, whose files may still be old
 */
export async function consoleSource(
  document: Document,
  header: string,
  generated: GeneratedText,
): Promise<string> {
  const operations = consoleOperations(document).map((operation) => JSON.stringify(operation));
  const files = {
    'index.html': readFileSync(join(pageDirectory, 'index.html'), 'utf8'),
    'console.css': readFileSync(join(pageDirectory, 'console.css'), 'utf8'),
    'icon.svg': readFileSync(join(pageDirectory, 'icon.svg'), 'utf8'),
    'console.js': await bundlePage(generated),
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
async function bundlePage(generated: GeneratedText): Promise<string> {
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
    plugins: [{ name: 'generated', load: (file) => generated(relative(projectDirectory, file)) }],
  });
  const script = bundle?.chunks.find((chunk) => chunk.type === 'chunk');
  if (script === undefined) throw new Error('The console has given no script.');
  return script.code;
}
