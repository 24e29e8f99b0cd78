import type { WebhookHandler } from './handler.ts';

/** The part of `http.IncomingMessage` that is needed; `body` is there where Express has parsed it. */
interface NodeRequest extends AsyncIterable<Uint8Array> {
  readonly method?: string | undefined;
  readonly readableEnded: boolean;
  readonly body?: unknown;
}

/** The part of `http.ServerResponse` that is needed. */
interface NodeResponse {
  writeHead(status: number, headers: Record<string, string>): unknown;
  end(text: string): unknown;
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

/** Takes what Node's http, Express and Fastify each call a handler with. */
export type NodeWebhookHandler = (
  request: NodeRequest | FastifyRequest,
  response: NodeResponse | FastifyReply,
) => Promise<void>;

/**
 * Makes a handler for Node's http, Express and Fastify, whether or not they have parsed the body:
 * `http.createServer(toNodeHandler(handle))`, or `app.post('/pluralkit', toNodeHandler(handle))`.
 *
 * @param handle - from `createWebhookHandler`
 */
export function toNodeHandler(handle: WebhookHandler): NodeWebhookHandler {
  return async (request, response) => {
    if ('hijack' in response) response.hijack();
    const message = 'raw' in request ? request.raw : request;
    const answer = await handle(toWebRequest(message, request.body));
    const out = 'hijack' in response ? response.raw : response;
    out.writeHead(answer.status, Object.fromEntries(answer.headers));
    out.end(await answer.text());
  };
}

function toWebRequest(message: NodeRequest, parsed: unknown): Request {
  const { method = 'GET' } = message;
  // Only the method and the body are looked at, so any address will do.
  const url = 'http://localhost/';
  if (method !== 'POST') return new Request(url, { method });
  if (message.readableEnded) return new Request(url, { method, body: toBody(parsed) });
  const init: RequestInit & { duplex: 'half' } = { method, body: toStream(message), duplex: 'half' };
  return new Request(url, init);
}

/** What a framework has made of the body, as it was before. */
function toBody(parsed: unknown): string | Uint8Array<ArrayBuffer> {
  if (parsed instanceof Uint8Array) return new Uint8Array(parsed);
  return typeof parsed === 'string' ? parsed : (JSON.stringify(parsed) ?? '');
}

function toStream(message: AsyncIterable<Uint8Array>): ReadableStream<Uint8Array> {
  const chunks = message[Symbol.asyncIterator]();
  return new ReadableStream({
    async pull(controller) {
      const { done, value } = await chunks.next();
      if (done) controller.close();
      else controller.enqueue(value);
    },
    // Ending the iterator would end the connection, and the sender would never read the answer: read on instead.
    async cancel() {
      let read = await chunks.next();
      while (!read.done) read = await chunks.next();
    },
  });
}
