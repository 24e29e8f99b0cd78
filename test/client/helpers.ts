import type { PluralKitOptions } from '../../src/client/options.ts';
import { PluralKit } from '../../src/client/pluralkit.ts';

export const userAgent = 'tests/1.0 (tests@example.com)';
/** Of the length and the letters of a real one. */
export const token = 'tOkEn0123456789tOkEn0123456789tOkEn0123456789tOkEn0123456789abcd';

export interface SentRequest {
  readonly method: string;
  readonly url: string;
  /** From the base path on, with the query. */
  readonly path: string;
  readonly headers: Headers;
  readonly body: unknown;
  readonly signal: AbortSignal | null | undefined;
}

type Sent = Response | Promise<Response>;

/** A `fetch` that keeps what it is asked for, and responds by a function. */
export function fakeFetch(respond: (request: SentRequest, index: number) => Sent = () => json({})) {
  const requests: SentRequest[] = [];
  const fetch = async (
    url: string,
    { method = 'GET', headers, body, signal }: RequestInit,
  ): Promise<Response> => {
    const request: SentRequest = {
      method,
      url,
      path: url.replace(/^https?:\/\/[^/]+\/v2/, ''),
      headers: new Headers(headers),
      body: typeof body === 'string' ? JSON.parse(body) : undefined,
      signal,
    };
    requests.push(request);
    return respond(request, requests.length - 1);
  };
  return { fetch, requests };
}

/** A client whose requests are served by a function, without limits. */
export function fakeClient(
  respond?: (request: SentRequest, index: number) => Sent,
  options: Partial<PluralKitOptions> = {},
) {
  const { fetch, requests } = fakeFetch(respond);
  const limiter = { acquire: async () => () => undefined };
  return { pk: new PluralKit({ userAgent, fetch, limiter, ...options }), requests };
}

export function json(body: unknown, status = 200, headers: HeadersInit = {}): Response {
  return new Response(JSON.stringify(body), {
    status,
    headers: { 'Content-Type': 'application/json', ...Object.fromEntries(new Headers(headers)) },
  });
}

/** Responds only when the signal ends the request, as a server that hangs. */
export function hang({ signal }: SentRequest): Promise<Response> {
  return new Promise((_, reject) => {
    signal?.addEventListener('abort', () => reject(signal.reason));
  });
}

/** What a promise is rejected with. */
export async function rejection(promise: Promise<unknown>): Promise<unknown> {
  try {
    await promise;
  } catch (error) {
    return error;
  }
  throw new Error('It was not rejected');
}

/** A 429 of the server, as the caller reads it. */
export const tooManyRequests = (retryAfter: number) =>
  json({ message: '429: too many requests', retry_after: retryAfter, scope: 'generic_get', code: 0 }, 429, {
    'X-RateLimit-Scope': 'generic_get',
    'X-RateLimit-Limit': '10',
    'X-RateLimit-Remaining': '0',
    'X-RateLimit-Reset': '1790000000',
  });

/** Responses in turn, and then always as the last one. */
export function inTurn(...responses: (() => Response | Promise<Response>)[]) {
  return (_: unknown, index: number) => (responses[index] ?? responses.at(-1) ?? (() => json({})))();
}

/** A request that fails on the network, with a code of Node.js. */
export const broken = (code: string) =>
  Promise.reject(new TypeError('fetch failed', { cause: Object.assign(new Error(code), { code }) }));
