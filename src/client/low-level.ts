import type { StablePaths } from '../../generated/v2/client.ts';
import type { HeaderFields, PathsClient } from '../models/paths-client.ts';
import { parseSnowflake, rejectNumber } from '../models/snowflake.ts';
import { CALL_OPTIONS, checkNames } from './assert-options.ts';
import { check } from './check.ts';
import { readCredentials } from './credentials.ts';
import { type FailedRequest, ServerError } from './errors.ts';
import { parseJson } from './json.ts';
import type { CallOptions, TransportOptions } from './options.ts';
import { createTransport, type Transport, type TurnListener } from './transport.ts';

const PARTS = ['params', 'body', 'headers', ...CALL_OPTIONS];

/** The document's paths by method, in the manner of openapi-fetch. */
export type LowLevelClient<Paths extends object = StablePaths> = PathsClient<Paths, CallOptions>;

/** What one request is made of. */
export interface RequestParts extends CallOptions, TurnListener {
  readonly params?:
    | {
        readonly path?: Readonly<Record<string, unknown>>;
        readonly query?: Readonly<Record<string, unknown>>;
      }
    | undefined;
  readonly body?: unknown;
  readonly headers?: HeaderFields | undefined;
}

/** The response of the low level: `data` where it is a success, which 204 has not, else `error`. */
export interface CallResult {
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
    (template: string, parts?: RequestParts) => call(transport, method, template, parts),
  ]);
  // The types are made from the document for each path.
  return Object.fromEntries(methods) as LowLevelClient<Paths>;
}

/** @throws TypeError where a parameter is missing or can't stand in a URL, or an option is unknown */
export async function call(
  transport: Transport,
  method: string,
  template: string,
  given?: RequestParts | null,
): Promise<CallResult> {
  const parts = given ?? {};
  checkNames(parts, PARTS);
  // Plain JavaScript may omit it, and a path without a slash would be of another place.
  check(/^\//.test(template), 'The path must begin with a slash, such as /systems/{systemRef}');
  const { params = {}, body, headers } = parts;
  check(body || !/^P/.test(method), `${method} needs a request body`);
  const path = template.replace(/\{(\w+)\}/g, (_, name: string) => pathText(name, params.path?.[name]));
  const fields = headers && Object.fromEntries(new Headers(headers as HeadersInit));
  const request = { method, path: path + queryText(Object.entries(params.query ?? {})) };
  return send(transport, request, parts, body, fields);
}

/** Makes a request, and reads the response. */
export function send(
  transport: Transport,
  request: FailedRequest,
  options: CallOptions & TurnListener,
  body?: unknown,
  headers?: Readonly<Record<string, string>>,
): Promise<CallResult> {
  const read = async (response: Response) => {
    const text = await response.text();
    if (!response.ok) return { error: parseJson(transport.redact(text)), response };
    const { status } = response;
    const data = status === 204 ? undefined : parseJson(text);
    if (status !== 204 && Object(data) !== data) throw noContent(request, status);
    return { data, response };
  };
  return transport.send(request, read, options, JSON.stringify(body), headers);
}

/** The error of a success that is not of the API, such as the login page of a network: taken for one, it would say that there is nothing. */
export function noContent(request: FailedRequest, status: number): ServerError {
  return new ServerError('The response is not one of the API', { request, status });
}

/** `@me` is easier to read in logs as it is. An empty value, or one of dots, would name another path. */
function pathText(name: string, value: unknown): string {
  rejectNumber(value);
  const text = typeof value === 'object' ? '' : String(value ?? '');
  check(!/^\.{0,2}$/.test(text), `The path needs its parameter ${name}`);
  return encodeURIComponent(text).replace('%40', '@');
}

/** @param query - names and values; null and undefined count as omitted */
export function queryText(query: readonly (readonly [string, unknown])[]): string {
  const given = query.flatMap(([name, value]) => (value == null ? [] : [[name, queryValue(name, value)]]));
  return given.length > 0 ? `?${new URLSearchParams(given)}` : '';
}

function queryValue(name: string, value: unknown): string {
  if (!name.endsWith('_id')) return String(value);
  rejectNumber(value);
  return parseSnowflake(String(value));
}
