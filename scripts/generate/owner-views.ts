/**
 * The models that only the owner of a system sees: `OwnMember` for `Member`.
 */
import { componentSchemas, type Node } from '../bundle/walk.ts';
import { componentName, type Document } from '../lib/document.ts';
import type { DocumentOperation } from '../lib/matcher.ts';
import { isObject } from '../lib/recordings.ts';
import { successSchema } from './json-content.ts';
import { scopeOf } from './methods-names.ts';

/**
 * Scopes that an API key needs so that all of its own system is shown to it: those of the operations whose response is
 * another for the owner.
 */
export function ownerScopes(document: Document, operations: readonly DocumentOperation[]): string[] {
  const scopes = operations
    .filter((operation) => operation.method === 'GET' && hasViews(document, operation))
    .flatMap(({ definition }) => scopeOf(definition) ?? []);
  return [...new Set(scopes)];
}

/** Whether an operation is about a system, and responds with other models to its owner than to others. */
export function hasViews(document: Document, { path, definition }: DocumentOperation): boolean {
  const schema = successSchema(document, definition);
  return path.includes('{systemRef}') && schema !== undefined && ownSchema(document, schema) !== schema;
}

/**
 * The schema with every model as its owner sees it: `OwnMember` for `Member` or beside it, and no `PublicSystemSettings`. It
 * is the schema itself where its owner sees no more than others.
 */
export function ownSchema(document: Document, schema: Node): Node {
  const { items } = schema;
  if (isObject(items)) {
    const own = ownSchema(document, items);
    return own === items ? schema : { ...schema, items: own };
  }
  const views = alternatives(schema);
  if (views) {
    const names = views.map((view) => componentName(view) ?? '');
    const isOwn = (name = '') => !name.startsWith('Public') && !names.includes(`Own${name}`);
    const own = views.filter((view) => isOwn(componentName(view)));
    return own.length === views.length ? schema : { oneOf: own };
  }
  const name = componentName(schema);
  if (name === undefined || name.startsWith('Own')) return schema;
  const own = { $ref: `#/components/schemas/Own${name}` };
  if (componentOf(document, `Own${name}`)) return own;
  const component = componentOf(document, name) ?? {};
  // A component may be another name of a model, or add to one.
  const base = baseOf(component) ?? component;
  const ownBase = ownSchema(document, base);
  if (ownBase === base) return schema;
  return base === component ? ownBase : own;
}

/** A component by its name; undefined where the document has none. */
export function componentOf(document: Document, name: string): Node | undefined {
  const { [name]: component } = componentSchemas(document);
  return isObject(component) ? component : undefined;
}

/** The model that a component adds properties to. */
export function baseOf({ allOf }: Node): Node | undefined {
  const [base] = Array.isArray(allOf) ? allOf.filter(isObject) : [];
  return base;
}

/** The models that a schema is one of. */
export function alternatives({ oneOf, anyOf }: Node): readonly unknown[] | undefined {
  return [oneOf, anyOf].find(Array.isArray);
}
