import type { ServerResponse } from 'node:http';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { SandboxResponse } from '../http/messages.ts';

/** Statuses whose responses have no length either. */
const statusesWithoutLength: ReadonlySet<number> = new Set([204, 304]);

/** Sends a response; of a stream, until it ends or the caller hangs up. */
export async function send(
  outgoing: ServerResponse,
  { status, headers, body }: SandboxResponse,
): Promise<void> {
  if (body instanceof ReadableStream) {
    outgoing.writeHead(status, headers);
    await pipeline(Readable.from(body), outgoing);
    return;
  }
  if (statusesWithoutLength.has(status) || outgoing.req.method === 'HEAD') {
    outgoing.writeHead(status, headers).end();
    return;
  }
  const length = typeof body === 'string' ? Buffer.byteLength(body) : (body?.byteLength ?? 0);
  outgoing.writeHead(status, { ...headers, 'Content-Length': length }).end(body);
}
