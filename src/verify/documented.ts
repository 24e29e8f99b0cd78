import { isObject } from '../models/is-object.ts';
import { isSchema, type Schema } from './close.ts';

export interface DocumentedResponse {
  /** By name. */
  readonly headers: ReadonlyMap<string, Schema>;
  /** Schemas of the body, by media type; empty where there is no body. */
  readonly bodies: ReadonlyMap<string, Schema>;
}

export interface DocumentedOperation {
  readonly id: string;
  /** `/systems/{systemRef}` */
  readonly path: string;
  /** Names of the query parameters that it requires. */
  readonly requiredQuery: readonly string[];
  readonly responses: ReadonlyMap<number, DocumentedResponse>;
}

export interface DocumentedApi {
  /** Of PluralKit's source; the document describes it. */
  readonly commit: string;
  readonly schemas: Readonly<Record<string, Schema>>;
  /** The operations that only read. */
  readonly operations: readonly DocumentedOperation[];
}

/** Reads the documented responses of `GET` operations from a bundled document. */
export function readDocument(document: unknown): DocumentedApi {
  const { info, paths, components } = objectOf(document);
  const operations = Object.entries(objectOf(paths)).flatMap(([path, item]) => {
    const { get } = objectOf(item);
    if (!isObject(get)) return [];
    const responses = Object.entries(objectOf(get.responses)).map(
      ([status, response]) => [Number(status), readResponse(document, response)] as const,
    );
    const requiredQuery = (Array.isArray(get.parameters) ? get.parameters : [])
      .map((parameter) => resolve(document, parameter))
      .filter((parameter) => parameter.in === 'query' && parameter.required === true)
      .map(({ name }) => String(name));
    return [{ id: String(get.operationId), path, requiredQuery, responses: new Map(responses) }];
  });
  const schemas = Object.entries(objectOf(objectOf(components).schemas));
  return {
    commit: String(objectOf(info)['x-upstream-commit']),
    schemas: Object.fromEntries(schemas.filter((entry): entry is [string, Schema] => isSchema(entry[1]))),
    operations,
  };
}

function readResponse(document: unknown, value: unknown): DocumentedResponse {
  const response = resolve(document, value);
  const schemasIn = (list: unknown) =>
    Object.entries(objectOf(list)).flatMap(([name, entry]): [string, Schema][] => {
      const { schema } = resolve(document, entry);
      return isSchema(schema) ? [[name, schema]] : [];
    });
  return { headers: new Map(schemasIn(response.headers)), bodies: new Map(schemasIn(response.content)) };
}

function resolve(document: unknown, value: unknown): Record<string, unknown> {
  const { $ref: reference } = objectOf(value);
  if (typeof reference !== 'string') return objectOf(value);
  const keys = reference.slice(2).split('/');
  return objectOf(keys.reduce((found: unknown, key) => objectOf(found)[key], document));
}

function objectOf(value: unknown): Record<string, unknown> {
  return isObject(value) ? value : {};
}
