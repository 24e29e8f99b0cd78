/**
 * Finds the operation of an OpenAPI document that a request belongs to.
 */
import { groupBy } from './group-by.ts';
import { isObject } from './recordings.ts';

export interface DocumentOperation {
  readonly operationId: string;
  /** In capitals. */
  readonly method: string;
  /** As the document has it: `/systems/{systemRef}`. */
  readonly path: string;
  /** The operation object. */
  readonly definition: Record<string, unknown>;
  /** Parameters of the path, then those of the operation, as the document has them. */
  readonly parameters: readonly unknown[];
}

export interface Match {
  readonly operation: DocumentOperation;
  /** Values in the path by parameter's name, decoded. */
  readonly path: Readonly<Record<string, string>>;
  readonly query: URLSearchParams;
}

export type Matcher = (method: string, pathAndQuery: string) => Match | undefined;

const methods = ['get', 'put', 'post', 'delete', 'options', 'head', 'patch', 'trace'];

/** Every operation under the document's `paths`, in its order. */
export function operationsOf(document: Record<string, unknown>): DocumentOperation[] {
  return Object.entries(objectOr(document.paths)).flatMap(([path, item]) => {
    const pathItem = objectOr(item);
    return methods.flatMap((method) => {
      const definition = pathItem[method];
      if (!isObject(definition)) return [];
      const operationId = String(definition.operationId);
      const parameters = [...arrayOr(pathItem.parameters), ...arrayOr(definition.parameters)];
      return [{ operationId, method: method.toUpperCase(), path, definition, parameters }];
    });
  });
}

/**
 * A function from a request's method and path, from the server's base path on (`/v2/members?x=1`), to its operation.
 * Where several templates fit, the one wins that has a literal segment where the others have a parameter.
 *
 * @param document - a bundled OpenAPI document
 */
export function matcherOf(document: Record<string, unknown>): Matcher {
  const templates = operationsOf(document)
    .flatMap((operation) =>
      basePaths(document, operation).map((basePath): Template => {
        const parts = `${basePath}${operation.path}`.split('/');
        return { operation, segments: parts.map((part) => ({ part, parameter: parameterName(part) })) };
      }),
    )
    .sort((one, other) => compareSegments(one.segments, other.segments));
  const byMethodAndLength = groupBy(templates, ({ operation, segments }) =>
    keyOf(operation.method, segments),
  );

  return (method, pathAndQuery) => {
    const [pathname = '', query = ''] = pathAndQuery.split(/\?(.*)/s);
    const segments = pathname.split('/');
    for (const template of byMethodAndLength.get(keyOf(method.toUpperCase(), segments)) ?? []) {
      const path = fitTemplate(template.segments, segments);
      if (path) return { operation: template.operation, path, query: new URLSearchParams(query) };
    }
    return undefined;
  };
}

interface Template {
  readonly operation: DocumentOperation;
  readonly segments: readonly Segment[];
}

interface Segment {
  readonly part: string;
  /** The name of the parameter that stands for it. */
  readonly parameter: string | undefined;
}

function keyOf(method: string, segments: readonly unknown[]): string {
  return `${method} ${segments.length}`;
}

/** The paths of the servers that serve an operation, without a closing slash, each once. */
export function basePaths(
  document: Record<string, unknown>,
  { path, definition }: DocumentOperation,
): string[] {
  const pathItem = objectOr(objectOr(document.paths)[path]);
  const servers = [definition.servers, pathItem.servers, document.servers].find(Array.isArray) ?? [];
  const paths = arrayOr(servers).map((server) => {
    const url = String(objectOr(server).url);
    return new URL(url, 'http://localhost').pathname.replace(/\/$/, '');
  });
  return [...new Set(paths)];
}

/** @param segments - as many as the template has */
function fitTemplate(
  template: readonly Segment[],
  segments: readonly string[],
): Record<string, string> | undefined {
  const path: Record<string, string> = {};
  for (const [index, { part, parameter }] of template.entries()) {
    const segment = segments[index] ?? '';
    if (parameter === undefined) {
      if (part !== segment) return undefined;
    } else {
      if (segment === '') return undefined;
      path[parameter] = decode(segment);
    }
  }
  return path;
}

function compareSegments(one: readonly Segment[], other: readonly Segment[]): number {
  for (const [index, { parameter }] of one.entries()) {
    const difference = Number(parameter !== undefined) - Number(other[index]?.parameter !== undefined);
    if (difference !== 0) return difference;
  }
  return 0;
}

function parameterName(segment: string): string | undefined {
  return /^\{(.+)\}$/.exec(segment)?.[1];
}

/** A segment with invalid percent-encoding is taken literally. */
function decode(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}

function objectOr(value: unknown): Record<string, unknown> {
  return isObject(value) ? value : {};
}

function arrayOr(value: unknown): unknown[] {
  return Array.isArray(value) ? value : [];
}
