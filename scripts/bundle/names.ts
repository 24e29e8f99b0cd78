/**
 * Gives a name to each schema that tools make a class or a constant of. Otherwise they invent one, such as
 * `InlineObject3`, which changes with the order of the document.
 */
import { componentName, type Document, resolveReference } from '../lib/document.ts';
import { isObject } from '../lib/recordings.ts';
import { componentSchemas, mapValues, type Node, rewriteSchemas, withSchemas } from './walk.ts';

/**
 * The code of each error becomes a component of one value, `MemberNotFoundCode`. By it, clients in Go, Rust and Python
 * tell responses apart; they ignore a `const` or an `enum` in its place.
 */
export function withNamedCodes(document: Document): Document {
  const codes: Record<string, Node> = {};
  const schemas = mapValues(componentSchemas(document), (schema, name) => {
    const properties = isObject(schema) && isObject(schema.properties) ? schema.properties : {};
    const { code } = properties;
    if (!isObject(schema) || !isObject(code) || typeof code.const !== 'number') return schema;
    codes[`${name}Code`] = {
      description: `The \`code\` of ${name}, and of no other error in the same response.`,
      type: 'integer',
      enum: [code.const],
      'x-enum-varnames': [constantName(name)],
      example: code.const,
    };
    return { ...schema, properties: { ...properties, code: { $ref: `#/components/schemas/${name}Code` } } };
  });
  return withSchemas(document, { ...schemas, ...codes });
}

/** Each choice of errors in a response becomes a component, named after them: `NotOwnMemberOrForbidden`. */
export function withNamedChoices(document: Document): Document {
  const choices: Record<string, Node> = {};
  const rewritten = rewriteSchemas(withSchemas(document, {}), (schema) => {
    const names = Array.isArray(schema.oneOf) ? schema.oneOf.map(componentName) : [];
    if (names.length === 0 || names.includes(undefined)) return schema;
    const name = names.join('Or');
    choices[name] = { description: `One of: ${names.join(', ')}.`, ...schema };
    return { $ref: `#/components/schemas/${name}` };
  });
  return withSchemas(rewritten, { ...componentSchemas(document), ...choices });
}

/**
 * An enum holds no null, and what refers to one that did becomes a choice of it or null. openapi-zod-client and
 * openapi-generator's Rust have no constant that is null.
 */
export function withNullBesideEnums(document: Document): Document {
  const nullable = (schema: unknown) => {
    const { enum: values, type } = resolveReference(document, schema);
    return Array.isArray(values) && values.includes(null) && Array.isArray(type);
  };
  const rewritten = rewriteSchemas(document, (schema) => {
    const { $ref, ...rest } = schema;
    return $ref !== undefined && nullable(schema) ? { ...rest, oneOf: [{ $ref }, { type: 'null' }] } : schema;
  });
  const schemas = mapValues(componentSchemas(rewritten), (schema) => {
    if (!isObject(schema) || !Array.isArray(schema.enum) || !Array.isArray(schema.type)) return schema;
    const [type] = schema.type.filter((one) => one !== 'null');
    return { ...schema, type, enum: schema.enum.filter((value) => value !== null) };
  });
  return withSchemas(rewritten, schemas);
}

/**
 * An enum that shares values with another one names its constants after itself: `PRIVACY_PATCH_PUBLIC`. Constants in Go
 * are names of the whole package.
 */
export function withUniqueConstants(document: Document): Document {
  const taken = new Set<string>();
  const schemas = mapValues(componentSchemas(document), (schema, name) => {
    if (!isObject(schema) || !Array.isArray(schema.enum) || 'x-enum-varnames' in schema) return schema;
    const plain = schema.enum.map((value) => constantName(value === '' ? 'empty' : String(value)));
    const clashes = plain.some((constant) => taken.has(constant));
    for (const constant of plain) taken.add(constant);
    return clashes
      ? { ...schema, 'x-enum-varnames': plain.map((constant) => `${constantName(name)}_${constant}`) }
      : schema;
  });
  return withSchemas(document, schemas);
}

/** `MEMBER_NOT_FOUND` */
function constantName(name: string): string {
  return name
    .replace(/([a-z0-9])([A-Z])/g, '$1_$2')
    .replace(/[^A-Za-z0-9]+/g, '_')
    .toUpperCase();
}
