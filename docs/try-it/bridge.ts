/**
 * Lets the console's page talk to a sandbox in a worker in place of a server: `fetch` leaves the page only where a server is
 * chosen.
 */
import type { SentRequest, SentResponse } from './messages.ts';
import { type Server, TargetChoice } from './target.ts';

const worker = new Worker(new URL('./worker.js', location.href), { type: 'module' });
const waiting = new Map<number, (response: SentResponse) => void>();
const loadFile = globalThis.fetch;
const folder = new URL('./', location.href).href;
const target = new TargetChoice();
if (document.body.dataset.origin !== undefined) document.querySelector('nav')?.append(target.content);
let lastId = 0;

worker.addEventListener('message', ({ data }: MessageEvent<SentResponse>) => {
  waiting.get(data.id)?.(data);
  waiting.delete(data.id);
});

globalThis.fetch = async (input, init) => {
  const request = new Request(input, init);
  const { pathname, search } = new URL(request.url);
  if (pathname === '/_sandbox/console/operations.json') return loadFile('./operations.json');
  const isOfSandbox = /^\/(?:_sandbox|v\d)\//.test(pathname);
  if (!isOfSandbox && request.url.startsWith(folder)) return loadFile(request);
  const server = pathname.startsWith('/_sandbox/') ? undefined : target.server;
  if (server !== undefined) return sendTo(server, request, `${pathname}${search}`);
  const body = await request.text();
  return responseOf(
    await send({
      url: request.url,
      method: request.method,
      headers: [...request.headers, ['user-agent', navigator.userAgent]],
      body: body === '' ? null : body,
    }),
  );
};

/** Thrown in place of a request that the page does not send. */
class NotSentError extends Error {
  override readonly name = 'NotSentError';
}

/** The tokens of the sandbox in this page are not valid on a server. */
async function sendTo(server: Server, request: Request, path: string): Promise<Response> {
  if (request.method !== 'GET' && !server.allowsChanges) {
    throw new NotSentError(
      `Nothing was sent: choose “Send requests that change data, too” to change data at ${server.origin}.`,
    );
  }
  const headers = new Headers(request.headers);
  headers.delete('Authorization');
  if (server.authorization !== '') headers.set('Authorization', server.authorization);
  const body = await request.text();
  return loadFile(`${server.origin}${path}`, {
    method: request.method,
    headers,
    body: body === '' ? null : body,
    credentials: 'omit',
    cache: 'no-store',
    referrerPolicy: 'no-referrer',
  });
}

function send(request: Omit<SentRequest, 'id'>): Promise<SentResponse> {
  lastId += 1;
  const id = lastId;
  return new Promise((resolve) => {
    waiting.set(id, resolve);
    worker.postMessage({ id, ...request });
  });
}

function responseOf(sent: SentResponse): Response {
  if ('error' in sent) throw new TypeError(sent.error);
  const hasBody = ![204, 304].includes(sent.status);
  return new Response(hasBody ? sent.body : null, {
    status: sent.status,
    headers: sent.headers.map(([name, value]): [string, string] => [name, value]),
  });
}

// Links to the sandbox's own addresses do not exist on the host.
document.addEventListener('click', async (event) => {
  const link = event.target instanceof Element ? event.target.closest('a[href^="/_sandbox/"]') : null;
  if (!(link instanceof HTMLAnchorElement)) return;
  event.preventDefault();
  const address = URL.createObjectURL(await (await fetch(link.href)).blob());
  const download = document.createElement('a');
  download.href = address;
  download.download = link.download || 'world.json';
  download.click();
  URL.revokeObjectURL(address);
});
