/**
 * One schema for what the owner of a thing sees and what others see of it. Tools make a union of the two, and most can't
 * tell which of them a response is.
 */
import { componentName, type Document, resolveReference } from '../lib/document.ts';
import { isObject } from '../lib/recordings.ts';
import { componentSchemas, type Node, rewriteSchemas, withSchemas } from './walk.ts';

/**
 * The document without `anyOf`: the sources write it of two components, first what the owner sees, then what anyone sees.
 *
 * Where the owner sees the same properties with more values, the schema for anyone covers both. Elsewhere a component
 * is made, `VisibleSystemSettings` for `SystemSettings`, in which the owner's properties are optional.
 */
export function withoutViews(document: Document): Document {
  const made: Record<string, Node> = {};
  const rewritten = rewriteSchemas(document, (schema) => {
    const { anyOf, ...rest } = schema;
    if (!Array.isArray(anyOf)) return schema;
    const [owner, anyone] = anyOf.map((view) => resolveReference(document, view));
    const [name] = anyOf.map(componentName);
    if (owner === undefined || anyone === undefined || anyOf.length !== 2 || name === undefined) {
      throw new Error('An `anyOf` is of two components: what the owner sees, then what anyone sees.');
    }
    const known = isObject(anyone.properties) ? anyone.properties : {};
    const hidden = Object.entries(isObject(owner.properties) ? owner.properties : {}).filter(
      ([property]) => !(property in known),
    );
    const needed: unknown[] = Array.isArray(owner.required) ? owner.required : [];
    const always: unknown[] = Array.isArray(anyone.required) ? anyone.required : [];
    if (!always.every((property) => needed.includes(property))) {
      throw new Error(`What anyone sees of ${name} has properties that its owner does not see.`);
    }
    if (hidden.length === 0) return { ...rest, ...anyOf[1] };
    made[`Visible${name}`] = {
      ...anyone,
      description: `${owner.description} Others see a part of it: the fields that only the owner sees are omitted.`,
      properties: { ...known, ...Object.fromEntries(hidden) },
      dependentRequired: allOrNone(
        hidden.map(([property]) => property).filter((property) => needed.includes(property)),
      ),
    };
    return { ...rest, $ref: `#/components/schemas/Visible${name}` };
  });
  return withSchemas(rewritten, { ...componentSchemas(rewritten), ...made });
}

function allOrNone(properties: readonly string[]): Record<string, string[]> {
  return Object.fromEntries(
    properties.map((property) => [property, properties.filter((other) => other !== property)]),
  );
}
