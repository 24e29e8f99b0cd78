import type {
  ConsoleBody,
  ConsoleOperation,
  ConsoleParameter,
  ReferenceTarget,
} from '../../src/sandbox/console/operations.ts';
import { componentName, type Document, resolveReference } from '../lib/document.ts';
import { basePaths, type DocumentOperation, operationsOf } from '../lib/matcher.ts';
import { isObject } from '../lib/recordings.ts';

/** The operations of a document, in the order of its tags, with what a form needs to call them. */
export function consoleOperations(document: Document): ConsoleOperation[] {
  const tags = (Array.isArray(document.tags) ? document.tags : []).map((tag) => String(tag.name));
  return operationsOf(document)
    .map((operation) => describe(document, operation))
    .sort((one, other) => tags.indexOf(one.tag) - tags.indexOf(other.tag));
}

function describe(document: Document, operation: DocumentOperation): ConsoleOperation {
  const { operationId, method, path, definition, parameters } = operation;
  const [basePath = ''] = basePaths(document, operation);
  const security = definition.security ?? document.security;
  return {
    id: operationId,
    method,
    path: `${basePath}${path}`,
    tag: Array.isArray(definition.tags) ? String(definition.tags[0]) : '',
    summary: String(definition.summary),
    description: String(definition.description),
    needsToken: Array.isArray(security) && security.every((entry) => Object.keys(entry).length > 0),
    parameters: parameters
      .map((parameter) => resolveReference(document, parameter))
      .filter((parameter) => parameter.deprecated !== true)
      .map((parameter) => describeParameter(document, parameter)),
    body: describeBody(document, definition),
  };
}

function describeParameter(document: Document, parameter: Record<string, unknown>): ConsoleParameter {
  return {
    name: String(parameter.name),
    in: parameter.in === 'path' ? 'path' : 'query',
    required: parameter.required === true,
    description: String(parameter.description),
    example: String(parameter.example ?? resolveReference(document, parameter.schema).example ?? ''),
  };
}

function describeBody(document: Document, definition: Record<string, unknown>): ConsoleBody | null {
  const { content } = resolveReference(document, definition.requestBody);
  const media = isObject(content) ? content['application/json'] : undefined;
  if (!isObject(media)) return null;
  const examples = Object.values(isObject(media.examples) ? media.examples : {}).filter(isObject);
  return {
    examples: examples.map(({ summary, value }) => ({ summary: String(summary), value })),
    references: referencesIn(document, media.schema),
  };
}

/** The type of a value: the name of its component, or of the property where the schema takes any string. */
const targets: Readonly<Record<string, ReferenceTarget>> = {
  MemberReference: 'member',
  GroupReference: 'group',
  autoproxy_member: 'member',
};

function referencesIn(
  document: Document,
  schema: unknown,
  path: readonly string[] = [],
): ConsoleBody['references'] {
  const target = targets[componentName(schema) ?? path.at(-1) ?? ''];
  if (target !== undefined) return [{ path, to: target }];
  const { items, properties } = resolveReference(document, schema);
  const nested = Object.entries(isObject(properties) ? properties : {});
  return [
    ...(items === undefined ? [] : referencesIn(document, items, [...path, '*'])),
    ...nested.flatMap(([key, property]) => referencesIn(document, property, [...path, key])),
  ];
}
