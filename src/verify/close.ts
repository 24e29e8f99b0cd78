/**
 * Closes the schemas of a document, which are published open: a key that no schema names is then an error.
 */
import { isObject } from '../models/is-object.ts';

export type Schema = boolean | { readonly [keyword: string]: unknown };
export type Schemas = Readonly<Record<string, Schema>>;

/** Keywords with one subschema for a part of the instance (a key, an item). */
const childSchema = [
  'items',
  'contains',
  'additionalProperties',
  'unevaluatedProperties',
  'unevaluatedItems',
];
const childSchemaList = ['prefixItems'];
const childSchemaMap = ['properties', 'patternProperties'];
/** Keywords whose subschemas apply to the same instance: branches. */
const branch = ['if', 'then', 'else'];
const branchList = ['allOf', 'anyOf', 'oneOf'];
const branchMap = ['dependentSchemas'];
/** Keywords of OpenAPI that do not affect validity. */
const annotation = ['discriminator', 'example', 'externalDocs', 'xml'];
/** Keywords beside a `$ref` that do not affect validity. */
const silent = [
  'title',
  'description',
  'examples',
  'default',
  'deprecated',
  'readOnly',
  'writeOnly',
  '$comment',
];

const components = '#/components/schemas/';
/** `$id` of the schema that holds the {@link definitionsOf}. */
export const definitionsId = 'https://definitions.invalid/';

/** `closed`: close here and below. `branch`: below, but not here. `open`: nowhere. */
type Mode = 'closed' | 'branch' | 'open';

/** The schemas of a document's components as `$defs`, each in every mode: `Member:closed`, `Member:branch`, `Member:open`. */
export function definitionsOf(schemas: Schemas): Record<string, Schema> {
  const modes: readonly Mode[] = ['closed', 'branch', 'open'];
  return Object.fromEntries(
    Object.entries(schemas).flatMap(([name, schema]) =>
      modes.map((mode) => [`${name}:${mode}`, rewrite(schema, mode)]),
    ),
  );
}

/**
 * A schema that stands alone (the body of a response), closed. What it refers to is among {@link definitionsOf}.
 *
 * - a plain object takes no key but its `properties` and `patternProperties`
 * - a composition (`allOf`, `anyOf`, `oneOf`, `if`, a `$ref` with siblings) is closed around it by `unevaluatedProperties`,
 *   never within a branch
 * - a map (`additionalProperties`, or `propertyNames` alone) stays unchanged
 */
export function closeSchema(schema: Schema): Schema {
  return rewrite(schema, 'closed');
}

/** The same schema, open as published. What it refers to is among {@link definitionsOf}. */
export function openSchema(schema: Schema): Schema {
  return rewrite(schema, 'open');
}

function rewrite(schema: Schema, mode: Mode): Schema {
  if (typeof schema === 'boolean') return schema;
  const keywords = Object.fromEntries(
    Object.entries(schema).filter(([keyword]) => !keyword.startsWith('x-') && !annotation.includes(keyword)),
  );
  const composed = isComposed(keywords);
  const child: Mode = mode === 'open' ? 'open' : 'closed';
  const part: Mode = mode === 'open' ? 'open' : 'branch';
  const rewritten = Object.fromEntries(
    Object.entries(keywords).map(([keyword, value]): [string, unknown] => {
      if (keyword === '$ref') return [keyword, rewriteReference(value, composed ? part : mode)];
      if (childSchema.includes(keyword)) return [keyword, rewriteOne(value, child)];
      if (childSchemaList.includes(keyword)) return [keyword, rewriteList(value, child)];
      if (childSchemaMap.includes(keyword)) return [keyword, rewriteMap(value, child)];
      if (branch.includes(keyword)) return [keyword, rewriteOne(value, part)];
      if (branchList.includes(keyword)) return [keyword, rewriteList(value, part)];
      if (branchMap.includes(keyword)) return [keyword, rewriteMap(value, part)];
      if (keyword === 'not') return [keyword, rewriteOne(value, 'open')];
      return [keyword, value];
    }),
  );
  if (mode !== 'closed' || saysWhatElseIsAllowed(keywords)) return rewritten;
  if (composed) return { ...rewritten, unevaluatedProperties: false };
  return isPlainObject(keywords) ? { ...rewritten, additionalProperties: false } : rewritten;
}

function isComposed(keywords: Record<string, unknown>): boolean {
  if ([...branch, ...branchList, ...branchMap].some((keyword) => keyword in keywords)) return true;
  return '$ref' in keywords && Object.keys(keywords).some((key) => key !== '$ref' && !silent.includes(key));
}

/** A `$ref` alone is closed at its target. */
function isPlainObject({ type, properties, patternProperties }: Record<string, unknown>): boolean {
  const types = Array.isArray(type) ? type : [type];
  return properties !== undefined || patternProperties !== undefined || types.includes('object');
}

function saysWhatElseIsAllowed(keywords: Record<string, unknown>): boolean {
  return ['additionalProperties', 'unevaluatedProperties', 'propertyNames'].some(
    (keyword) => keyword in keywords,
  );
}

function rewriteReference(reference: unknown, mode: Mode): string {
  if (typeof reference !== 'string' || !reference.startsWith(components)) {
    throw new TypeError(`A schema refers to ${String(reference)}, which is none of the components' schemas`);
  }
  const name = reference.slice(components.length);
  return `${definitionsId}#/$defs/${name}:${mode}`;
}

function rewriteOne(value: unknown, mode: Mode): unknown {
  return isSchema(value) ? rewrite(value, mode) : value;
}

function rewriteList(value: unknown, mode: Mode): unknown {
  return Array.isArray(value) ? value.map((item) => rewriteOne(item, mode)) : value;
}

function rewriteMap(value: unknown, mode: Mode): unknown {
  if (!isObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, rewriteOne(item, mode)]));
}

export function isSchema(value: unknown): value is Schema {
  return typeof value === 'boolean' || isObject(value);
}
