/**
 * Lints the document: see `--help`.
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { jsonDocument } from './generate/documents.ts';
import { bundleDocuments, versions } from './lib/document.ts';
import { ProgramError, projectDirectory, runProgram } from './lib/program.ts';
import { runTool } from './lib/tools.ts';

const help = `
Lints both versions of the document: the sources with Redocly (redocly.yaml), the bundles with Spectral (.spectral.yaml).

Usage: npm run lint:document [-- options]

  --project <dir>  the folder that holds redocly.yaml, .spectral.yaml and spec (default: this repository)
  --help           show this
`;

await runProgram(
  { help, options: { project: { type: 'string' } } },
  async ({ project = projectDirectory }) => {
    const [redocly, spectral] = await Promise.all([lintWithRedocly(project), lintWithSpectral(project)]);
    const faults = [redocly, spectral].filter((output) => output !== '');
    if (faults.length > 0) throw new ProgramError(`The document has faults:\n\n${faults.join('\n\n')}`);
    process.stdout.write('Redocly: v2 and v1 have no faults.\nSpectral: v2 and v1 have no faults.\n');
  },
);

/** What Redocly has to say; empty where that is nothing. */
async function lintWithRedocly(project: string): Promise<string> {
  const { status, output } = await runTool('redocly', [
    'lint',
    ...versions,
    `--config=${join(project, 'redocly.yaml')}`,
    '--format=stylish',
    '--max-problems=1000',
  ]);
  return status === 0 && !/\bwarning\b/.test(output) ? '' : output.trim();
}

/** What Spectral has to say; empty where that is nothing. */
async function lintWithSpectral(project: string): Promise<string> {
  const documents = await bundleDocuments(project);
  const directory = mkdtempSync(join(tmpdir(), 'pluralkit-openapi-'));
  try {
    const files = versions.map((version) => {
      const file = join(directory, `${version}.json`);
      writeFileSync(file, jsonDocument(documents[version]));
      return file;
    });
    const ruleset = join(project, '.spectral.yaml');
    const { status, output } = await runTool('spectral', [
      'lint',
      ...files,
      `--ruleset=${ruleset}`,
      '--fail-severity=hint',
      '--quiet',
    ]);
    return status === 0 ? '' : output.replaceAll(`${relative('/', directory)}/`, '').trim();
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}
