/**
 * Everything at once, for work on the document or a first look: see `--help`.
 */
import { join } from 'node:path';
import { docsDirectory } from './lib/docs-directory.ts';
import { ProgramError, portFrom, projectDirectory, runProgram, styled, UsageError } from './lib/program.ts';
import { serveUntilStopped } from './lib/serve.ts';
import { availablePort, startMock, startSandbox } from './lib/servers.ts';

const help = `
Serves a sandbox with its console at once, on this machine only, until Ctrl-C. Behind it, generates what is stale, lints
the document, renders its docs, and starts a mock of the API.

Usage: npm start [-- options]

  --port <number>       where the sandbox listens; 0 takes a free port (default: 4011)
  --mock-port <number>  where the mock listens; 0 takes a free port (default: 4010)
  --deliver             post the webhook events of systems that have a webhook, on this machine only
  --help                show this

Exit codes: 0 stopped, 1 could not start or failed, 2 wrong options.
`;

const options = {
  port: { type: 'string', default: '4011' },
  'mock-port': { type: 'string', default: '4010' },
  deliver: { type: 'boolean' },
} as const;

const write = (text: string) => process.stdout.write(`${text}\n`);

await runProgram({ help, options }, (values) =>
  serveUntilStopped(async (add) => {
    const wanted = portFrom(values.port);
    const wantedByMock = portFrom(values['mock-port'], 'mock-port');
    if (wanted === wantedByMock && wanted !== 0)
      throw new UsageError('--mock-port must not be that of --port');
    const ports = [availablePort(wanted, '--port'), availablePort(wantedByMock, '--mock-port')] as const;
    await throwAll(ports);
    const [port, mockPort] = await Promise.all(ports);
    const sandbox = add(await startSandbox(port, docsDirectory, values.deliver));
    const [console, address] = [`${sandbox.url}/`, `${sandbox.url}/v2`];
    write(`
  Console  ${styled('cyan', console)}  to see into the sandbox, and to try every operation
  Sandbox  ${styled('cyan', address)}  behaves as the real server does, and keeps what you change

Try:
  ${styled('bold', `curl ${address}/systems/harbor`)}

The rest follows; Ctrl-C stops all of it.`);

    const documents = await step('The document', 'bundled', bundle);
    if (documents === undefined) return;
    await step('generated/', 'up to date', () => generate(documents));
    const lint = step('The document', 'linted', () => lintAll(documents));
    const docs = step('The docs', 'rendered', () => render(documents));
    const mock = await step('The mock', 'started', async () => add(await startMock('v2', mockPort)));
    if ((await docs) === true) write(`  Docs     ${styled('cyan', `${sandbox.url}/docs/`)}`);
    await lint;
    if (mock !== undefined) {
      write(`  Mock     ${styled('cyan', mock.url)}  responds with the examples of the document

Every curl sample of the docs takes its address from PLURALKIT_URL:
  ${styled('bold', `export PLURALKIT_URL=${address}`)}`);
    }
  }),
);

/** @throws ProgramError with the messages of all that were rejected: one start names every port that is taken */
async function throwAll(promises: readonly Promise<unknown>[]): Promise<void> {
  const results = await Promise.allSettled(promises);
  const reasons = results.flatMap((result) =>
    result.status === 'rejected' ? [reasonOf(result.reason)] : [],
  );
  if (reasons.length > 0) throw new ProgramError(reasons.join('\n'));
}

async function bundle() {
  const { bundleDocuments } = await import('./lib/document.ts');
  return bundleDocuments();
}

type Documents = Awaited<ReturnType<typeof bundle>>;

async function generate(documents: Documents): Promise<void> {
  const { generatedFiles } = await import('./generate/files.ts');
  const { replaceFiles, staleFiles } = await import('./lib/files.ts');
  const files = await generatedFiles(projectDirectory, documents);
  replaceFiles(staleFiles([join(projectDirectory, 'generated')], files), files);
}

/** @throws ProgramError with all faults; the docs are rendered all the same */
async function lintAll(documents: Documents): Promise<void> {
  const { lintDocuments } = await import('./lib/lint.ts');
  const faults = await lintDocuments(projectDirectory, documents);
  if (faults.length > 0) throw new ProgramError(faults.join('\n\n'));
}

async function render(documents: Documents): Promise<true> {
  const { buildDocs } = await import('./lib/docs-pages.ts');
  await buildDocs(documents);
  return true;
}

/** Runs a part of the work and tells how long it took. A failure is reported, and the rest goes on. */
async function step<Result>(
  subject: string,
  state: string,
  run: () => Promise<Result>,
): Promise<Result | undefined> {
  const start = performance.now();
  try {
    const result = await run();
    write(
      `${styled('green', '✓')} ${subject}: ${state} (${((performance.now() - start) / 1000).toFixed(1)} s)`,
    );
    return result;
  } catch (error) {
    // Ctrl-C ends the tools that still run.
    if (error instanceof Error && error.name === 'AbortError') return undefined;
    write(`${styled('red', '✗')} ${subject}: not ${state}. ${reasonOf(error)}`);
    process.exitCode = 1;
    return undefined;
  }
}

function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  // Tools name them in their output.
  if (/\b(EROFS|EACCES|EPERM|ENOSPC)\b/.test(error.message)) {
    return `${error.message}\nThis folder must be writable, with room left, and so must the one for temporary files (TMPDIR): work in a clone of your own, or free some space.`;
  }
  return error instanceof ProgramError ? error.message : (error.stack ?? error.message);
}
