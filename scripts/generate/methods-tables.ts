/**
 * The tables that drive the client. They are small, as browsers download them.
 */
import { componentName, type Document, resolveReference } from '../lib/document.ts';
import { errorSchemas } from '../lib/errors.ts';
import { groupBy } from '../lib/group-by.ts';
import { type DocumentOperation, operationsOf } from '../lib/matcher.ts';
import { isObject } from '../lib/recordings.ts';
import { mediaSchema } from './json-content.ts';
import { methodGroups, scopeOf } from './methods-names.ts';

/**
 * `PATCH /members/{member} write:members`, with `?before&limit` behind the path where the query takes them, and after it where references stand that the server wants exact, and `204` where
 * the operation may respond without a body.
 */
export function methodTable(
  document: Document,
  operations: readonly DocumentOperation[],
): Record<string, Record<string, string>> {
  const groups = [...methodGroups(operations)].map(([group, methods]) => [
    group,
    Object.fromEntries(
      [...methods].map(([name, operation]) => [name, methodEntry(document, operation)] as const),
    ),
  ]);
  return Object.fromEntries(groups);
}

function methodEntry(document: Document, operation: DocumentOperation): string {
  const { operationId, method, definition } = operation;
  // What a reference names is enough.
  const path = operation.path.replaceAll('Ref}', '}') + queryNames(document, operation);
  const hasBody = 'requestBody' in definition;
  const takesBody = method !== 'GET' && method !== 'DELETE';
  if (hasBody !== takesBody) throw new Error(`${operationId}: a body is expected of all but GET and DELETE.`);
  const scope = scopeOf(definition) ?? '';
  const references = bodyReferences(document, definition.requestBody);
  const { responses } = definition;
  return [method, path, scope, ...references, ...(isObject(responses) && '204' in responses ? ['204'] : [])]
    .join(' ')
    .trim();
}

/** `?before&limit`, where the operation has query parameters. */
function queryNames(document: Document, { parameters }: DocumentOperation): string {
  const names = parameters
    .map((parameter) => resolveReference(document, parameter))
    .filter((parameter) => parameter.in === 'query')
    .map(({ name }) => name);
  return names.length > 0 ? `?${names.join('&')}` : '';
}

/** `=member` where the body is a list of references, `members=member` where a property is. */
function bodyReferences(document: Document, requestBody: unknown): string[] {
  const { content } = resolveReference(document, requestBody);
  const schema = resolveReference(document, mediaSchema(content));
  const properties = isObject(schema.properties) ? Object.entries(schema.properties) : [];
  return [['', schema] as const, ...properties].flatMap(([name, node]) => {
    const kind = itemReference(resolveReference(document, node));
    return kind ? [`${name}=${kind}`] : [];
  });
}

function itemReference(schema: Readonly<Record<string, unknown>>): string | undefined {
  const kinds: Readonly<Record<string, string>> = {
    MemberReference: 'member',
    GroupReference: 'group',
  };
  return kinds[componentName(schema.items) ?? ''];
}

/**
 * The scopes by method, and by method and route where they differ from most of the method. A route is the first part of the
 * path, with a slash where more follows.
 */
export function rateLimits(operations: readonly DocumentOperation[]): Record<string, string[]> {
  const limits: Record<string, string[]> = {};
  for (const [method, ofMethod] of groupBy(operations, ({ method }) => method)) {
    const usual = mostCommon(ofMethod.map(scopesOf));
    limits[method] = usual.split(' ');
    for (const [route, ofRoute] of groupBy(ofMethod, ({ path }) => `${method} ${routeIn(path)}`)) {
      const [scopes = usual, ...others] = new Set(ofRoute.map(scopesOf));
      if (others.length > 0)
        throw new Error(`${route} has two kinds of rate limits: tell them apart by more.`);
      if (scopes !== usual) limits[route] = scopes.split(' ');
    }
  }
  return limits;
}

function routeIn(path: string): string {
  return /^\/([^/]*\/?)/.exec(path)?.[1] ?? '';
}

function scopesOf({ operationId, definition }: DocumentOperation): string {
  const limit = definition['x-rate-limit'];
  if (!isObject(limit)) throw new Error(`${operationId} has no x-rate-limit.`);
  return [limit.scope, limit.ownSystemScope, limit.documentedScope].filter(Boolean).join(' ');
}

function mostCommon(values: readonly string[]): string {
  const [first] = [...groupBy(values, String)].sort(([, one], [, other]) => other.length - one.length);
  return first?.[0] ?? '';
}

/**
 * All error names in one text, each preceded by a space and its key: the code; `0` and the status where the code is 0; or `00`
 * and the status where there is no code. A proxy's response has no code either, and must not be taken for an error of the API
 * with code 0.
 */
export function errorNames(document: Document): string {
  const names = new Map<string, string>();
  for (const { definition } of operationsOf(document)) {
    for (const { status, code, name } of errorSchemas(document, definition)) {
      if (name === null) continue;
      const key = String(code || `${code ?? '00'}${status}`);
      const other = names.get(key) ?? name;
      if (other !== name) throw new Error(`${other} and ${name} both have ${key}.`);
      names.set(key, name);
    }
  }
  return [...names]
    .sort(([one], [other]) => one.localeCompare(other))
    .map(([key, name]) => ` ${key}${name}`)
    .join('');
}
