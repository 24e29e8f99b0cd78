import type { WebRequest, WebResponse } from '../../models/web-types.ts';
import type { Handle, SandboxRequest, SandboxResponse } from './messages.ts';
import type { RequestSource } from './target.ts';
import { fromWebRequest, fromWebResponse, toWebRequest, toWebResponse } from './web.ts';

/** The source of a server's responses: a sandbox, or an object of the same form. */
export interface Responder {
  fetch(request: WebRequest, source?: RequestSource): Promise<WebResponse>;
}

/** The functions behind each `fetch`. */
const handles = new WeakMap<Responder['fetch'], Handle>();

/** No `Request` can have these. */
const unknownToRequest = /^(CONNECT|TRACE|TRACK)$/i;

/** Attaches the function to `fetch`, for servers that avoid `Request` and `Response`. */
export function register<Fetch extends Responder['fetch']>(fetch: Fetch, handle: Handle): Fetch {
  handles.set(fetch, handle);
  return fetch;
}

/** Makes a `fetch` from a function that takes records. */
export function toResponder(handle: Handle): Responder {
  const fetch: Responder['fetch'] = async (request, source = {}) =>
    toWebResponse(await handle(fromWebRequest(request, source)));
  return { fetch: register(fetch, handle) };
}

/** The function behind a `fetch`; otherwise one that calls it. */
export function handleOf(responder: Responder): Handle {
  return handles.get(responder.fetch) ?? ((request) => callFetch(responder, request));
}

async function callFetch(responder: Responder, request: SandboxRequest): Promise<SandboxResponse> {
  if (unknownToRequest.test(request.method)) return { status: 405, headers: {} };
  const { target, address } = request;
  return fromWebResponse(await responder.fetch(await toWebRequest(request), { target, address }));
}
