/**
 * Generates everything that follows from the document: see `--help`.
 */
import { join } from 'node:path';
import { exampleDirectories, exampleFiles } from './examples/files.ts';
import { generatedFiles } from './generate/files.ts';
import { withListedPaths } from './generate/list-paths.ts';
import { bundleDocuments } from './lib/document.ts';
import { rejectStale, replaceFiles, staleFiles } from './lib/files.ts';
import { folderFrom, projectDirectory, runProgram } from './lib/program.ts';

const help = `
Generates what follows from spec/ and test/recordings, in this order:

  spec/*/openapi.yaml    an entry for each file of paths/ that it does not list yet
  spec/*/examples/       examples of requests, responses and webhook events, taken from the recordings
  generated/             the bundled documents, types, operation tables and clients

Usage: npm run generate [-- options]

  --check          write nothing; fail where a generated file is not what spec/ gives
  --project <dir>  the folder that holds redocly.yaml, spec and generated (default: this repository)
  --help           show this
`;

await runProgram(
  { help, options: { check: { type: 'boolean' }, project: { type: 'string', default: projectDirectory } } },
  async ({ check, ...values }) => {
    const project = folderFrom(values.project, 'project');
    const roots = withListedPaths(project);
    const staleRoots = staleFiles([], roots);
    if (check) rejectStale(staleRoots, project, 'npm run generate');
    replaceFiles(staleRoots, roots);
    let documents = await bundleDocuments(project);
    const examples = exampleFiles(project, documents);
    const staleExamples = staleFiles(exampleDirectories(project), examples);
    if (check) rejectStale(staleExamples, project, 'npm run generate');
    replaceFiles(staleExamples, examples);
    if (staleExamples.length > 0) documents = await bundleDocuments(project);
    const files = await generatedFiles(project, documents);
    const stale = staleFiles([join(project, 'generated')], files);
    if (check) rejectStale(stale, project, 'npm run generate');
    replaceFiles(stale, files);
    const state = (names: readonly string[]) =>
      names.length === 0 ? 'up to date' : `${names.length} written`;
    process.stdout.write(`spec/*/examples: ${examples.size} files, ${state(staleExamples)}.\n`);
    process.stdout.write(`generated/: ${files.size} files, ${state(stale)}.\n`);
  },
);
