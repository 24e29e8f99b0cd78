import { pythonLiteral } from './literal.ts';
import { encodePath, type SampleCall, userAgent } from './sample-call.ts';

/**
 * A program in Python with the library `requests`. `PLURALKIT_URL`, which holds the base path, sends it to a local sandbox or
 * mock instead.
 */
export function pythonSample(call: SampleCall): string {
  const isOutside = call.server !== call.baseUrl;
  const address = `os.environ.get("PLURALKIT_URL", ${pythonLiteral(call.baseUrl)})`;
  const basePath = new URL(call.baseUrl).pathname;
  const path = call.template.replace(/\{(.+?)\}/g, (_, name) => encodePath(call.path[name] ?? ''));
  const headers = [
    `        "User-Agent": ${pythonLiteral(userAgent)},`,
    ...(call.needsToken ? ['        "Authorization": os.environ["PLURALKIT_TOKEN"],'] : []),
  ];
  return [
    'import os',
    '',
    'import requests',
    '',
    `url = ${address}${isOutside ? `.removesuffix(${pythonLiteral(basePath)})` : ''}`,
    `response = requests.${call.method}(`,
    `    f"{url}${path}",`,
    ...(Object.keys(call.query).length > 0 ? [`    params=${pythonLiteral(call.query, '    ')},`] : []),
    '    headers={',
    ...headers,
    '    },',
    ...(call.hasBody ? [`    json=${pythonLiteral(call.body, '    ')},`] : []),
    '    timeout=10,',
    ')',
    'response.raise_for_status()',
    ...printed(call),
  ].join('\n');
}

function printed({ successes }: SampleCall): string[] {
  const withBody = successes.filter(({ hasBody }) => hasBody);
  if (withBody.length === 0) return [];
  if (withBody.length === successes.length) return ['print(response.json())'];
  return [
    `if response.status_code in [${withBody.map(({ status }) => status).join(', ')}]:`,
    '    print(response.json())',
  ];
}
