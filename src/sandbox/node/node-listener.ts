import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { controlHeaders } from '../admin/control-headers.ts';
import { isConsolePath } from '../console/console-path.ts';
import { DroppedConnectionError } from '../faults/fault-list.ts';
import { replyToError, responseTo } from '../gateway/responses.ts';
import { handleOf, type Responder } from '../http/faces.ts';
import type { SandboxResponse } from '../http/messages.ts';
import { pathIn } from '../http/target.ts';
import { payloadTooLarge } from '../operations/errors.ts';
import type { Reply } from '../operations/reply.ts';
import { largestBody as largestApiBody } from '../operations/run-operation.ts';
import { readBody } from './body.ts';
import { isApiPath, problemOf } from './guard.ts';
import { headOf, type RequestHead, toSandboxRequest } from './node-request.ts';
import { send } from './send.ts';

export interface ListenerOptions {
  /**
   * Delay of each response of the API, in milliseconds.
   *
   * @default 0
   */
  readonly latency?: number;
  /** Called for each response. What it throws is passed to `onError`. */
  readonly onResponse?: (request: ServedRequest) => void;
  /**
   * Called with errors that are defects of the sandbox, which get 500, and with those of `onResponse`. What it throws itself
   * is written to the console.
   *
   * @default writes the error to the console
   */
  readonly onError?: (error: unknown) => void;
}

export interface ServedRequest {
  readonly method: string;
  /** Path and query as they came. */
  readonly target: string;
  readonly status: number;
  /** From the request to the response, in milliseconds. */
  readonly duration: number;
}

/** Bytes of a body elsewhere than for the API: it may be a whole world. */
const largestBody = 100_000_000;

/** How much of a rejected body is read and discarded, in milliseconds and bytes. */
const patience = { time: 10_000, size: 50_000_000 };

const defect: Reply = {
  status: 500,
  type: 'application/json',
  body: JSON.stringify({ message: '500: Internal Server Error', code: 0 }),
};

/** Makes the request listener of an `http.Server`. */
export function toNodeListener(sandbox: Responder, options: ListenerOptions): RequestListener {
  const { latency = 0, onResponse, onError = console.error } = options;
  const handle = handleOf(sandbox);
  const report = (error: unknown) => notify(() => onError(error), console.error);

  async function respond(
    incoming: IncomingMessage,
    outgoing: ServerResponse,
    head: RequestHead,
  ): Promise<void> {
    const path = pathIn(head.target);
    const { host = '', origin } = incoming.headers;
    const isApi = isApiPath(path);
    const problem = isApi ? undefined : await problemOf({ path, address: head.address, host, origin });
    if (problem !== undefined) return reject(incoming, outgoing, forbid(problem));
    if (!isHost(host)) return send(outgoing, { status: 400, headers: {} });
    const body = await readBody(incoming, isApi ? largestApiBody : largestBody);
    if (body === null) return reject(incoming, outgoing, responseTo(replyToError(payloadTooLarge())));
    if (latency > 0 && !isConsolePath(path)) await sleepUnlessClosed(latency, outgoing);
    await send(outgoing, await handle(toSandboxRequest(incoming, head, body)));
  }

  return (incoming, outgoing) => {
    const head = headOf(incoming);
    if (onResponse) reportResponse(head, outgoing, (request) => notify(() => onResponse(request), report));
    respond(incoming, outgoing, head).catch((error: unknown) => {
      // A caller that hangs up needs no response.
      if (outgoing.destroyed || incoming.socket.destroyed) return;
      if (!(error instanceof DroppedConnectionError)) void report(error);
      if (error instanceof DroppedConnectionError || outgoing.headersSent) incoming.socket.destroy();
      else void send(outgoing, responseTo(defect));
    });
  };
}

/** Calls a function of the caller's, whose failure must not end the process. */
async function notify(call: () => unknown, onFailure: (error: unknown) => void): Promise<void> {
  try {
    await call();
  } catch (error) {
    onFailure(error);
  }
}

/** Matches the authority of a URL, without a user. Nearly all have the first form; `127.0.0.999` and the port 99999 are in none. */
function isHost(host: string): boolean {
  if (/^(127\.0\.0\.1|localhost)(:\d{1,4})?$/i.test(host)) return true;
  return !/[/?#@\\\s]/.test(host) && URL.canParse(`http://${host}/`);
}

/** @throws AbortError where the caller hangs up */
async function sleepUnlessClosed(milliseconds: number, outgoing: ServerResponse): Promise<void> {
  const hungUp = new AbortController();
  const abort = () => hungUp.abort();
  outgoing.once('close', abort);
  await sleep(milliseconds, undefined, { signal: hungUp.signal });
  outgoing.off('close', abort);
}

function reportResponse(
  { method, target }: RequestHead,
  outgoing: ServerResponse,
  onResponse: (request: ServedRequest) => void,
): void {
  const start = performance.now();
  outgoing.once('finish', () => {
    onResponse({ method, target, status: outgoing.statusCode, duration: performance.now() - start });
  });
}

/** Without the headers that let pages of every site read a response. */
function forbid(message: string): SandboxResponse {
  const headers = { ...controlHeaders, 'Content-Type': 'application/json' };
  return { status: 403, headers, body: JSON.stringify({ message, code: 0 }) };
}

/** Responds without reading the request body: a caller that cannot continue to send may miss the response. */
async function reject(
  incoming: IncomingMessage,
  outgoing: ServerResponse,
  response: SandboxResponse,
): Promise<void> {
  let left = patience.size;
  incoming.on('data', (chunk: Uint8Array) => {
    left -= chunk.byteLength;
    if (left < 0) incoming.destroy();
  });
  const timer = setTimeout(() => incoming.destroy(), patience.time);
  incoming.once('close', () => clearTimeout(timer));
  await send(outgoing, response);
}
