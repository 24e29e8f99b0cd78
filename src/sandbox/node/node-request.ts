import type { IncomingHttpHeaders, IncomingMessage } from 'node:http';
import type { RequestHeaders, SandboxRequest } from '../http/messages.ts';
import type { Bytes } from '../operations/reply.ts';

/** Headers as Node.js has parsed them: of some, such as `Authorization`, the first of several counts. */
class NodeHeaders implements RequestHeaders {
  readonly #headers: IncomingHttpHeaders;

  constructor(headers: IncomingHttpHeaders) {
    this.#headers = headers;
  }

  get(name: string): string | null {
    const value = this.#headers[name];
    return typeof value === 'string' ? value : (value?.join(', ') ?? null);
  }

  *[Symbol.iterator](): Iterator<readonly [name: string, value: string]> {
    for (const name of Object.keys(this.#headers)) yield [name, this.get(name) ?? ''];
  }
}

/** The head of a request, before its body is read. */
export interface RequestHead {
  readonly method: string;
  /** Path and query as they came. */
  readonly target: string;
  readonly address: string;
}

export function headOf({ method = 'GET', url = '/', socket }: IncomingMessage): RequestHead {
  // Clients that are configured for a proxy send a whole URL.
  const target = url.startsWith('/') ? url : url.replace(/^[a-z]+:\/\/[^/]*/i, '');
  return { method, target, address: socket.remoteAddress ?? '' };
}

/** @param body - as it was read */
export function toSandboxRequest(
  { headers }: IncomingMessage,
  { method, target, address }: RequestHead,
  body: Bytes,
): SandboxRequest {
  return {
    ...{ method, target, address },
    url: `http://${headers.host ?? 'localhost'}${target}`,
    signal: undefined,
    headers: new NodeHeaders(headers),
    readBody: (limit) => (body.byteLength > limit ? null : body),
  };
}
