import { type Methods, methods } from '../../generated/v2/methods.ts';
import type { ApiKey } from '../models/api-key.ts';
import { isObject } from '../models/is-object.ts';
import { type Credentials, hasScope } from './credentials.ts';
import { errorOf } from './error-of.ts';
import { learnOwners } from './learn-owners.ts';
import { noContent, type RequestParts, request } from './low-level.ts';
import type { CallOptions } from './options.ts';
import { retryAfterOf } from './rate-limit.ts';
import { exactReferences, readParameter } from './references.ts';
import type { Transport, TurnListener } from './transport.ts';
import type { View } from './view.ts';

/** Makes the methods that the document's operations are called by. */
export function createMethods<ClientView extends View>(
  transport: Transport,
  credentials: Credentials,
): Methods<ClientView> {
  const groups = Object.entries(methods).map(([group, entries]) => [
    group,
    Object.fromEntries(
      Object.entries(entries).map(([name, entry]) => {
        const method = invoker(transport, credentials, entry);
        return [
          name,
          name.startsWith('list') ? (...values: unknown[]) => iterable(method(...values)) : method,
        ];
      }),
    ),
  ]);
  // The generator writes the table and the types from the same operations.
  return Object.fromEntries(groups) as Methods<ClientView>;
}

/**
 * @param entry - as the table has it
 * @returns a method of the parameters of the path, the body where there is one, then query and options in one
 */
function invoker(transport: Transport, { key, token }: Credentials, entry: string) {
  const [method = '', template = '', scope = '', ...rest] = entry.split(' ');
  const references = rest.find((word) => word.includes('=')) ?? '';
  const mayBeEmpty = rest.includes('204');
  // Every other one is the name of a parameter.
  const parts = template.split(/[{}]/);
  return async (...values: unknown[]): Promise<unknown> => {
    const pathname = parts
      .map((part, index) => (index % 2 ? readParameter(part, values.shift()) : part))
      .join('');
    const body =
      method === 'GET' || method === 'DELETE' ? undefined : exactReferences(values.shift(), references);
    const { signal, timeout, totalTimeout, retry, onTurn, ...query } = (values.shift() ?? {}) as CallOptions &
      TurnListener &
      Record<string, unknown>;
    const call: RequestParts = { params: { query }, body, signal, timeout, totalTimeout, retry, onTurn };
    const { data, error, response } = await request(transport, method, pathname, call);
    const { status, ok, headers } = response;
    const failed = { method, path: pathname };
    if (!ok) {
      throw errorOf(
        failed,
        status,
        error,
        retryAfterOf(error, headers),
        missingScope(error, key, pathname, scope),
        hintOf(status, error, token, transport.baseUrl),
      );
    }
    if (data === undefined && !mayBeEmpty) throw noContent(failed, status);
    learnOwners(transport.buckets, method, pathname, data);
    return data ?? null;
  };
}

/** What the caller may have done wrong, where the response does not say which of two mistakes it was. */
function hintOf(status: number, body: unknown, token: string, baseUrl: string): string | undefined {
  if (status === 401) return token ? 'The server does not know the `token`' : 'The client has no `token`';
  // What the API itself rejects has a code that is not 0.
  const isUnknownPath = (status === 400 || status === 404) && !(isObject(body) && body.code);
  return isUnknownPath && !/\/v\d$/.test(baseUrl) ? 'Does `baseUrl` lack `/v2`?' : undefined;
}

/** A rejected request may lack a scope where the code is 0, or where it concerns the caller's own system. */
function missingScope(body: unknown, key: ApiKey | null, path: string, scope: string): string | null {
  if (!key || !isObject(body) || (body.code !== 0 && !path.startsWith('/systems/@me/'))) return null;
  return hasScope(key, scope) ? null : scope;
}

/** Lets a promised list be walked through without waiting for it in a line of its own. */
function iterable(promise: Promise<unknown>): Promise<unknown> & AsyncIterable<unknown> {
  return Object.assign(promise, {
    async *[Symbol.asyncIterator]() {
      const list = await promise;
      if (!Array.isArray(list)) throw new TypeError('The response is not a list');
      yield* list;
    },
  });
}
