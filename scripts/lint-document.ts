/**
 * Lints the document: see `--help`.
 */
import { bundleDocuments } from './lib/document.ts';
import { lintDocuments } from './lib/lint.ts';
import { folderFrom, ProgramError, projectDirectory, runProgram } from './lib/program.ts';

const help = `
Lints both versions of the document: the sources with Redocly (redocly.yaml), the bundles with Spectral (.spectral.yaml).

Usage: npm run lint:document [-- options]

  --project <dir>  the folder that holds redocly.yaml, .spectral.yaml and spec (default: this repository)
  --help           show this
`;

await runProgram(
  { help, options: { project: { type: 'string', default: projectDirectory } } },
  async (values) => {
    const project = folderFrom(values.project, 'project');
    const faults = await lintDocuments(project, await bundleDocuments(project));
    if (faults.length > 0) throw new ProgramError(`The document has faults:\n\n${faults.join('\n\n')}`);
    process.stdout.write('Redocly: v2 and v1 have no faults.\nSpectral: v2 and v1 have no faults.\n');
  },
);
