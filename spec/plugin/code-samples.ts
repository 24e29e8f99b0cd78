import { pythonSample } from './python-sample.ts';
import { encodePath, type SampleCall, userAgent } from './sample-call.ts';
import { isObject, objectOr, type Resolve, type SourceObject, type SourceOperation } from './source.ts';
import { typescriptSample } from './typescript-sample.ts';

/** Puts `x-codeSamples` on each operation: a shell command with curl, and programs in TypeScript and Python. */
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
      { lang: 'Python', label: 'Python', source: pythonSample(call) },
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
      // Operations that need a token nearly always concern the caller's own system.
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
    baseUrl: String(objectOr(arrayOr(root.servers)[0]).url),
    path,
    query,
    body,
    hasBody: body !== undefined,
    needsToken: !openToAll || Object.values(path).includes('@me'),
    successes: Object.entries(objectOr(node.responses))
      .filter(([status]) => status.startsWith('2'))
      .map(([status, response]) => ({ status, hasBody: 'content' in resolve(response, file).node })),
    operationId: String(node.operationId),
    definition: node,
    version: versionOf(root),
  };
}

function versionOf(root: SourceObject): string {
  return new URL(String(objectOr(arrayOr(root.servers)[0]).url)).pathname.slice(1);
}

/**
 * A command for any POSIX shell; `PLURALKIT_URL`, which holds the base path, sends it to a local sandbox or mock instead. Where
 * an operation lies outside of the base path, curl resolves the `..`.
 */
function curlSample(call: SampleCall): string {
  const path = call.template.replace(/\{(.+?)\}/g, (_, name) => encodePath(call.path[name] ?? ''));
  const query = new URLSearchParams(
    Object.entries(call.query).map(([name, value]): [string, string] => [name, String(value)]),
  );
  const outside = call.server === call.baseUrl ? '' : '/..';
  const target = `\${PLURALKIT_URL:-${call.baseUrl}}${outside}${path}${query.size > 0 ? `?${query}` : ''}`;
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

function shellQuote(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}
