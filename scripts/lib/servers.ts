/**
 * Servers on this machine alone: the mock, and one for static files.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join, relative } from 'node:path';
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
  onOutput: (text: string) => void = () => {},
): Promise<RunningServer> {
  const file = join(generatedDirectory(version), 'openapi.yaml');
  const child = startTool('prism', [
    'mock',
    file,
    `--host=${host}`,
    `--port=${port}`,
    '--multiprocess=false',
  ]);
  let output = '';
  let stopping = false;
  const ended = new Promise<void>((resolve) => child.once('close', () => resolve()));
  const failed = ended.then((): Promise<never> => {
    if (stopping) return new Promise(() => {});
    throw new ProgramError(`The mock of ${version} has ended:\n${output.trim().slice(-2000)}`);
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

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.json': 'application/json',
  '.yaml': 'application/yaml',
};

/** Serves the files of a folder as they are now; a path that ends in a slash gives its `index.html`. */
export async function serveFolder(directory: string, port: number): Promise<RunningServer> {
  const files = new Map(
    readdirSync(directory, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && extname(entry.name) in types)
      .map((entry) => join(entry.parentPath, entry.name))
      .map((file) => [`/${relative(directory, file).replaceAll('\\', '/')}`, file]),
  );
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? '/', `http://${host}`);
    const file = files.get(pathname.endsWith('/') ? `${pathname}index.html` : pathname);
    if (file === undefined) {
      response.writeHead(404, { 'Content-Type': 'text/plain' }).end('Not found.\n');
      return;
    }
    response.writeHead(200, { 'Content-Type': types[extname(file)] }).end(readFileSync(file));
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, resolve);
  });
  return {
    url: `http://${host}:${portOf(server.address())}`,
    failed: new Promise(() => {}),
    stop: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

function portOf(address: AddressInfo | string | null): number | undefined {
  return typeof address === 'object' && address !== null ? address.port : undefined;
}
