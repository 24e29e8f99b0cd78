import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { onTestFinished } from 'vitest';

export interface Receiver {
  readonly url: string;
  /** Bodies in the order they came in. */
  readonly received: unknown[];
}

/** Receives webhook events until the test ends. */
export async function receive(
  respond: (response: ServerResponse, request: IncomingMessage) => unknown = (response) => response.end('OK'),
): Promise<Receiver> {
  const received: unknown[] = [];
  const server = createServer((request, response) => {
    let body = '';
    request.setEncoding('utf8').on('data', (text: string) => {
      body += text;
    });
    request.once('end', () => {
      received.push(JSON.parse(body));
      respond(response, request);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const address = server.address();
  return { url: `http://127.0.0.1:${isAddress(address) ? address.port : 0}/hook`, received };
}

function isAddress(address: AddressInfo | string | null): address is AddressInfo {
  return typeof address === 'object' && address !== null;
}
