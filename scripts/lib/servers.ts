/**
 * Servers on this machine alone: the mock, and the sandbox.
 */
import { rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { describeListenError } from '../../src/cli/listening.ts';
import { docsFolder } from '../../src/sandbox/console/docs-folder.ts';
import { withConsole } from '../../src/sandbox/console/with-console.ts';
import { createSandbox } from '../../src/sandbox/create-sandbox.ts';
import { createDeliverer } from '../../src/sandbox/node/deliver.ts';
import { listen } from '../../src/sandbox/node/listen.ts';
import { type Document, generatedDirectory, generatedDocument } from './document.ts';
import { ProgramError } from './program.ts';
import { isObject, type Version } from './recordings.ts';
import { temporaryFolder } from './temporary-folder.ts';
import { startTool, throwIfToolsEnded } from './tools.ts';

const host = '127.0.0.1';

export interface RunningServer {
  /** Without a closing slash. */
  readonly url: string;
  /** Resolves when all of its processes have ended. */
  stop(): Promise<void>;
  /** Rejects with a {@link ProgramError} when it ends by itself. */
  readonly failed: Promise<never>;
}

/**
 * Checks that a port is free before a server is started on it.
 *
 * @param port - 0 for any free one
 * @param option - the option that chooses the port, to be named where it is taken
 * @throws ProgramError saying what to do where the port is taken, or may not be used
 */
export async function availablePort(port: number, option = '--port'): Promise<number> {
  const server = createServer();
  return new Promise((resolve, reject) => {
    server.once('error', (error) =>
      reject(new ProgramError(describeListenError(error, { port, host }, option))),
    );
    server.listen(port, host, () => {
      const free = portOf(server.address()) ?? port;
      server.close(() => resolve(free));
    });
  });
}

/**
 * Starts Prism on the generated document of a version; it responds with the document's examples. Prism serves no base path, so
 * it gets a copy in which every path has that of the real server: one address works for the mock, the sandbox and the API.
 *
 * @param onOutput - called with the output of Prism
 * @throws ProgramError where Prism cannot start
 */
export async function startMock(
  version: Version,
  port: number,
  onOutput?: (text: string) => void,
): Promise<RunningServer> {
  // Prism watches the file as long as it runs.
  const directory = temporaryFolder();
  const remove = () => rmSync(directory, { recursive: true, force: true });
  const file = join(directory, 'openapi.json');
  writeFileSync(file, JSON.stringify(withBasePath(generatedDocument(version), `/${version}`)));
  try {
    const { url, stop, failed } = await startPrism('mock', [file], port, onOutput);
    return { url: `${url}/${version}`, stop: () => stop().finally(remove), failed };
  } catch (error) {
    remove();
    throw error;
  }
}

/** A path item with servers of its own lies outside of the base path. */
function withBasePath(document: Document, base: string): Document {
  const paths = Object.entries(isObject(document.paths) ? document.paths : {});
  const prefix = (item: unknown) => (isObject(item) && 'servers' in item ? '' : base);
  return { ...document, paths: Object.fromEntries(paths.map(([path, item]) => [prefix(item) + path, item])) };
}

/**
 * Starts Prism between callers and a server of a version: it passes everything on, and names in the header
 * `sl-violations` what of a request or its response is against the generated document.
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
    throwIfToolsEnded();
    throw new ProgramError(`Prism (${command}) has ended:\n${output.trim().slice(-2000)}`);
  });
  // A rejection that no one awaits must not end the process.
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

/**
 * Starts a sandbox with its console, and with the rendered docs of a folder at `/docs/`.
 *
 * @param delivers - whether it posts webhook events, on this machine only
 */
export async function startSandbox(port: number, docs: string, delivers = false): Promise<RunningServer> {
  const deliverer = delivers ? createDeliverer() : undefined;
  const sandbox = createSandbox({ rateLimits: 'server', ...(deliverer && { deliver: deliverer.deliver }) });
  const { url, close } = await listen(withConsole(sandbox, { docs: docsFolder(docs) }), { port, host });
  const stop = async () => {
    await close();
    await deliverer?.close();
  };
  return { url, stop, failed: new Promise(() => {}) };
}

function portOf(address: AddressInfo | string | null): number | undefined {
  return typeof address === 'object' && address !== null ? address.port : undefined;
}
