import { type Methods, methods } from '../../generated/v2/methods.ts';
import { hasScope } from '../models/has-scope.ts';
import { isObject } from '../models/is-object.ts';
import { CALL_OPTIONS, checkNames } from './assert-options.ts';
import { check } from './check.ts';
import type { Credentials } from './credentials.ts';
import { errorOf } from './error-of.ts';
import { learnOwners } from './learn-owners.ts';
import { noContent, queryText, send } from './low-level.ts';
import { mapValues } from './map-values.ts';
import { exactReferences, readParameter } from './references.ts';
import type { Transport } from './transport.ts';
import type { View } from './view.ts';

/** Makes the methods that the document's operations are called by. */
export function createMethods<ClientView extends View>(
  transport: Transport,
  credentials: Credentials,
): Methods<ClientView> {
  const table: Readonly<Record<string, Readonly<Record<string, string>>>> = methods;
  const groups: object = mapValues(table, (entries, group) =>
    mapValues(entries, (entry, name) => {
      const method = invoker(transport, credentials, `${group}.${name}`, entry);
      return name.startsWith('list') ? (...values: unknown[]) => iterable(method(...values)) : method;
    }),
  );
  // The generator writes the table and the types from the same operations.
  return groups as Methods<ClientView>;
}

/**
 * @param name - as callers write it
 * @param entry - as the table has it
 * @returns a method of the parameters of the path, the body where there is one, then query and options in one
 */
function invoker(transport: Transport, { key, token }: Credentials, name: string, entry: string) {
  const [method = '', route = '', scope = '', references = ''] = entry.split(' ');
  const [template = '', ...query] = route.split(/[?&]/);
  // Every other one is the name of a parameter.
  const parts = template.split(/[{}]/);
  const takesBody = /^P/.test(method);
  const isList = references.startsWith('=');
  const bodyOf = (content: unknown) => {
    check(
      (isList ? Array.isArray : isObject)(content),
      `${name} needs a request body: ${isList ? 'a list' : 'an object'}`,
    );
    return exactReferences(content, references);
  };
  const known = [...CALL_OPTIONS, ...query];
  return async (...values: unknown[]): Promise<unknown> => {
    const path = parts
      .map((part, index) => (index % 2 ? readParameter(part, values.shift()) : part))
      .join('');
    const body = takesBody ? bodyOf(values.shift()) : undefined;
    const last = values.shift();
    checkNames(last, known);
    const options = Object(last);
    const sent = { method, path: path + queryText(query.map((name) => [name, options[name]])) };
    const { data, error, response } = await send(transport, sent, options, body);
    const { status } = response;
    if (response.ok) {
      if (data === undefined && !entry.endsWith('204')) throw noContent(sent, status);
      // Without a token, nothing is known to be the caller's own.
      if (token) learnOwners(transport.bucketsOf(method, path), method, path, data);
      return data ?? null;
    }
    const { code } = Object(error);
    // A rejected request may lack a scope where the code is 0, or where it concerns the caller's own system.
    const mayLackScope = key && (code === 0 || (isObject(error) && path.startsWith('/systems/@me/')));
    const missingScope = mayLackScope && !hasScope(key.scopes, scope) ? scope : null;
    throw errorOf(sent, response, error, missingScope, hintOf(status, code, token, transport.baseUrl));
  };
}

/** What the caller may have done wrong, where the response does not say which of two mistakes it was. */
function hintOf(status: number, code: unknown, token: string, baseUrl: string): string | false {
  if (status === 401) return token ? 'The server does not know the `token`' : 'The client has no `token`';
  // What the API itself rejects has a code that is not 0.
  return (
    /^4(0[04]|10)$/.test(`${status}`) && !code && !baseUrl.endsWith('/v2') && 'Does `baseUrl` end in `/v2`?'
  );
}

/** Lets a promised list be walked through without waiting for it in a line of its own. */
function iterable(promise: Promise<unknown>): Promise<unknown> & AsyncIterable<unknown> {
  return Object.assign(promise, {
    async *[Symbol.asyncIterator]() {
      const list = await promise;
      check(Array.isArray(list), 'The response is not a list');
      yield* list;
    },
  });
}
