/**
 * The samples in TypeScript, which know the client's methods.
 */
import { methodName } from '../../scripts/generate/methods-names.ts';
import { typescriptLiteral as literal } from './literal.ts';
import { encodePath, type SampleCall, userAgent } from './sample-call.ts';

/** A program that makes the call: with the client, or with `fetch` where the client omits the operation. */
export function typescriptSample(call: SampleCall): string {
  if (call.definition['x-unstable'] === true) return fetchSample(call);
  return call.version === 'v1' ? openapiFetchSample(call) : methodSample(call);
}

/** `await pk.members.update('abcde', { … })`: the parameters of the path, then the body, then the query. */
function methodSample(call: SampleCall): string {
  const { group, method } = methodName(call);
  const parameters = [
    ...Object.values(call.path),
    ...(call.hasBody ? [call.body] : []),
    ...(Object.keys(call.query).length > 0 ? [call.query] : []),
  ];
  const invocation = `await pk.${group}.${method}(${parameters.map((value) => literal(value)).join(', ')});`;
  const hasResult = call.successes.some(({ hasBody }) => hasBody);
  return [
    "import { PluralKit } from 'pluralkit-openapi';",
    '',
    'const pk = new PluralKit({',
    ...settings(call),
    '});',
    '',
    hasResult ? `const result = ${invocation}` : invocation,
  ].join('\n');
}

/** Version 1 has the low level alone. */
function openapiFetchSample(call: SampleCall): string {
  const params = {
    ...(Object.keys(call.path).length > 0 && { path: call.path }),
    ...(Object.keys(call.query).length > 0 && { query: call.query }),
  };
  const options = {
    ...(Object.keys(params).length > 0 && { params }),
    ...(call.hasBody && { body: call.body }),
  };
  const parameters = [call.template, ...(Object.keys(options).length > 0 ? [options] : [])];
  const invocation = `client.${call.method.toUpperCase()}(${parameters.map((value) => literal(value)).join(', ')})`;
  return [
    "import { createClient } from 'pluralkit-openapi/v1';",
    '',
    'const client = createClient({',
    ...settings(call),
    '});',
    '',
    `const { data, error } = await ${invocation};`,
  ].join('\n');
}

function settings(call: SampleCall): string[] {
  return [
    ...(call.needsToken ? ['  token: process.env.PLURALKIT_TOKEN,'] : []),
    `  userAgent: ${literal(userAgent)},`,
  ];
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
