import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { getRequestListener, RequestError } from '@hono/node-server';
import type { WebRequest, WebResponse } from '../../models/web-types.ts';
import { controlHeaders } from '../admin/control-headers.ts';
import { isConsolePath } from '../console/console-path.ts';
import { DroppedConnectionError } from '../faults/fault-list.ts';
import { replyToError, respond } from '../gateway/responses.ts';
import type { RequestSource } from '../gateway/target.ts';
import { payloadTooLarge } from '../operations/errors.ts';
import { readBody } from './body.ts';
import { isApiPath, problemOf } from './guard.ts';

/** What answers the requests: a sandbox, or anything of the same form. */
export interface Answering {
  fetch(request: WebRequest, source?: RequestSource): Promise<WebResponse>;
}

export interface ListenerOptions {
  /**
   * How long each answer of the API waits, in milliseconds.
   *
   * @default 0
   */
  readonly latency?: number;
  /**
   * Replaces this process's `Request` and `Response` by quicker ones; for programs that do nothing else.
   *
   * @default false
   */
  readonly replaceGlobals?: boolean;
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
  /** From the request to the answer, in milliseconds. */
  readonly duration: number;
}

/** The part of an incoming message that is looked at. */
interface Incoming {
  readonly method?: string | undefined;
  readonly url?: string | undefined;
  readonly socket: { readonly remoteAddress?: string | undefined; destroy(): void };
}

/** Bytes of a body that the API takes. */
const largestApiBody = 1_000_000;
/** Bytes of a body elsewhere, which may be a whole world. */
const largestBody = 100_000_000;

/** How much of a body that is refused is let pass, in milliseconds and bytes. */
const patience = { time: 10_000, size: 50_000_000 };

/** Makes what answers the requests of a `http.Server`. */
export function toNodeListener(sandbox: Answering, options: ListenerOptions): RequestListener {
  const { latency = 0, replaceGlobals = false, onAnswer, onError = console.error } = options;

  async function answer(request: Request, incoming: Incoming): Promise<Response> {
    const source = sourceOf(incoming);
    const waits = latency > 0 && !isConsolePath(pathOf(source));
    if (waits) await sleep(latency, undefined, { signal: request.signal });
    try {
      return await sandbox.fetch(request, source);
    } catch (error) {
      if (error instanceof DroppedConnectionError) incoming.socket.destroy();
      throw error;
    }
  }

  function answerError(error: unknown): Response | undefined {
    if (error instanceof RequestError) return new Response(null, { status: 400 });
    if (error instanceof DroppedConnectionError) return undefined;
    if (error instanceof Error && error.name === 'AbortError') return undefined; // The caller has hung up.
    onError(error);
    const body = JSON.stringify({ message: '500: Internal Server Error', code: 0 });
    return respond({ status: 500, type: 'application/json', body });
  }

  const answerRead = getRequestListener((request, { incoming }) => answer(request, incoming), {
    overrideGlobalObjects: replaceGlobals,
    errorHandler: answerError,
  });

  return async (incoming, outgoing) => {
    const source = sourceOf(incoming);
    const { target, address } = source;
    if (onAnswer) reportAnswer(target, incoming, outgoing, onAnswer);
    const path = pathOf(source);
    const { host, origin } = incoming.headers;
    const problem = isApiPath(path) ? undefined : await problemOf({ path, address, host, origin });
    if (problem !== undefined) return refuse(incoming, outgoing, forbid(problem));
    const limit = isApiPath(path) ? largestApiBody : largestBody;
    const body = await readBody(incoming, limit).catch(() => undefined);
    if (body === undefined) return; // The caller has hung up.
    if (body === null) return refuse(incoming, outgoing, respond(replyToError(payloadTooLarge())));
    // Where the adapter looks for a body that has been read.
    await answerRead(Object.assign(incoming, { rawBody: body }), outgoing);
  };
}

function sourceOf({ url = '/', socket }: Incoming): Required<RequestSource> {
  // Clients that believe to talk to a proxy send a whole address.
  const target = url.startsWith('/') ? url : url.replace(/^[a-z]+:\/\/[^/]*/i, '');
  return { target, address: socket.remoteAddress ?? '' };
}

function pathOf({ target }: Required<RequestSource>): string {
  return target.replace(/[?#].*/s, '');
}

function reportAnswer(
  target: string,
  { method = '' }: Incoming,
  outgoing: ServerResponse,
  onAnswer: (answer: AnsweredRequest) => void,
): void {
  const start = performance.now();
  outgoing.once('finish', () => {
    onAnswer({ method, target, status: outgoing.statusCode, duration: performance.now() - start });
  });
}

/** Without the headers that open answers to pages of every site. */
function forbid(message: string): Response {
  return Response.json({ message, code: 0 }, { status: 403, headers: controlHeaders });
}

/** Answers without the body, which goes by unread: a caller that cannot go on sending may miss the answer. */
async function refuse(
  incoming: IncomingMessage,
  outgoing: ServerResponse,
  response: Response,
): Promise<void> {
  let left = patience.size;
  incoming.on('data', (chunk: Uint8Array) => {
    left -= chunk.byteLength;
    if (left < 0) incoming.destroy();
  });
  const timer = setTimeout(() => incoming.destroy(), patience.time);
  incoming.once('close', () => clearTimeout(timer));
  outgoing.writeHead(response.status, Object.fromEntries(response.headers));
  outgoing.end(await response.text());
}
