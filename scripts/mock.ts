/**
 * Serves the document's examples: see `--help`.
 */
import { portFrom, runProgram, styled } from './lib/program.ts';
import { serveUntilStopped } from './lib/serve.ts';
import { availablePort, startMock } from './lib/servers.ts';

const help = `
Serves the generated document with Prism, on this machine only: each operation returns the document's examples and
rejects what the document forbids. Send \`Prefer: code=404\` or \`Prefer: example=other\` to choose a response.

The paths are those of the real server: http://127.0.0.1:4010/v2/systems/exmpl.

Usage: npm run mock [-- options]

  --port <number>  where to listen; 0 takes a free port (default: 4010)
  --v1             serve version 1
  --help           show this
`;

const options = {
  port: { type: 'string', default: '4010' },
  v1: { type: 'boolean', default: false },
} as const;

await runProgram({ help, options }, ({ port, v1 }) =>
  serveUntilStopped(async (add) => {
    const preferred = portFrom(port);
    const write = (text: string) => process.stdout.write(text);
    const mock = add(await startMock(v1 ? 'v1' : 'v2', await availablePort(preferred), write));
    write(`\nTry: ${styled('bold', `curl ${mock.url}${v1 ? '/s/exmpl' : '/systems/exmpl'}`)}\n`);
  }),
);
