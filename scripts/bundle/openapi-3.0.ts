/**
 * The published document in OpenAPI 3.0, for tools that read no 3.1.
 */
import { Converter } from '@apiture/openapi-down-convert';
import type { Document } from '../lib/document.ts';
import { operationsOf } from '../lib/matcher.ts';
import { isObject } from '../lib/recordings.ts';
import { mapValues, type Node, rewriteSchemas, withOperations } from './walk.ts';

/** Keywords that 3.0 lacks. The copy allows what they forbid. */
const conditions = ['if', 'then', 'else', 'dependentRequired'];

/**
 * The document as OpenAPI 3.0.3. It has no webhooks, though their schemas, and forbids less in request bodies: conditions
 * between properties can't be said.
 *
 * @param document - in its published form
 */
export function openApi30(document: Document): Document {
  const prepared = rewriteSchemas(document, (schema) =>
    nullableReference(withoutConditions(constantAsEnum(schema))),
  );
  const converter = new Converter(prepared, { allOfTransform: true });
  const converted: unknown = JSON.parse(JSON.stringify(converter.convert()));
  if (!isObject(converted)) throw new TypeError('The converter gives no document.');
  return withoutScopes(withoutUnusedResponses(withoutUnusedTags(withoutSummary(converted))));
}

/** The converter overlooks constants that are 0 or null. A list of null alone breaks Rust: it may be any text there. */
function constantAsEnum(schema: Node): Node {
  const { const: constant, ...rest } = schema;
  if (constant === undefined) return schema;
  return constant === null ? rest : { ...rest, enum: [constant] };
}

/** What holds on a condition that is always met stays: ogen tells errors apart by their messages. */
function withoutConditions(schema: Node): Node {
  const { if: test, then: consequence } = schema;
  const isAlwaysMet = isObject(test) && JSON.stringify(test) === JSON.stringify({ type: schema.type });
  const rest = Object.entries(schema).filter(([keyword]) => !conditions.includes(keyword));
  return { ...Object.fromEntries(rest), ...(isAlwaysMet && isObject(consequence) && consequence) };
}

/** A choice of a component or null becomes what 3.0 has for it: `nullable` around the reference. */
function nullableReference(schema: Node): Node {
  const { oneOf, ...rest } = schema;
  if (!Array.isArray(oneOf)) return schema;
  const others = oneOf.filter((one) => !isObject(one) || one.type !== 'null');
  if (others.length === oneOf.length || others.length !== 1) return schema;
  return { ...rest, nullable: true, allOf: others };
}

function withoutSummary(document: Document): Document {
  const { summary, ...info } = isObject(document.info) ? document.info : {};
  return { ...document, info };
}

/** The tag of webhooks has nothing left. */
function withoutUnusedTags(document: Document): Document {
  const used = new Set(operationsOf(document).flatMap(({ definition }) => definition.tags));
  const tags = Array.isArray(document.tags)
    ? document.tags.filter((tag) => isObject(tag) && used.has(tag.name))
    : [];
  return { ...document, tags };
}

/** The responses to webhooks have nothing left that refers to them. */
function withoutUnusedResponses(document: Document): Document {
  const text = JSON.stringify(document);
  const components = isObject(document.components) ? document.components : {};
  const responses = Object.entries(isObject(components.responses) ? components.responses : {});
  const used = responses.filter(([name]) => text.includes(`"#/components/responses/${name}"`));
  return { ...document, components: { ...components, responses: Object.fromEntries(used) } };
}

/** In 3.0, only OAuth2 has scopes. */
function withoutScopes(document: Document): Document {
  const without = (security: unknown) =>
    Array.isArray(security) ? security.map((requirement) => mapValues(requirement, () => [])) : security;
  const definitions = operationsOf(document).map(({ definition }): [unknown, Node] => [
    definition,
    { ...definition, ...('security' in definition && { security: without(definition.security) }) },
  ]);
  return { ...withOperations(document, new Map(definitions)), security: without(document.security) };
}
