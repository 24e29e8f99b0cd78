import { assertHandler } from './assert-handler.ts';
import type { WebhookHandler } from './handler.ts';
import { errorResponse, logError } from './response.ts';

/**
 * The part of `http.IncomingMessage` that is needed; `body` is there where a framework or a platform has parsed it.
 * On platforms for functions, requests may have a body instead of a stream.
 */
interface NodeRequest extends Partial<AsyncIterable<Uint8Array>> {
  readonly method?: string | undefined;
  readonly readableEnded?: boolean;
  readonly body?: unknown;
}

/** The part of `http.ServerResponse` that is needed. */
interface NodeResponse {
  readonly headersSent?: boolean;
  writeHead(status: number, headers: Record<string, string>): unknown;
  end(content?: Uint8Array): unknown;
}

/** The part of Fastify's request that is needed. */
interface FastifyRequest {
  readonly raw: NodeRequest;
  readonly body?: unknown;
}

/** The part of Fastify's reply that is needed. */
interface FastifyReply {
  readonly raw: NodeResponse;
  hijack(): unknown;
}

/** A handler with the signatures of Node's http, Express and Fastify. It never rejects. */
export type NodeWebhookHandler = (
  request: NodeRequest | FastifyRequest,
  response: NodeResponse | FastifyReply,
) => Promise<void>;

/**
 * Makes a handler for Node's http, Express and Fastify, whether or not they have parsed the body:
 * `http.createServer(toNodeHandler(handle))`, or `app.post('/pluralkit', toNodeHandler(handle))`.
 *
 * @param handle - from `createWebhookHandler`; should it reject, the error is logged and the response is 500
 */
export function toNodeHandler(handle: WebhookHandler): NodeWebhookHandler {
  assertHandler(handle);
  return async (request, response) => {
    const out = 'hijack' in response ? response.raw : response;
    try {
      if ('hijack' in response) response.hijack();
      const message = 'raw' in request ? request.raw : request;
      // Before a request is made, as `Request` throws at methods such as TRACE.
      if (message.method !== 'POST') await send(out, errorResponse(405));
      else await send(out, await handle(toWebRequest(message, request.body)));
    } catch (error) {
      // Nothing handles a rejection of this promise.
      logError(error);
      if (!out.headersSent) await send(out, errorResponse(500)).catch(logError);
    }
  };
}

async function send(out: NodeResponse, response: Response): Promise<void> {
  const content = new Uint8Array(await response.arrayBuffer());
  if (out.headersSent) throw new TypeError('The response was sent before the webhook handler could respond');
  out.writeHead(response.status, Object.fromEntries(response.headers));
  out.end(content);
}

function toWebRequest(message: NodeRequest, parsed: unknown): Request {
  // The address is not used.
  const url = 'http://localhost/';
  const chunks = message.readableEnded ? undefined : message[Symbol.asyncIterator]?.();
  if (!chunks) return new Request(url, { method: 'POST', body: toBody(parsed) });
  const init: RequestInit & { duplex: 'half' } = { method: 'POST', body: toStream(chunks), duplex: 'half' };
  return new Request(url, init);
}

/** The body as text again, after a framework has parsed it. */
function toBody(parsed: unknown): string | Uint8Array<ArrayBuffer> {
  if (parsed instanceof Uint8Array) return new Uint8Array(parsed);
  if (typeof parsed === 'string') return parsed;
  try {
    return JSON.stringify(parsed) ?? '';
  } catch (error) {
    // Nested too deeply: the sender's fault, and no event. Other errors are the framework's.
    if (error instanceof RangeError) return '';
    throw error;
  }
}

function toStream(chunks: AsyncIterator<Uint8Array>): ReadableStream<Uint8Array> {
  return new ReadableStream({
    async pull(controller) {
      const { done, value } = await chunks.next();
      if (done) controller.close();
      else controller.enqueue(value);
    },
    // Ending the iterator would close the connection before the sender reads the response, so read on.
    async cancel() {
      let read = await chunks.next();
      while (!read.done) read = await chunks.next();
    },
  });
}
