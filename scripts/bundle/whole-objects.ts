/**
 * Writes objects whole that the sources compose with `allOf`: many tools lose what a schema inherits, or whether it may
 * be null.
 */
import { componentName, type Document, resolveReference } from '../lib/document.ts';
import { isObject } from '../lib/recordings.ts';
import { componentSchemas, type Node, rewriteSchemas, withSchemas } from './walk.ts';

/**
 * The document without `allOf`.
 *
 * The parts of an `allOf` are objects, of which each later one adds properties or narrows those of the earlier ones. What
 * a property says in a later part takes the place of what it said before, keyword by keyword; or the whole of it, where
 * either is a reference or a choice.
 */
export function withWholeObjects(document: Document): Document {
  return rewriteSchemas(document, (schema) => wholeObject(document, schema));
}

/**
 * The document without the schemas that the sources only inherit from, such as `Error`: no response is of such a type, and
 * tools would make a class of it all the same, with a name that hides one of the language.
 *
 * @param source - the document as it was before its objects were written whole
 */
export function withoutBases(document: Document, source: Document): Document {
  const bases = new Set<string | undefined>();
  rewriteSchemas(source, (schema) => {
    if (Array.isArray(schema.allOf)) for (const part of schema.allOf) bases.add(componentName(part));
    return schema;
  });
  const text = JSON.stringify(document);
  const schemas = Object.entries(componentSchemas(document)).filter(
    ([name]) => !bases.has(name) || text.includes(`"#/components/schemas/${name}"`),
  );
  return withSchemas(document, Object.fromEntries(schemas));
}

function wholeObject(document: Document, schema: Node): Node {
  const { allOf, ...own } = schema;
  if (!Array.isArray(allOf)) return schema;
  const parts = allOf.map((part) => wholeObject(document, resolveReference(document, part)));
  return [...parts.map(withoutAnnotations), own].reduce(merge);
}

/** Title, description and examples of an inherited schema are about that schema alone. */
function withoutAnnotations({ title, description, examples, example, ...rest }: Node): Node {
  return rest;
}

function merge(base: Node, narrower: Node): Node {
  const { required, properties, ...rest } = narrower;
  const merged = mergeProperties(base.properties, properties);
  const needed = [...new Set([...listOf(base.required), ...listOf(required)])];
  return {
    ...titleFirst(narrower),
    ...base,
    ...rest,
    ...(needed.length > 0 && { required: needed }),
    ...(Object.keys(merged).length > 0 && { properties: merged }),
  };
}

/** The order in which the sources write a schema. */
function titleFirst({ title, description }: Node): Node {
  return {
    ...(title !== undefined && { title }),
    ...(description !== undefined && { description }),
    type: 'object',
  };
}

function mergeProperties(base: unknown, narrower: unknown): Record<string, unknown> {
  const merged: Record<string, unknown> = isObject(base) ? { ...base } : {};
  for (const [name, property] of Object.entries(isObject(narrower) ? narrower : {})) {
    merged[name] = mergeProperty(merged[name], property);
  }
  return merged;
}

function mergeProperty(base: unknown, narrower: unknown): unknown {
  if (!isObject(base) || !isObject(narrower)) return narrower;
  if ([base, narrower].some((property) => '$ref' in property || 'oneOf' in property || 'anyOf' in property)) {
    const { description = base.description, ...rest } = narrower;
    return { ...(description !== undefined && { description }), ...rest };
  }
  // The example of the wider schema may be invalid for the narrower one.
  const example = 'const' in narrower && { example: narrower.const };
  return { ...base, ...example, ...narrower };
}

function listOf(value: unknown): unknown[] {
  return Array.isArray(value) ? value : [];
}
