/**
 * What clients of other languages send.
 */
import { componentName, type Document, resolveReference } from '../lib/document.ts';
import { operationsOf } from '../lib/matcher.ts';
import { isObject } from '../lib/recordings.ts';
import { componentSchemas, mapValues, withSchemas } from './walk.ts';

/**
 * Marks the lists that may be omitted from the body of a PATCH with `x-nullable`. Without it, openapi-generator's Java
 * sends an empty list for each that is not set, which wipes a member's proxy tags.
 */
export function withOmissibleLists(document: Document): Document {
  const patches = operationsOf(document)
    .filter(({ method }) => method === 'PATCH')
    .map(({ definition }) => bodySchemaName(document, definition.requestBody));
  const schemas = mapValues(componentSchemas(document), (schema, name) => {
    if (!patches.includes(name) || !isObject(schema) || !isObject(schema.properties)) return schema;
    const required: unknown[] = Array.isArray(schema.required) ? schema.required : [];
    const properties = mapValues(schema.properties, (property, key) =>
      isObject(property) && property.type === 'array' && !required.includes(key)
        ? { ...property, 'x-nullable': true }
        : property,
    );
    return { ...schema, properties };
  });
  return withSchemas(document, schemas);
}

function bodySchemaName(document: Document, requestBody: unknown): string | undefined {
  const { content } = resolveReference(document, requestBody);
  const media = isObject(content) ? content['application/json'] : undefined;
  return isObject(media) ? componentName(media.schema) : undefined;
}
