/**
 * Links from the operations that make or list a thing to those that take it.
 */
import { componentName, type Document, resolveReference } from '../lib/document.ts';
import { type DocumentOperation, operationsOf } from '../lib/matcher.ts';
import { isObject } from '../lib/recordings.ts';
import { type Node, withOperations } from './walk.ts';

/** Which of the models tells what a path's parameter may be. */
const parameterOfModel: Readonly<Record<string, string>> = {
  System: 'systemRef',
  Member: 'memberRef',
  Group: 'groupRef',
  Switch: 'switchRef',
};

/**
 * The document with `links` on the responses of `create…` and `list…` operations, and of `getSystem`, since no operation
 * makes or lists systems. By them, Schemathesis calls one operation with what another has given.
 */
export function withLinks(document: Document): Document {
  const operations = operationsOf(document);
  const linked = new Map(
    operations
      .filter(({ operationId }) => /^(create|list)|^getSystem$/.test(operationId))
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
  const found = referenceIn(document, response);
  if (found === undefined) return definition;
  const shared = sharedParameters(document, source);
  const given: Record<string, string> = {
    [found.parameter]: found.expression,
    // What is made belongs to the system whose token was sent.
    ...(/^create/.test(source.operationId) && !('systemRef' in shared) && { systemRef: '@me' }),
  };
  const known = { ...shared, ...given };
  const links = operations
    .filter((target) => target !== source && takes(document, target, given, known))
    .map((target) => [target.operationId, linkTo(document, target, known)]);
  return {
    ...definition,
    responses: { ...responses, 200: { ...response, links: Object.fromEntries(links) } },
  };
}

/** Where a response holds the id of something, and which parameter takes it. */
function referenceIn(
  document: Document,
  response: Node,
): { parameter: string; expression: string } | undefined {
  const content = isObject(response.content) ? response.content : {};
  const media = content['application/json'];
  const schema = isObject(media) ? media.schema : undefined;
  const { items } = resolveReference(document, schema);
  const model = componentName(items ?? schema)?.replace(/^Own|With\w+$/g, '') ?? '';
  const parameter = parameterOfModel[model];
  if (parameter === undefined) return undefined;
  return { parameter, expression: `$response.body#/${items ? '0/' : ''}id` };
}

/** What a source was called with, another operation can be called with, too. */
function sharedParameters(document: Document, source: DocumentOperation): Record<string, string> {
  return Object.fromEntries(parameterNames(document, source).map((name) => [name, `$request.path.${name}`]));
}

/** Whether an operation takes any of what is given, and all else that it refers to is known. */
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
