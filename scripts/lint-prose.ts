/**
 * Lints the prose of the project: see `--help`.
 */
import { globSync } from 'node:fs';
import { folderFrom, ProgramError, projectDirectory, runProgram } from './lib/program.ts';
import { lintProse } from './prose/lint.ts';

const help = `
Holds the texts of the project to the vocabulary of CONTRIBUTING.md: documentation, the document's descriptions, and
comments and messages in code.

Usage: npm run lint:prose [-- options]

  --project <dir>  the folder to lint (default: this repository)
  --help           show this
`;

const included = ['*.md', '{docs/src,examples,scripts,spec,src,test}/**/*.{md,mdx,yaml,ts,js}'];
/** Written by tools, or data. */
const excluded = [
  'CHANGELOG.md',
  'docs/src/content/docs/{api,typescript}/**',
  'spec/*/examples/**',
  'test/languages/programs/**',
  'test/releases/*/**',
  'test/recordings/v*/**',
  '**/node_modules/**',
];

await runProgram(
  { help, options: { project: { type: 'string', default: projectDirectory } } },
  async (values) => {
    const project = folderFrom(values.project, 'project');
    const files = globSync(included, { cwd: project, exclude: excluded }).sort();
    const faults = await lintProse(project, files);
    if (faults.length > 0) throw new ProgramError(`Words that the vocabulary avoids:\n${faults.join('\n')}`);
    process.stdout.write(`The prose of ${files.length} files has no faults.\n`);
  },
);
