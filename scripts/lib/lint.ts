/**
 * Lints the documents: the sources with Redocly, the bundles with Spectral.
 */
import { rmSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { toolForm } from '../bundle/tool-form.ts';
import { jsonDocument } from '../generate/documents.ts';
import { type Document, versions } from './document.ts';
import { ProgramError } from './program.ts';
import type { Version } from './recordings.ts';
import { temporaryFolder } from './temporary-folder.ts';
import { runTool } from './tools.ts';

/**
 * The output of each linter that reports anything.
 *
 * @param documents - as bundled from the sources
 * @throws ProgramError where they can't be linted in this folder
 */
export async function lintDocuments(
  project: string,
  documents: Readonly<Record<Version, Document>>,
): Promise<string[]> {
  if (project.includes('#'))
    throw new ProgramError('Redocly finds no examples in a folder with “#” in its path: rename it.');
  const outputs = await Promise.all([lintWithRedocly(project), lintWithSpectral(project, documents)]);
  return outputs.filter((output) => output !== '');
}

/** Redocly's report; empty where there is nothing to report. */
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

/** Spectral's report; empty where there is nothing to report. */
async function lintWithSpectral(
  project: string,
  documents: Readonly<Record<Version, Document>>,
): Promise<string> {
  const directory = temporaryFolder();
  try {
    const files = versions.map((version) => {
      const file = join(directory, `${version}.json`);
      writeFileSync(file, jsonDocument(toolForm(documents[version])));
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
