/**
 * Everything at once, for whoever works on the document or just looks at it: see `--help`.
 */
import { join } from 'node:path';
import { generatedFiles } from './generate/files.ts';
import { buildDocs, docsDirectory } from './lib/docs-pages.ts';
import { bundleDocuments } from './lib/document.ts';
import { replaceFiles, staleFiles } from './lib/files.ts';
import { lintDocuments } from './lib/lint.ts';
import { portFrom, projectDirectory, runProgram, styled } from './lib/program.ts';
import { serveUntilStopped } from './lib/serve.ts';
import { availablePort, serveFolder, startMock } from './lib/servers.ts';

const help = `
Generates what is stale, lints the document, renders the docs, and serves them beside a mock of the API, on this machine
only, until Ctrl-C.

Usage: npm start [-- options]

  --port <number>       where the docs are (default: 4000, or a free port where that is taken)
  --mock-port <number>  where the mock is (default: 4010, or a free port where that is taken)
  --help                show this
`;

const options = {
  port: { type: 'string', default: '4000' },
  'mock-port': { type: 'string', default: '4010' },
} as const;

const write = (text: string) => process.stdout.write(text);

await runProgram({ help, options }, (values) =>
  serveUntilStopped(async (add) => {
    const docsPort = portFrom(values.port);
    const mockPort = portFrom(values['mock-port']);
    const documents = await bundleDocuments();

    const files = await generatedFiles(projectDirectory, documents);
    const stale = staleFiles([join(projectDirectory, 'generated')], files);
    replaceFiles(stale, files);
    write(
      stale.length === 0 ? 'generated/ is up to date.\n' : `generated/: ${stale.length} files written.\n`,
    );

    const [faults, mock] = await Promise.all([
      lintDocuments(projectDirectory, documents),
      availablePort(mockPort).then((port) => startMock('v2', port).then(add)),
      buildDocs(documents),
    ]);
    const docs = add(await serveFolder(docsDirectory, await availablePort(docsPort)));

    // Faults are for the author to see; what the document says can be looked at all the same.
    const verdict = faults.length === 0 ? 'The document has no faults.' : styled('red', faults.join('\n\n'));
    write(`${verdict}\n
  Docs  ${styled('cyan', `${docs.url}/`)}
  Mock  ${styled('cyan', mock.url)}

Try:
  ${styled('bold', `curl ${mock.url}/systems/exmpl`)}
After \`export PLURALKIT_URL=${mock.url}\` every curl sample of the docs asks the mock.
Ctrl-C stops both.
`);
  }),
);
