/**
 * Every operation with the document's own examples, as tools send them, succeeds in the sandbox.
 */
import { expect, test } from 'vitest';
import { resolveReference } from '../../scripts/lib/document.ts';
import { basePaths } from '../../scripts/lib/matcher.ts';
import { createSandbox } from '../../src/sandbox/index.ts';
import { loadContract, type Operation } from '../document/contract.ts';

const { document, operations } = loadContract('v2');

/** The system that the examples are about. */
const owner = 'harbor';

const calls = new Map(
  [...operations.values()].flatMap((operation) =>
    exampleSets(operation).map((values) => [
      [operation.operationId, ...Object.values(values.path), new URLSearchParams(values.query)].join(' '),
      { operation, ...values },
    ]),
  ),
);

test.each([...calls])(
  'the sandbox has what the example of a parameter names: %s',
  async (_, { operation, path, query }) => {
    const sandbox = createSandbox();
    const [basePath] = basePaths(document, { ...operation, parameters: [] });
    const filled = operation.path.replace(/\{(\w+)\}/g, (_, name: string) =>
      encodeURIComponent(path[name] ?? ''),
    );
    const [body] = operation.requestBodies.get('application/json')?.examples.values() ?? [];
    const response = await sandbox.fetch(`${basePath}${filled}?${new URLSearchParams(query)}`, {
      method: operation.method,
      headers: {
        'User-Agent': 'test',
        'Content-Type': 'application/json',
        Authorization: sandbox.tokens[owner] ?? '',
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    expect({ status: response.status, body: await response.text() }).toMatchObject({
      status: expect.toSatisfy((status) => status >= 200 && status < 300),
    });
  },
);

test('every parameter of an operation has an example', () => {
  for (const { path, query } of calls.values()) {
    for (const value of [...Object.values(path), ...Object.values(query)])
      expect(value).not.toBe('undefined');
  }
});

interface Values {
  readonly path: Readonly<Record<string, string>>;
  readonly query: Readonly<Record<string, string>>;
}

/** Values for all parameters: the first example of each, then each further one among the first of the others. */
function exampleSets(operation: Operation): Values[] {
  const pathItem = resolveReference(document, resolveReference(document, document.paths)[operation.path]);
  const parameters = [pathItem.parameters, operation.definition.parameters]
    .flatMap((list) => (Array.isArray(list) ? list : []))
    .map((parameter) => resolveReference(document, parameter))
    .filter(({ deprecated }) => deprecated !== true);
  const first = parameters.map((parameter) => [parameter, examplesOf(parameter)[0] ?? ''] as const);
  const sets = parameters.flatMap((parameter) =>
    examplesOf(parameter).map((example) =>
      first.map(([one, usual]) => [one, one === parameter ? example : usual] as const),
    ),
  );
  const all = (place: unknown, values: typeof first) =>
    Object.fromEntries(
      values.flatMap(([one, value]) => (one.in === place ? [[String(one.name), value]] : [])),
    );
  return [first, ...sets].map((values) => ({ path: all('path', values), query: all('query', values) }));
}

function examplesOf(parameter: Readonly<Record<string, unknown>>): string[] {
  const named = Object.values(resolveReference(document, parameter.examples)).map(
    (example) => resolveReference(document, example).value,
  );
  const { example } = resolveReference(document, parameter.schema);
  return (named.length > 0 ? named : [example]).map(String);
}
