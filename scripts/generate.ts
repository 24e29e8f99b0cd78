/**
 * Generates everything that follows from the document: see `--help`.
 */
import { join } from 'node:path';
import { generatedFiles } from './generate/files.ts';
import { bundleDocuments } from './lib/document.ts';
import { refuseStale, replaceFiles, staleFiles } from './lib/files.ts';
import { projectDirectory, runProgram } from './lib/program.ts';

const help = `
Generates what follows from spec/: the bundled documents, types, operation tables and clients in generated/.

Usage: npm run generate [-- options]

  --check          write nothing; fail where a generated file is not what spec/ gives
  --project <dir>  the folder that holds redocly.yaml, spec and generated (default: this repository)
  --help           show this
`;

await runProgram(
  { help, options: { check: { type: 'boolean' }, project: { type: 'string' } } },
  async ({ check, project = projectDirectory }) => {
    const files = await generatedFiles(project, await bundleDocuments(project));
    const stale = staleFiles([join(project, 'generated')], files);
    if (check) refuseStale(stale, project, 'npm run generate');
    replaceFiles(stale, files);
    const state = stale.length === 0 ? 'up to date' : `${stale.length} written`;
    process.stdout.write(`generated/: ${files.size} files, ${state}.\n`);
  },
);
