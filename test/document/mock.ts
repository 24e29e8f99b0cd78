/**
 * Calls the mock as users of the generated client do, but for any operation of a document.
 */
import { isObject } from '../../scripts/lib/recordings.ts';
import type { Operation } from './contract.ts';

export interface MockRequest {
  readonly path: Readonly<Record<string, unknown>>;
  readonly query: Readonly<Record<string, unknown>>;
  /** Undefined sends none. */
  readonly body: unknown;
}

export interface MockResult {
  readonly response: Response;
  /** What openapi-fetch gives as `data` or `error`. */
  readonly body: unknown;
  /** What of the request or the response is against the document, in Prism's words. */
  readonly violations: string | null;
}

/** A request for an operation, made of the document's first examples. */
export function exampleRequest(operation: Operation): MockRequest {
  const examplesIn = (place: string) =>
    Object.fromEntries(
      operation.parameters
        .filter((parameter) => parameter.in === place && parameter.required)
        .map(({ name, example }) => [name, example]),
    );
  return { path: examplesIn('path'), query: examplesIn('query'), body: exampleBodies(operation)[0] };
}

/** The examples of the JSON that may be sent. */
export function exampleBodies(operation: Operation): unknown[] {
  return [...(operation.requestBodies.get('application/json')?.examples.values() ?? [])];
}

/**
 * @param client - made by `createClient` of either version
 * @param headers - `Prefer` and `Accept` choose Prism's response: `code=404, example=MemberNotFound`
 */
export async function callMock(
  client: object,
  { method, path: template }: Operation,
  { path, query, body }: MockRequest,
  headers: Readonly<Record<string, string>> = {},
): Promise<MockResult> {
  const request: unknown = Reflect.get(client, 'request');
  if (typeof request !== 'function') throw new TypeError('This is no client of openapi-fetch');
  const result: unknown = await request(method.toLowerCase(), template, {
    params: { path, query },
    ...(body !== undefined && { body }),
    headers,
  });
  if (!isObject(result) || !(result.response instanceof Response)) throw new TypeError('This is no result');
  const { response } = result;
  return {
    response,
    body: response.ok ? result.data : result.error,
    violations: response.headers.get('sl-violations'),
  };
}

/** Whether an operation can be called by nobody in particular. */
export function needsToken({ definition }: Operation, document: Readonly<Record<string, unknown>>): boolean {
  const security = definition.security ?? document.security;
  if (!Array.isArray(security) || security.length === 0) return false;
  return !security.some((requirement) => isObject(requirement) && Object.keys(requirement).length === 0);
}
