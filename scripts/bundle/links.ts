/**
 * Links from the operations that make or list a thing to those that take it.
 */
import { componentName, type Document, resolveReference } from '../lib/document.ts';
import { type DocumentOperation, operationsOf } from '../lib/matcher.ts';
import { isObject } from '../lib/recordings.ts';
import { type Node, withOperations } from './walk.ts';

/** The model whose field gives a path parameter its value. */
const parameterOfModel: Readonly<Record<string, string>> = {
  System: 'systemRef',
  Member: 'memberRef',
  MessageMember: 'memberRef',
  Group: 'groupRef',
  Switch: 'switchRef',
};

/** Systems and messages are neither made nor listed by any operation. */
const sources = /^(create|list)|^get(System|Message)$/;

/**
 * The document with `links` on the responses that hold an id which other operations take. Schemathesis follows them to chain calls.
 */
export function withLinks(document: Document): Document {
  const operations = operationsOf(document);
  const linked = new Map(
    operations
      .filter(({ operationId }) => sources.test(operationId))
      .map((operation): [unknown, Node] => [
        operation.definition,
        withLinksFrom(document, operation, operations),
      ]),
  );
  return withOperations(document, linked);
}

function withLinksFrom(
  document: Document,
  source: DocumentOperation,
  operations: readonly DocumentOperation[],
): Node {
  const { definition } = source;
  const responses = isObject(definition.responses) ? definition.responses : {};
  const response = resolveReference(document, responses['200']);
  const creates = source.operationId.startsWith('create');
  const shared = sharedParameters(document, source);
  const given: Record<string, string> = {
    // What is made belongs to the system whose token was sent.
    ...(creates && !('systemRef' in shared) && { systemRef: '@me' }),
    ...referencesIn(document, response),
  };
  const known = { ...shared, ...given };
  const links = operations
    // A program that follows links deletes what it has made, and nothing else.
    .filter((target) => creates || target.method !== 'DELETE')
    .filter((target) => target !== source && takes(document, target, given, known))
    .map((target) => [target.operationId, linkTo(document, target, known)]);
  if (links.length === 0) return definition;
  return {
    ...definition,
    responses: { ...responses, 200: { ...response, links: Object.fromEntries(links) } },
  };
}

/** Where a response holds ids, by the parameter that takes them: in the object itself, in a list, or in a part. */
function referencesIn(document: Document, response: Node): Record<string, string> {
  const content = isObject(response.content) ? response.content : {};
  const media = content['application/json'];
  const schema = isObject(media) ? media.schema : undefined;
  const { items, properties } = resolveReference(document, schema);
  const parameter = parameterOf(items ?? schema);
  if (parameter !== undefined) return { [parameter]: `$response.body#/${items ? '0/' : ''}id` };
  const parts = Object.entries(isObject(properties) ? properties : {}).flatMap(([name, property]) => {
    const choices = isObject(property) && Array.isArray(property.oneOf) ? property.oneOf : [property];
    const [taker] = choices.map(parameterOf).filter((one) => one !== undefined);
    return taker === undefined ? [] : [[taker, `$response.body#/${name}/id`]];
  });
  return Object.fromEntries(parts);
}

function parameterOf(schema: unknown): string | undefined {
  return parameterOfModel[componentName(schema)?.replace(/^Own|With\w+$/g, '') ?? ''];
}

/** The parameters of the source can be used for another operation, too. */
function sharedParameters(document: Document, source: DocumentOperation): Record<string, string> {
  return Object.fromEntries(parameterNames(document, source).map((name) => [name, `$request.path.${name}`]));
}

/** Whether an operation takes at least one of the given ids, and all its other references are known. */
function takes(document: Document, target: DocumentOperation, given: Node, known: Node): boolean {
  const names = parameterNames(document, target);
  const references = names.filter((name) => Object.values(parameterOfModel).includes(name));
  return names.some((name) => name in given) && references.every((name) => name in known);
}

function linkTo(
  document: Document,
  target: DocumentOperation,
  known: Readonly<Record<string, string>>,
): Node {
  const names = parameterNames(document, target).filter((name) => name in known);
  return {
    operationId: target.operationId,
    description: `${target.definition.summary}.`,
    parameters: Object.fromEntries(names.map((name) => [name, known[name]])),
  };
}

function parameterNames(document: Document, { parameters }: DocumentOperation): string[] {
  return parameters
    .map((parameter) => resolveReference(document, parameter))
    .filter((parameter) => parameter.in === 'path')
    .map(({ name }) => String(name));
}
