/**
 * Rewrites single schemas with keywords that all tools read. Each function returns other schemas unchanged, and none
 * changes which values are valid.
 */
import { isObject } from '../lib/recordings.ts';
import { mapValues, type Node } from './walk.ts';

const nothing = { not: {} };

/** `false` becomes `{ "not": {} }`, and `true` becomes `{}`: kin-openapi, openapi-python-client and orval read objects alone. */
export function booleansAsObjects(schema: Node): Node {
  const one = (value: unknown) => (typeof value === 'boolean' ? (value ? {} : nothing) : value);
  const keywords = ['not', 'if', 'then', 'else', 'items', 'contains'];
  return mapValues(schema, (value, keyword) => {
    if (keyword === 'properties' && isObject(value)) return mapValues(value, one);
    return keywords.includes(keyword) ? one(value) : value;
  });
}

/** The `not` of an object becomes `if` and `then`: of a `not`, openapi-generator makes a model for each property. */
export function conditionsInsteadOfNot(schema: Node): Node {
  const { not, ...rest } = schema;
  if (!isObject(not) || rest.type !== 'object' || 'if' in rest) return schema;
  return { ...rest, ...condition(not, nothing) };
}

/** A property that is always null becomes a string that is null: many tools have no type for null alone. */
export function nullAsConstant(schema: Node): Node {
  if (!isObject(schema.properties)) return schema;
  const properties = mapValues(schema.properties, (property) =>
    isObject(property) && property.type === 'null'
      ? { ...property, type: ['string', 'null'], const: null }
      : property,
  );
  return { ...schema, properties };
}

/** A choice of one scalar or null becomes a scalar that may be null, by a list of types. An enum keeps its name. */
export function nullableScalars(schema: Node, resolve: (node: unknown) => Node): Node {
  const { oneOf, ...rest } = schema;
  if (!Array.isArray(oneOf) || oneOf.length !== 2) return schema;
  const isNull = (one: unknown) => isObject(one) && one.type === 'null';
  const other = oneOf.find((one) => !isNull(one));
  const { title, description, type, ...keywords } = resolve(other);
  if (
    !oneOf.some(isNull) ||
    typeof type !== 'string' ||
    ['object', 'array'].includes(type) ||
    'enum' in keywords
  )
    return schema;
  return { ...(description !== undefined && { description }), ...rest, type: [type, 'null'], ...keywords };
}

/**
 * `uniqueItems` moves below a condition. Otherwise Swift and Java make a set of the list; Swift's has no
 * order, which loses who fronts first.
 */
export function listsInsteadOfSets(schema: Node): Node {
  const { uniqueItems, ...rest } = schema;
  if (uniqueItems !== true || 'if' in rest) return schema;
  return { ...rest, ...condition({ minItems: 2 }, { uniqueItems }) };
}

/**
 * The text of an error moves below a condition: it is for people, and may change. Where it is a constant, the clients of
 * Python, Rust, Java and ogen fail on any other text, and lose which error it is.
 */
export function messagesBelowConditions(schema: Node): Node {
  const { properties } = schema;
  if (!isObject(properties) || !isObject(properties.message) || !('code' in properties)) return schema;
  const { const: text, ...message } = properties.message;
  if (text === undefined) return schema;
  const changeable = { ...message, ...condition({ type: 'string' }, { const: text }) };
  return { ...schema, properties: { ...properties, message: changeable } };
}

/** No format beside a constant: openapi-generator's Kotlin and ogen compare a URI with a text. */
export function constantsWithoutFormat(schema: Node): Node {
  const { format, ...rest } = schema;
  return 'const' in rest ? rest : schema;
}

/** Titles are for people. openapi-python-client names its classes after them, in place of the components' names. */
export function withoutTitle({ title, ...rest }: Node): Node {
  return rest;
}

/** Patterns without `\d` and `\.`: openapi-generator's Go puts them where a backslash means something else. */
export function plainPatterns(schema: Node): Node {
  return typeof schema.pattern === 'string' ? { ...schema, pattern: plainPattern(schema.pattern) } : schema;
}

function plainPattern(pattern: string): string {
  let inClass = false;
  return pattern.replace(/\\.|\[|\]/gs, (token) => {
    if (token === '[') inClass = true;
    if (token === ']') inClass = false;
    if (token === '\\d') return inClass ? '0-9' : '[0-9]';
    if (token === '\\.') return inClass ? '.' : '[.]';
    return token;
  });
}

function condition(test: Node, consequence: Node): Node {
  // biome-ignore lint/suspicious/noThenProperty: it is the keyword of JSON Schema.
  return { if: test, then: consequence };
}
