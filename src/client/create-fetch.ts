import type { WebRequest, WebRequestInit, WebResponse, WebUrl } from '../models/web-types.ts';
import { readCredentials } from './credentials.ts';
import type { TransportOptions } from './options.ts';
import { createTransport } from './transport.ts';

/** As the global `fetch`, for requests to the API alone. */
export type PluralKitFetch = (
  input: string | WebUrl | WebRequest,
  init?: WebRequestInit,
) => Promise<WebResponse>;

/**
 * The client's transport as a plain `fetch`, for other clients that take one: openapi-fetch, hey-api, ky, orval and more.
 * Token, user agent, pace, retries and timeout are the same as of `PluralKit`. Responses, including errors, are
 * returned unchanged once their body has arrived.
 *
 * Headers of a request take precedence over those of the options. Turn off the retries and timeouts of other clients, as they
 * would count the time for which a request waits for its turn.
 *
 * @example
 * const client = createClient<paths>({ baseUrl: 'https://api.pluralkit.me/v2', fetch: createFetch({ token, userAgent }) });
 * @returns a function that rejects with a TypeError where the URL is not below `baseUrl`, which would tell others the
 * token; with the signal's reason where it is aborted; and with NetworkError, TimeoutError or, for a redirect, ServerError
 * @throws TypeError where the user agent is missing, or an option can't be used
 */
export function createFetch(options: TransportOptions): PluralKitFetch {
  const transport = createTransport(options, readCredentials(options?.token));
  const base = new URL(transport.baseUrl);
  return async (input, init) => {
    const request = new Request(input, init);
    const { method, signal, headers } = request;
    const path = pathBelow(base, new URL(request.url));
    const body = (await request.text()) || undefined;
    try {
      return await transport.send({ method, path }, withBody, { signal }, body, Object.fromEntries(headers));
    } catch (error) {
      // Callers of a fetch expect the reason of their signal.
      throw signal.aborted ? signal.reason : error;
    }
  };
}

/** Waits for the whole body within the time of the call, and does not change the response. */
async function withBody(response: Response): Promise<Response> {
  await response.clone().arrayBuffer();
  return response;
}

/** @throws TypeError where the URL is not below the base */
function pathBelow(base: URL, { origin, pathname, search }: URL): string {
  const prefix = base.pathname.replace(/\/$/, '');
  if (origin !== base.origin || !pathname.startsWith(`${prefix}/`))
    throw new TypeError(`The URL must be below ${base.href}`);
  return pathname.slice(prefix.length) + search;
}
