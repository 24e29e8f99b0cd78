import { unlessAborted } from '../abort.ts';
import type { SandboxRequest, SandboxResponse } from './messages.ts';
import { type RequestSource, targetIn } from './target.ts';

const localAddress = '127.0.0.1';
const encoder = new TextEncoder();

/** A `Request` as the sandbox sees it. */
export function fromWebRequest(request: Request, source: RequestSource): SandboxRequest {
  const { method, url, headers } = request;
  const { target = targetIn(url), address = localAddress } = source;
  const signal = source.target === undefined ? request.signal : undefined;
  return {
    ...{ method, url, target, address, signal, headers },
    async readBody(limit) {
      if (Number(headers.get('content-length') ?? 0) > limit) return null;
      const bytes = new Uint8Array(await unlessAborted(request.arrayBuffer(), signal));
      return bytes.byteLength > limit ? null : bytes;
    },
  };
}

/** @throws TypeError where no `Request` can have the method, such as TRACE */
export async function toWebRequest(request: SandboxRequest): Promise<Request> {
  const { method, url, signal } = request;
  const hasBody = method !== 'GET' && method !== 'HEAD';
  const headers = [...request.headers].map(([name, value]): [string, string] => [name, value]);
  const body = hasBody ? await request.readBody(Number.POSITIVE_INFINITY) : null;
  return new Request(url, { method, headers, body, ...(signal && { signal }) });
}

export function toWebResponse({ status, headers, body }: SandboxResponse): Response {
  // `Response` would add a content type for a text, but not for bytes.
  const isTyped = 'Content-Type' in headers || typeof body !== 'string';
  return new Response(isTyped ? (body ?? null) : encoder.encode(body), { status, headers });
}

export function fromWebResponse({ status, headers, body }: Response): SandboxResponse {
  return { status, headers: Object.fromEntries(headers), ...(body !== null && { body }) };
}
