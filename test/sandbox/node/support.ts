import { type IncomingHttpHeaders, request } from 'node:http';
import { connect } from 'node:net';
import { onTestFinished } from 'vitest';
import { createSandbox } from '../../../src/sandbox/create-sandbox.ts';
import type { Responder } from '../../../src/sandbox/http/faces.ts';
import { type ListenOptions, listen } from '../../../src/sandbox/node/listen.ts';
import type { RunningServer } from '../../../src/sandbox/node/server.ts';

export interface Received {
  readonly status: number;
  readonly body: string;
  readonly headers: IncomingHttpHeaders;
}

/** A server that is closed when the test ends. */
export async function serve(
  sandbox: Responder = createSandbox(),
  options: ListenOptions = {},
): Promise<RunningServer> {
  const server = await listen(sandbox, options);
  onTestFinished(() => server.close());
  return server;
}

/** Sends a request with a path and headers that `fetch` would not let pass. */
export function send(
  { port }: RunningServer,
  path: string,
  headers: Readonly<Record<string, string>> = {},
  address = '127.0.0.1',
): Promise<Received> {
  return new Promise((resolve, reject) => {
    const sent = request({ host: address, port, path, headers: { 'User-Agent': 'test', ...headers } });
    sent.once('error', reject).once('response', (response) => {
      let body = '';
      response.setEncoding('utf8').on('data', (text: string) => {
        body += text;
      });
      response.once('end', () =>
        resolve({ status: response.statusCode ?? 0, body, headers: response.headers }),
      );
    });
    sent.end();
  });
}

/** Sends bytes as they are and gives all that comes back until the connection ends. */
export function sendRaw({ port }: RunningServer, text: string): Promise<string> {
  return new Promise((resolve) => {
    let received = '';
    const socket = connect(port, '127.0.0.1', () => socket.write(text));
    socket.setEncoding('utf8').on('data', (part: string) => {
      received += part;
    });
    socket.on('error', () => {}); // What has come before it counts.
    socket.once('close', () => resolve(received));
  });
}
