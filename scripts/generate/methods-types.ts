/**
 * The client's methods as TypeScript interfaces, with the document's words as their comments.
 */
import { componentName, type Document, resolveReference } from '../lib/document.ts';
import { errorSchemas } from '../lib/errors.ts';
import type { DocumentOperation } from '../lib/matcher.ts';
import { isObject } from '../lib/recordings.ts';
import { mediaSchema, successSchema } from './json-content.ts';
import { methodGroups, pathParameters, upperFirst } from './methods-names.ts';
import { alternatives, baseOf, componentOf, hasViews, ownSchema } from './owner-views.ts';

type Node = Readonly<Record<string, unknown>>;

/** What stands for a path's parameter in a signature. */
const parameterTypes: Readonly<Record<string, { readonly name: string; readonly type: string }>> = {
  systemRef: { name: 'system', type: 'SystemReference' },
  memberRef: { name: 'member', type: 'string' },
  groupRef: { name: 'group', type: 'string' },
  switchRef: { name: 'id', type: 'string' },
  guild_id: { name: 'guildId', type: 'Snowflake' },
  message_id: { name: 'id', type: 'Snowflake' },
};

interface Context {
  readonly document: Document;
  /** Names of the schemas that are used. */
  readonly schemas: Set<string>;
  /** Interfaces of the last parameters of methods that have a query. */
  readonly options: string[];
  /** Interfaces of owners' models that are not in the document, by name. */
  readonly models: Map<string, string>;
}

/**
 * The type parameter for the view of the client. Its variance is declared, since TypeScript does not infer that the owner's
 * client can replace any other.
 */
const viewParameter = 'out ClientView extends View = View';
/** Begins every type that depends on the view of the client. */
const seenBy = 'SeenBy<ClientView, ';

/** Interfaces for all groups of methods, with the imports that they need. */
export function methodInterfaces(document: Document, operations: readonly DocumentOperation[]): string {
  const context: Context = { document, schemas: new Set(), options: [], models: new Map() };
  const groups = [...methodGroups(operations)].map(([group, methods]) => {
    const members = [...methods].map(([name, operation]) => methodType(context, name, operation)).join('\n');
    return { group, members, type: groupType(group), dependsOnView: members.includes(seenBy) };
  });
  const interfaces = groups.map(({ group, members, type, dependsOnView }) => {
    const parameters = dependsOnView ? `<${viewParameter}>` : '';
    return `${comment(tagDescription(document, group))}export interface ${type}${parameters} {\n${members}}\n`;
  });
  const all = groups
    .map(
      ({ group, type, dependsOnView }) =>
        `  readonly ${group}: ${type}${dependsOnView ? '<ClientView>' : ''};\n`,
    )
    .join('');
  return `import type { CallOptions } from '../../src/client/options.ts';
import type { List, Snowflake, SystemReference } from '../../src/client/values.ts';
import type { SeenBy, View } from '../../src/client/view.ts';
import type {
${[...context.schemas]
  .sort()
  .map((name) => `  ${name},\n`)
  .join('')}} from './schema.ts';

${[...context.models.values(), ...context.options, ...interfaces].join('\n')}
/** Every method, by group. */
export interface Methods<${viewParameter}> {
${all}}
`;
}

function groupType(group: string): string {
  return `${upperFirst(group)}Methods`;
}

function tagDescription(document: Document, group: string): string {
  const tags = Array.isArray(document.tags) ? document.tags.filter(isObject) : [];
  const tag = tags.find(({ name }) => String(name).toLowerCase() === group.toLowerCase());
  return String(tag?.description ?? '');
}

function methodType(context: Context, name: string, operation: DocumentOperation): string {
  const text = comment(description(context.document, operation), '  ');
  return signatures(context, operation)
    .map(([parameters, result]) => `${text}  ${name}(${parameters.join(', ')}): ${result};\n`)
    .join('');
}

/**
 * The signatures of a method: first that for the caller's own system, where its owner sees more of it than others do. Only the
 * owner of a system may write to it, whatever the reference.
 */
function signatures(context: Context, operation: DocumentOperation): [string[], string][] {
  const { document } = context;
  const parameters = pathParameters(operation.path).map((parameter) => {
    const known = parameterTypes[parameter];
    if (!known) throw new Error(`${operation.operationId}: what type has the path's parameter ${parameter}?`);
    return `${known.name}: ${known.type}`;
  });
  const rest = [...bodyParameter(context, operation.definition), optionsParameter(context, operation)];
  const schema = successSchema(document, operation.definition);
  const general = resultType(context, operation, schema);
  const own = hasViews(document, operation) ? resultType(context, operation, schema, true) : general;
  if (own === general || operation.method !== 'GET') return [[[...parameters, ...rest], own]];
  const [, ...others] = parameters;
  return [
    [["system: '@me'", ...others, ...rest], own],
    [[...parameters, ...rest], general],
  ];
}

function bodyParameter(context: Context, definition: Node): string[] {
  if (!('requestBody' in definition)) return [];
  const { content } = resolveReference(context.document, definition.requestBody);
  const schema = mediaSchema(content);
  const { items } = resolveReference(context.document, schema);
  // Lists of references are taken in any form, from any array.
  return [items ? 'body: readonly string[]' : `body: ${typeOf(context, schema)}`];
}

function optionsParameter(context: Context, { operationId, parameters }: DocumentOperation): string {
  const query = parameters
    .map((parameter) => resolveReference(context.document, parameter))
    .filter((parameter) => parameter.in === 'query');
  if (query.length === 0) return 'options?: CallOptions';
  const isRequired = (parameter: Node) =>
    parameter.required === true || parameter['x-required-by-clients'] === true;
  const fields = query.map((parameter) => {
    const text = [parameter.description, parameter.deprecated === true && '\n@deprecated']
      .filter(Boolean)
      .join('\n');
    const type = queryType(parameter.schema);
    const optional = isRequired(parameter) ? `: ${type}` : `?: ${type} | undefined`;
    return `${comment(text, '  ')}  readonly ${parameter.name}${optional};\n`;
  });
  const name = `${upperFirst(operationId)}Options`;
  context.options.push(
    `/** Query and options of \`${operationId}\`. */\nexport interface ${name} extends CallOptions {\n${fields.join('')}}\n`,
  );
  return `options${query.some(isRequired) ? '' : '?'}: ${name}`;
}

function queryType(schema: unknown): string {
  const { type, pattern }: Node = isObject(schema) ? schema : {};
  if (type === 'boolean') return 'boolean';
  if (type === 'integer' || type === 'number') return 'number';
  return pattern === '^\\d{1,20}$' ? 'Snowflake' : 'string';
}

/**
 * The type that the method's promise resolves with: a model, null where the response may have no body, or nothing.
 *
 * @param isOwn - whether it is of the caller's own system: then it depends on the view of the client
 */
function resultType(
  context: Context,
  { operationId, definition }: DocumentOperation,
  schema?: Node,
  isOwn = false,
): string {
  if (!schema) return 'Promise<void>';
  const seen = (node: unknown): string => {
    const type = typeOf(context, node);
    const own = isOwn && isObject(node) ? typeOf(context, ownSchema(context.document, node)) : type;
    return own === type ? type : `${seenBy}${own}, ${type}>`;
  };
  const { items } = schema;
  if (operationId.startsWith('list') && isObject(items)) return `List<${seen(items)}>`;
  const mayBeEmpty = isObject(definition.responses) && '204' in definition.responses;
  return `Promise<${seen(schema)}${mayBeEmpty ? ' | null' : ''}>`;
}

function typeOf(context: Context, schema: unknown): string {
  const name = componentName(schema);
  if (name) {
    if (componentOf(context.document, name)) context.schemas.add(name);
    else context.models.set(name, ownModel(context, name));
    return name;
  }
  const node: Node = isObject(schema) ? schema : {};
  const views = alternatives(node);
  if (views) {
    const names = views.map((view) => typeOf(context, view));
    // The view of anyone includes the owner's.
    return names.filter((one) => !names.some((other) => one === `Own${other}`)).join(' | ');
  }
  if (node.items) return `${typeOf(context, node.items)}[]`;
  throw new Error(`A schema stands in an operation where a component is expected: ${JSON.stringify(schema)}`);
}

/** The interface of an owner's model that the document lacks, since no operation responds with it alone. */
function ownModel(context: Context, ownName: string): string {
  const { document } = context;
  const name = ownName.replace(/^Own/, '');
  const component = componentOf(document, name) ?? {};
  const base = baseOf(component) ?? {};
  const types = [ownSchema(document, base), { $ref: name }, base].map((schema) => typeOf(context, schema));
  const text = comment(`\`${name}\` as its own system sees it. ${component.description}`);
  return `${text}export interface ${ownName} extends ${types[0]}, Omit<${types[1]}, keyof ${types[2]}> {}\n`;
}

function description(document: Document, { method, path, definition }: DocumentOperation): string {
  const errors = errorSchemas(document, definition).flatMap(({ status, name }) =>
    name === null ? [] : [`@throws ${errorClass(status)} with the code name \`${name}\``],
  );
  const link = isObject(definition.externalDocs) ? [`@see {@link ${definition.externalDocs.url}}`] : [];
  return [
    `${definition.summary}: \`${method} ${path}\``,
    `\n${definition.description}\n`,
    ...errors,
    ...link,
  ].join('\n');
}

function errorClass(status: number): string {
  const classes: Readonly<Record<number, string>> = {
    400: 'ValidationError',
    401: 'UnauthorizedError',
    403: 'ForbiddenError',
    404: 'NotFoundError',
    429: 'RateLimitedError',
  };
  return classes[status] ?? (status >= 500 ? 'ServerError' : 'PluralKitError');
}

function comment(text: string, indent = ''): string {
  const lines = text.trim().replaceAll('*/', '*\\/').split('\n');
  if (lines.length === 1) return `${indent}/** ${lines[0]} */\n`;
  return `${indent}/**\n${lines.map((line) => `${indent} * ${line}`.trimEnd()).join('\n')}\n${indent} */\n`;
}
