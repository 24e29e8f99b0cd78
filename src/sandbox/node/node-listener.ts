import type { IncomingHttpHeaders, IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { getRequestListener, RequestError } from '@hono/node-server';
import type { RequestSource } from '../app.ts';
import { DroppedConnectionError } from '../faults.ts';
import { respond } from '../responses.ts';
import { readBody } from './body.ts';
import { refusalOf } from './guard.ts';

/** What answers the requests: a sandbox, or anything of the same form. */
export interface Answering {
  fetch(request: Request, source?: RequestSource): Promise<Response>;
}

export interface ListenerOptions {
  /**
   * How long each answer waits, in milliseconds.
   *
   * @default 0
   */
  readonly latency?: number;
  /** Told of each answer. */
  readonly onAnswer?: (answer: AnsweredRequest) => void;
  /**
   * Told of defects of the sandbox, which are answered 500.
   *
   * @default writes the error to the console
   */
  readonly onError?: (error: unknown) => void;
}

export interface AnsweredRequest {
  readonly method: string;
  /** Path and query as they came. */
  readonly target: string;
  readonly status: number;
  /** From the end of the request to the answer, in milliseconds. */
  readonly duration: number;
}

/** The part of an incoming message that is looked at. */
interface Incoming {
  readonly url?: string | undefined;
  readonly headers: IncomingHttpHeaders;
  readonly socket: { readonly remoteAddress?: string | undefined; destroy(): void };
}

/** Milliseconds for which the rest of a body that is too large is let pass. */
const patience = 1000;

/** Makes what answers the requests of a `http.Server`. */
export function toNodeListener(sandbox: Answering, options: ListenerOptions): RequestListener {
  const { latency = 0, onAnswer, onError = console.error } = options;

  async function answer(request: Request, incoming: Incoming): Promise<Response> {
    const start = performance.now();
    const source = sourceOf(incoming);
    if (latency > 0) await sleep(latency, undefined, { signal: request.signal });
    const response = refuse(incoming, source.target) ?? (await fetchOrBreak(request, source, incoming));
    const { status } = response;
    onAnswer?.({
      method: request.method,
      target: source.target,
      status,
      duration: performance.now() - start,
    });
    return response;
  }

  /** A fault that breaks the connection does so. */
  async function fetchOrBreak(
    request: Request,
    source: RequestSource,
    { socket }: Incoming,
  ): Promise<Response> {
    try {
      return await sandbox.fetch(request, source);
    } catch (error) {
      if (error instanceof DroppedConnectionError) socket.destroy();
      throw error;
    }
  }

  function answerError(error: unknown): Response | undefined {
    if (error instanceof RequestError) return new Response(null, { status: 400 });
    if (error instanceof DroppedConnectionError) return undefined;
    if (error instanceof Error && error.name === 'AbortError') return undefined; // The caller has hung up.
    onError(error);
    return errorResponse(500, '500: Internal Server Error');
  }

  const answerRead = getRequestListener((request, { incoming }) => answer(request, incoming), {
    // Who listens within a program of their own keeps that program's Request and Response.
    overrideGlobalObjects: false,
    errorHandler: answerError,
  });
  return async (incoming, outgoing) => {
    const body = await readBody(incoming).catch(() => undefined);
    if (body === undefined) return; // The caller has hung up.
    if (body === null) {
      await refuseBody(incoming, outgoing);
      return;
    }
    // Where the adapter looks for a body that has been read.
    await answerRead(Object.assign(incoming, { rawBody: body }), outgoing);
  };
}

function sourceOf({ url = '/', socket }: Incoming): Required<RequestSource> {
  // Clients that believe to talk to a proxy send a whole address.
  const target = url.startsWith('/') ? url : url.replace(/^[a-z]+:\/\/[^/]*/i, '');
  return { target, address: socket.remoteAddress ?? '' };
}

function refuse({ headers, socket }: Incoming, target: string): Response | undefined {
  const { host, origin } = headers;
  const reason = refusalOf({
    path: target.replace(/[?#].*/s, ''),
    address: socket.remoteAddress,
    host,
    origin,
  });
  // Without the headers that open an answer to every page.
  return reason === undefined ? undefined : Response.json({ message: reason, code: 0 }, { status: 403 });
}

/** The rest of the body goes by unread, for a while: a caller that could not go on sending might miss the answer. */
async function refuseBody(incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
  const timer = setTimeout(() => incoming.destroy(), patience);
  incoming.once('close', () => clearTimeout(timer)).resume();
  const response = errorResponse(413, '413: Payload Too Large');
  outgoing.writeHead(response.status, Object.fromEntries(response.headers));
  outgoing.end(await response.text());
}

function errorResponse(status: number, message: string): Response {
  return respond({ status, type: 'application/json', body: JSON.stringify({ message, code: 0 }) });
}
