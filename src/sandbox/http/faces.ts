import type { WebRequest, WebResponse } from '../../models/web-types.ts';
import type { Handle, SandboxRequest, SandboxResponse } from './messages.ts';
import type { RequestSource } from './target.ts';
import { fromWebRequest, fromWebResponse, toWebRequest, toWebResponse } from './web.ts';

/** The source of a server's responses: a sandbox, or an object of the same form. */
export interface Answering {
  fetch(request: WebRequest, source?: RequestSource): Promise<WebResponse>;
}

/** The functions behind each `fetch`. */
const handles = new WeakMap<Answering['fetch'], Handle>();

/** No `Request` can have these. */
const unknownToRequest = /^(CONNECT|TRACE|TRACK)$/i;

/** Attaches the function to `fetch`, for servers that avoid `Request` and `Response`. */
export function register<Fetch extends Answering['fetch']>(fetch: Fetch, handle: Handle): Fetch {
  handles.set(fetch, handle);
  return fetch;
}

/** Makes a `fetch` from a function that takes records. */
export function toAnswering(handle: Handle): Answering {
  const fetch: Answering['fetch'] = async (request, source = {}) =>
    toWebResponse(await handle(fromWebRequest(request, source)));
  return { fetch: register(fetch, handle) };
}

/** The function behind a `fetch`; otherwise one that calls it. */
export function handleOf(answering: Answering): Handle {
  return handles.get(answering.fetch) ?? ((request) => callFetch(answering, request));
}

async function callFetch(answering: Answering, request: SandboxRequest): Promise<SandboxResponse> {
  if (unknownToRequest.test(request.method)) return { status: 405, headers: {} };
  const { target, address } = request;
  return fromWebResponse(await answering.fetch(await toWebRequest(request), { target, address }));
}
