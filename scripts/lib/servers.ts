/**
 * Servers on this machine alone: the mock, and the sandbox.
 */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { docsFolder } from '../../src/sandbox/console/docs-folder.ts';
import { withConsole } from '../../src/sandbox/console/with-console.ts';
import { createSandbox } from '../../src/sandbox/create-sandbox.ts';
import { listen } from '../../src/sandbox/node/listen.ts';
import { generatedDirectory } from './document.ts';
import { ProgramError } from './program.ts';
import type { Version } from './recordings.ts';
import { startTool } from './tools.ts';

const host = '127.0.0.1';

export interface RunningServer {
  /** Without a closing slash. */
  readonly url: string;
  /** Resolves when nothing of it runs any more. */
  stop(): Promise<void>;
  /** Rejects with a {@link ProgramError} when it ends unasked. */
  readonly failed: Promise<never>;
}

/**
 * The port that is asked for, or a free one where another program has it.
 *
 * @param preferred - 0 stands for any
 */
export async function availablePort(preferred: number): Promise<number> {
  const server = createServer();
  const listen = (port: number) =>
    new Promise<number | undefined>((resolve) => {
      server.once('error', () => resolve(undefined));
      server.listen(port, host, () => resolve(portOf(server.address())));
    });
  const port = (await listen(preferred)) ?? (await listen(0));
  await new Promise((resolve) => server.close(resolve));
  if (port === undefined) throw new ProgramError('No port is free on this machine.');
  return port;
}

/**
 * Starts Prism on the generated document of a version; it answers with the document's examples.
 *
 * @param onOutput - gets what Prism writes
 * @throws ProgramError where Prism cannot start
 */
export async function startMock(
  version: Version,
  port: number,
  onOutput?: (text: string) => void,
): Promise<RunningServer> {
  return startPrism('mock', [documentFile(version)], port, onOutput);
}

/**
 * Starts Prism between callers and a server of a version: it passes everything on, and names in the header
 * `sl-violations` what of a request or its answer is against the generated document.
 *
 * @param upstream - base address of the server
 * @throws ProgramError where Prism cannot start
 */
export async function startProxy(version: Version, upstream: string, port: number): Promise<RunningServer> {
  return startPrism('proxy', [documentFile(version), upstream], port);
}

function documentFile(version: Version): string {
  return join(generatedDirectory(version), 'openapi.yaml');
}

async function startPrism(
  command: 'mock' | 'proxy',
  values: readonly string[],
  port: number,
  onOutput: (text: string) => void = () => {},
): Promise<RunningServer> {
  const child = startTool('prism', [
    command,
    ...values,
    `--host=${host}`,
    `--port=${port}`,
    '--multiprocess=false',
  ]);
  let output = '';
  let stopping = false;
  const ended = new Promise<void>((resolve) => child.once('close', () => resolve()));
  const failed = ended.then((): Promise<never> => {
    if (stopping) return new Promise(() => {});
    throw new ProgramError(`Prism (${command}) has ended:\n${output.trim().slice(-2000)}`);
  });
  // Whoever does not wait for it must not be ended by it.
  failed.catch(() => {});
  const stop = async () => {
    stopping = true;
    child.kill();
    await ended;
  };
  const listening = new Promise<void>((resolve) => {
    for (const stream of [child.stdout, child.stderr]) {
      stream?.setEncoding('utf8').on('data', (text: string) => {
        output += text;
        onOutput(text);
        if (output.includes('Prism is listening')) resolve();
      });
    }
  });
  try {
    await Promise.race([listening, failed]);
  } catch (error) {
    await stop();
    throw error;
  }
  return { url: `http://${host}:${port}`, stop, failed };
}

/** Starts a sandbox with its console, and with the rendered docs of a folder at `/docs/`. */
export async function startSandbox(port: number, docs: string): Promise<RunningServer> {
  const server = withConsole(createSandbox({ rateLimits: 'server' }), { docs: docsFolder(docs) });
  const { url, close } = await listen(server, { port, host });
  return { url, stop: close, failed: new Promise(() => {}) };
}

function portOf(address: AddressInfo | string | null): number | undefined {
  return typeof address === 'object' && address !== null ? address.port : undefined;
}
