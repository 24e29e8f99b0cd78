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
import { availablePort, startMock, startSandbox } from './lib/servers.ts';

const help = `
Generates what is stale, lints the document, renders the docs, and serves a sandbox with its console and the docs, and
beside it a mock of the API, on this machine only, until Ctrl-C.

Usage: npm start [-- options]

  --port <number>       where the sandbox is (default: 4011, or a free port where that is taken)
  --mock-port <number>  where the mock is (default: 4010, or a free port where that is taken)
  --help                show this
`;

const options = {
  port: { type: 'string', default: '4011' },
  'mock-port': { type: 'string', default: '4010' },
} as const;

const write = (text: string) => process.stdout.write(text);

await runProgram({ help, options }, (values) =>
  serveUntilStopped(async (add) => {
    const sandboxPort = portFrom(values.port);
    const mockPort = portFrom(values['mock-port']);
    const documents = await bundleDocuments();

    const files = await generatedFiles(projectDirectory, documents);
    const stale = staleFiles([join(projectDirectory, 'generated')], files);
    replaceFiles(stale, files);
    write(
      stale.length === 0 ? 'generated/ is up to date.\n' : `generated/: ${stale.length} files written.\n`,
    );

    write('Linting the document and rendering its docs, which takes a moment ...\n');
    const [faults, mock] = await Promise.all([
      lintDocuments(projectDirectory, documents),
      availablePort(mockPort).then((port) => startMock('v2', port).then(add)),
      buildDocs(documents),
    ]);
    const sandbox = add(await startSandbox(await availablePort(sandboxPort), docsDirectory));

    // Faults are for the author to see; what the document says can be looked at all the same.
    const verdict = faults.length === 0 ? 'The document has no faults.' : styled('red', faults.join('\n\n'));
    write(`${verdict}\n
  Console  ${styled('cyan', `${sandbox.url}/`)}  to see into the sandbox, and to try every operation
  Docs     ${styled('cyan', `${sandbox.url}/docs/`)}
  Sandbox  ${styled('cyan', `${sandbox.url}/v2`)}  answers as the real server does, and keeps what you change
  Mock     ${styled('cyan', mock.url)}  answers with the examples of the document

Try:
  ${styled('bold', `curl ${sandbox.url}/v2/systems/harbor`)}
  ${styled('bold', `curl ${mock.url}/systems/exmpl`)}
After \`export PLURALKIT_URL=${mock.url}\` every curl sample of the docs asks the mock.
Ctrl-C stops both.
`);
  }),
);
