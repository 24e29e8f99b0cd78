import type { StablePaths } from '../../generated/v2/client.ts';
import { isObject } from '../models/is-object.ts';
import type { HeaderFields, PathsClient } from '../models/paths-client.ts';
import { parseSnowflake, refuseNumber } from '../models/snowflake.ts';
import { check } from './check.ts';
import { readCredentials } from './credentials.ts';
import { type FailedRequest, ServerError } from './errors.ts';
import { parseJson } from './json.ts';
import type { CallOptions, TransportOptions } from './options.ts';
import { redactBody } from './redact.ts';
import { createTransport, type Transport, type TurnListener } from './transport.ts';

const CALL_OPTIONS = ['signal', 'timeout', 'totalTimeout', 'retry', 'onTurn'];

/** The document's paths by method, in the manner of openapi-fetch. */
export type LowLevelClient<Paths extends object = StablePaths> = PathsClient<Paths, CallOptions>;

/** What one request is made of. */
export interface RequestParts extends CallOptions, TurnListener {
  readonly params?: {
    readonly path?: Readonly<Record<string, unknown>>;
    readonly query?: Readonly<Record<string, unknown>>;
  };
  readonly body?: unknown;
  readonly headers?: HeaderFields | undefined;
}

/** The response of the low level: `data` where it is a success, which 204 has not, else `error`. */
export interface Answer {
  readonly data?: unknown;
  readonly error?: unknown;
  readonly response: Response;
}

/**
 * The low level alone: calls by path, typed by the document and in the manner of openapi-fetch. Token, user agent, pace, retries
 * and timeout are the same as of {@link PluralKit}.
 *
 * A call takes `params`, `body`, `headers`, `signal`, `timeout`, `totalTimeout` and `retry`, and nothing else. It gives `{ data, response }` or
 * `{ error, response }`, and throws only where there is no response, or none of the API.
 *
 * Operations that may change without notice have types apart, and their base is the server's root:
 * `createClient<UnstablePaths>({ baseUrl: 'https://api.pluralkit.me', token, userAgent })`.
 *
 * @example
 * const client = createClient({ userAgent: 'my-bot/1.0 (me@example.com)' });
 * const { data, error } = await client.GET('/systems/{systemRef}', { params: { path: { systemRef: 'exmpl' } } });
 * @throws TypeError where the user agent is missing, or an option can't be used
 */
export function createClient<Paths extends object = StablePaths>(
  options: TransportOptions,
): LowLevelClient<Paths> {
  return clientOver(createTransport(options, readCredentials(options?.token)));
}

/** The low level over a transport that is shared with others. */
export function clientOver<Paths extends object = StablePaths>(transport: Transport): LowLevelClient<Paths> {
  const methods = ['GET', 'POST', 'PATCH', 'DELETE'].map((method) => [
    method,
    (path: string, parts?: RequestParts) => request(transport, method, path, parts),
  ]);
  // The types are made from the document for each path.
  return Object.fromEntries(methods) as LowLevelClient<Paths>;
}

/**
 * Makes a request of its parts, and reads the response.
 *
 * @throws TypeError where a parameter is missing or can't stand in a URL, or an option is unknown
 */
export async function request(
  transport: Transport,
  method: string,
  template: string,
  { params = {}, body, headers, ...options }: RequestParts = {},
): Promise<Answer> {
  for (const name in options)
    if (!CALL_OPTIONS.includes(name)) throw new TypeError(`Calls have no option ${name}`);
  const path = template.replace(/\{(\w+)\}/g, (_, name: string) => pathText(name, params.path?.[name]));
  const call = {
    ...options,
    method,
    path: path + queryText(params.query),
    body: JSON.stringify(body),
    headers: headers && Object.fromEntries(new Headers(headers as HeadersInit)),
  };
  return transport.send(call, async (response) => {
    const text = await response.text();
    if (!response.ok) return { error: parseJson(redactBody(text, transport.redact)), response };
    const { status } = response;
    if (status === 204) return { data: undefined, response };
    const data = parseJson(text);
    if (!isObject(data) && !Array.isArray(data)) throw noContent(call, status);
    return { data, response };
  });
}

/** The error of a success that is not of the API, such as the login page of a network: taken for one, it would say that there is nothing. */
export function noContent(request: FailedRequest, status: number): ServerError {
  return new ServerError('The response is not one of the API', { request, status });
}

/** `@me` is easier to read in logs as it is. An empty value, or one of dots, would name another path. */
function pathText(name: string, value: unknown): string {
  refuseNumber(value);
  const text = typeof value === 'object' ? '' : String(value ?? '');
  check(!/^\.{0,2}$/.test(text), `The path needs its parameter ${name}`);
  return encodeURIComponent(text).replace('%40', '@');
}

function queryText(query: Readonly<Record<string, unknown>> = {}): string {
  const given = Object.entries(query).filter(([, value]) => value != null);
  if (given.length === 0) return '';
  return `?${new URLSearchParams(given.map(([name, value]) => [name, queryValue(name, value)]))}`;
}

function queryValue(name: string, value: unknown): string {
  if (!name.endsWith('_id')) return String(value);
  refuseNumber(value);
  return parseSnowflake(String(value));
}
