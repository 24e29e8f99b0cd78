import { isObject, objectOr, type Resolve, type SourceObject, type SourceOperation } from './source.ts';
import { literal } from './typescript-literal.ts';

/** What a sample shows: an operation with values for all that it needs. */
interface SampleCall {
  readonly method: string;
  /** The document's path, with its parameters in braces. */
  readonly template: string;
  readonly server: string;
  readonly path: Readonly<Record<string, string>>;
  readonly query: Readonly<Record<string, string | number | boolean>>;
  readonly body: unknown;
  readonly hasBody: boolean;
  readonly needsToken: boolean;
  /** Whether the generated client has the operation. */
  readonly inClient: boolean;
  /** Where the client is imported from. */
  readonly module: string;
}

const userAgent = 'my-app/1.0 (me@example.com)';

/** Puts `x-codeSamples` on each operation: a shell command with curl, and a TypeScript program with the client. */
export function addCodeSamples(
  root: SourceObject,
  operations: readonly SourceOperation[],
  resolve: Resolve,
): void {
  for (const operation of operations) {
    const call = sampleCall(root, operation, resolve);
    operation.node['x-codeSamples'] ??= [
      { lang: 'Shell', label: 'curl', source: curlSample(call) },
      { lang: 'TypeScript', label: 'TypeScript', source: typescriptSample(call) },
    ];
  }
}

function sampleCall(root: SourceObject, operation: SourceOperation, resolve: Resolve): SampleCall {
  const { node, file, pathItem, path: template, method } = operation;
  const servers = [node.servers, pathItem.node.servers, root.servers].find(Array.isArray) ?? [];
  const server = String(objectOr(servers[0]).url);
  const openToAll = arrayOr(node.security ?? root.security).some(
    (scheme) => Object.keys(objectOr(scheme)).length === 0,
  );
  const path: Record<string, string> = {};
  const query: Record<string, string | number | boolean> = {};
  for (const value of [...arrayOr(pathItem.node.parameters), ...arrayOr(node.parameters)]) {
    const parameter = resolve(value, file).node;
    const example = exampleOf(parameter);
    if (parameter.in === 'path') {
      // What needs a token is nearly always about one's own system.
      path[String(parameter.name)] = !openToAll && takesMe(parameter) ? '@me' : String(example);
    } else if (parameter.in === 'query' && parameter.deprecated !== true && isPrimitive(example)) {
      query[String(parameter.name)] = example;
    }
  }
  const body = requestExample(resolve(node.requestBody, file).node);
  return {
    method,
    template,
    server,
    path,
    query,
    body,
    hasBody: body !== undefined,
    needsToken: !openToAll || Object.values(path).includes('@me'),
    inClient: node['x-unstable'] !== true,
    module: module(root),
  };
}

function module(root: SourceObject): string {
  const version = new URL(String(objectOr(arrayOr(root.servers)[0]).url)).pathname;
  return version === '/v1' ? 'pluralkit-openapi/v1' : 'pluralkit-openapi';
}

/** A command for any POSIX shell; `PLURALKIT_URL` sends it to a local sandbox or mock instead. */
function curlSample(call: SampleCall): string {
  const path = call.template.replace(/\{(.+?)\}/g, (_, name) => encodePath(call.path[name] ?? ''));
  const query = new URLSearchParams(
    Object.entries(call.query).map(([name, value]): [string, string] => [name, String(value)]),
  );
  const target = `\${PLURALKIT_URL:-${call.server}}${path}${query.size > 0 ? `?${query}` : ''}`;
  const parts = [
    `curl ${call.method === 'get' ? '' : `-X ${call.method.toUpperCase()} `}"${target}"`,
    `-H ${shellQuote(`User-Agent: ${userAgent}`)}`,
    ...(call.needsToken ? ['-H "Authorization: $PLURALKIT_TOKEN"'] : []),
    ...(call.hasBody
      ? [`-H 'Content-Type: application/json'`, `-d ${shellQuote(JSON.stringify(call.body, null, 2))}`]
      : []),
  ];
  return parts.join(' \\\n  ');
}

/** The only place that knows what the client looks like. */
function typescriptSample(call: SampleCall): string {
  return call.inClient ? clientSample(call) : fetchSample(call);
}

function clientSample(call: SampleCall): string {
  const settings = [
    ...(call.needsToken ? ['token: process.env.PLURALKIT_TOKEN'] : []),
    `userAgent: ${literal(userAgent)}`,
  ];
  const params = {
    ...(Object.keys(call.path).length > 0 && { path: call.path }),
    ...(Object.keys(call.query).length > 0 && { query: call.query }),
  };
  const options = {
    ...(Object.keys(params).length > 0 && { params }),
    ...(call.hasBody && { body: call.body }),
  };
  const argumentList = [
    literal(call.template),
    ...(Object.keys(options).length > 0 ? [literal(options)] : []),
  ].join(', ');
  return [
    `import { createClient } from ${literal(call.module)};`,
    '',
    'const client = createClient({',
    ...settings.map((setting) => `  ${setting},`),
    '});',
    '',
    `const { data, error } = await client.${call.method.toUpperCase()}(${argumentList});`,
  ].join('\n');
}

function fetchSample(call: SampleCall): string {
  const path = call.template.replace(/\{(.+?)\}/g, (_, name) => encodePath(call.path[name] ?? ''));
  const headers = [
    `    'User-Agent': ${literal(userAgent)},`,
    ...(call.needsToken ? ["    Authorization: process.env.PLURALKIT_TOKEN ?? '',"] : []),
    ...(call.hasBody ? ["    'Content-Type': 'application/json',"] : []),
  ];
  return [
    `const response = await fetch(${literal(`${call.server}${path}`)}, {`,
    `  method: ${literal(call.method.toUpperCase())},`,
    '  headers: {',
    ...headers,
    '  },',
    ...(call.hasBody ? [`  body: JSON.stringify(${literal(call.body, '  ')}),`] : []),
    '});',
  ].join('\n');
}

function takesMe(parameter: SourceObject): boolean {
  return Object.values(objectOr(parameter.examples)).some((example) => objectOr(example).value === '@me');
}

function requestExample(requestBody: SourceObject): unknown {
  const [content] = Object.values(objectOr(requestBody.content));
  return exampleOf(objectOr(content));
}

/** The first example of a parameter or media type, of whichever form. */
function exampleOf(holder: SourceObject): unknown {
  if ('example' in holder) return holder.example;
  const [first] = Object.values(objectOr(holder.examples));
  if (isObject(first)) return first.value;
  const schema = objectOr(holder.schema);
  return Array.isArray(schema.examples) ? schema.examples[0] : schema.example;
}

function arrayOr(value: unknown): unknown[] {
  return Array.isArray(value) ? value : [];
}

function isPrimitive(value: unknown): value is string | number | boolean {
  return ['string', 'number', 'boolean'].includes(typeof value);
}

/** `@` stays: it may stand in a path as it is, and `@me` reads better so. */
function encodePath(segment: string): string {
  return encodeURIComponent(segment).replaceAll('%40', '@');
}

function shellQuote(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}
