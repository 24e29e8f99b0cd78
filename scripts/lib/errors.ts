/**
 * The error responses that an operation documents.
 */
import { componentName, type Document, resolveReference } from './document.ts';
import { isObject } from './recordings.ts';

export interface ErrorSchema {
  readonly status: number;
  readonly mediaType: string;
  /** The name of its schema; null for an inline schema. */
  readonly name: string | null;
  /** What the body's `code` is; null where the body has none. */
  readonly code: number | null;
  readonly schema: Readonly<Record<string, unknown>>;
}

/** Every error of an operation, in the order of its responses. */
export function errorSchemas(
  document: Document,
  definition: Readonly<Record<string, unknown>>,
): ErrorSchema[] {
  return entriesOf(definition.responses)
    .filter(([status]) => Number(status) >= 400)
    .flatMap(([status, response]) =>
      entriesOf(resolveReference(document, response).content).flatMap(([mediaType, body]) =>
        alternatives(document, isObject(body) ? body.schema : undefined).map((node) => {
          const schema = resolveReference(document, node);
          const name = componentName(node) ?? null;
          return { status: Number(status), mediaType, name, code: codeOf(document, schema), schema };
        }),
      ),
    );
}

/** The schema of an error body, found by its code, or by its text where the body is plain text. */
export function findErrorSchema(errors: readonly ErrorSchema[], body: unknown): ErrorSchema | undefined {
  if (typeof body === 'string') {
    return errors.find(({ schema }) =>
      typeof schema.pattern === 'string'
        ? new RegExp(schema.pattern, 'u').test(body)
        : Array.isArray(schema.enum)
          ? schema.enum.includes(body)
          : schema.const === undefined || schema.const === body,
    );
  }
  const code = isObject(body) && typeof body.code === 'number' ? body.code : null;
  return errors.find((error) => error.code === code);
}

/** The schema of a property. */
export function propertyOf(
  document: Document,
  schema: Readonly<Record<string, unknown>>,
  name: string,
): Record<string, unknown> {
  const { properties } = schema;
  return isObject(properties) ? resolveReference(document, properties[name]) : {};
}

/** The schemas that a body may have: itself, or those of its `oneOf`. */
function alternatives(document: Document, schema: unknown): unknown[] {
  const { oneOf } = resolveReference(document, schema);
  return Array.isArray(oneOf) ? oneOf.flatMap((one) => alternatives(document, one)) : [schema];
}

function codeOf(document: Document, schema: Readonly<Record<string, unknown>>): number | null {
  const { const: constant, enum: values } = propertyOf(document, schema, 'code');
  const [code] = Array.isArray(values) ? values : [constant];
  return typeof code === 'number' ? code : null;
}

function entriesOf(value: unknown): [string, unknown][] {
  return isObject(value) ? Object.entries(value) : [];
}
