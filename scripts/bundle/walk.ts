/**
 * Visits every schema of a bundled document.
 */
import type { Document } from '../lib/document.ts';
import { isObject } from '../lib/recordings.ts';

/** A schema object, or any part of a document. */
export type Node = Readonly<Record<string, unknown>>;

/** What a schema becomes. Its own subschemas have been rewritten already. */
export type Rewrite = (schema: Node) => Node;

const schemaKeywords = [
  'items',
  'contains',
  'not',
  'if',
  'then',
  'else',
  'additionalProperties',
  'unevaluatedProperties',
  'unevaluatedItems',
  'propertyNames',
];
const listKeywords = ['allOf', 'anyOf', 'oneOf', 'prefixItems'];
const mapKeywords = ['properties', 'patternProperties', 'dependentSchemas'];
/** Values of these keywords are data, even where they look like schemas. */
const dataKeywords = ['example', 'examples', 'default', 'const', 'enum'];

/** The document with each of its schemas rewritten, the innermost first. */
export function rewriteSchemas(document: Document, rewrite: Rewrite): Document {
  const within = (node: unknown): unknown => {
    if (Array.isArray(node)) return node.map(within);
    if (!isObject(node)) return node;
    return mapValues(node, (value, key) => {
      if (dataKeywords.includes(key) || key.startsWith('x-')) return value;
      return key === 'schema' ? rewriteSchema(value, rewrite) : within(value);
    });
  };
  const { components, ...rest } = document;
  const { schemas, ...others } = isObject(components) ? components : {};
  return {
    ...mapValues(rest, within),
    components: {
      ...mapValues(others, within),
      ...(isObject(schemas) && { schemas: mapValues(schemas, (schema) => rewriteSchema(schema, rewrite)) }),
    },
  };
}

/** A schema rewritten, the innermost of its subschemas first. Boolean schemas are left as they are. */
export function rewriteSchema(schema: unknown, rewrite: Rewrite): unknown {
  if (!isObject(schema)) return schema;
  const one = (value: unknown) => rewriteSchema(value, rewrite);
  const parts = mapValues(schema, (value, keyword) => {
    if (schemaKeywords.includes(keyword)) return one(value);
    if (listKeywords.includes(keyword) && Array.isArray(value)) return value.map(one);
    return mapKeywords.includes(keyword) && isObject(value) ? mapValues(value, one) : value;
  });
  return rewrite(parts);
}

export function mapValues(
  node: Node,
  map: (value: unknown, key: string) => unknown,
): Record<string, unknown> {
  return Object.fromEntries(Object.entries(node).map(([key, value]) => [key, map(value, key)]));
}

/** The schemas of the components by name. */
export function componentSchemas(document: Document): Record<string, unknown> {
  const schemas = isObject(document.components) ? document.components.schemas : undefined;
  return isObject(schemas) ? schemas : {};
}

/** The document with these as the schemas of its components. */
export function withSchemas(document: Document, schemas: Node): Document {
  return { ...document, components: { ...(isObject(document.components) && document.components), schemas } };
}

/** The document with other operation objects in place of those that the map has as keys. */
export function withOperations(document: Document, operations: ReadonlyMap<unknown, Node>): Document {
  const paths = mapValues(isObject(document.paths) ? document.paths : {}, (item) =>
    isObject(item) ? mapValues(item, (operation) => operations.get(operation) ?? operation) : item,
  );
  return { ...document, paths };
}
