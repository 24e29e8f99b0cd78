import { describe, expect, test } from 'vitest';
import { type Document, generatedDocument, resolveReference, versions } from '../../scripts/lib/document.ts';
import { operationsOf } from '../../scripts/lib/matcher.ts';
import { isObject } from '../../scripts/lib/recordings.ts';
import expectedStatuses from '../../spec/lint/expected-statuses.js';
import { loadContract } from '../document/contract.ts';
import { loadExchanges } from '../document/exchanges.ts';
import { contextAt } from './context.ts';

const anyone = [{}, { LegacyToken: [] }, { ApiKey: ['read:members'] }];
const owner = [{ LegacyToken: [] }, { ApiKey: ['write:members'] }];
const memberRef = { name: 'memberRef', in: 'path', schema: { pattern: '^[a-z]+$' } };
const systemRef = { name: 'systemRef', in: 'path', schema: { pattern: '^(@me|[a-z]+)$' } };

interface Case {
  readonly path?: string;
  readonly method?: string;
  readonly parameters?: object[];
  readonly security?: object[];
  readonly hasBody?: boolean;
  readonly root?: object;
}

/** The faults of an operation that documents these statuses: `-404` where one is missing, `+403` where one is too many. */
function faultsOf(
  { path = '/x', method = 'get', parameters = [], security, hasBody, root = {} }: Case,
  statuses: number[],
): string[] {
  const responses = Object.fromEntries(statuses.map((status) => [status, {}]));
  const operation = { responses, ...(security && { security }), ...(hasBody && { requestBody: {} }) };
  const found = expectedStatuses({ parameters, [method]: operation }, null, contextAt(['paths', path], root));
  return found.map(({ message }) =>
    message.replace(/^(Lacks|Has) (\d+).*$/s, (_, verb, status) =>
      verb === 'Lacks' ? `-${status}` : `+${status}`,
    ),
  );
}

describe('expected-statuses', () => {
  test('expects no 403 of an object that anyone may see', () => {
    const get = { path: '/members/{memberRef}', parameters: [memberRef], security: anyone };
    expect(faultsOf(get, [200, 404, 429])).toEqual([]);
    expect(faultsOf(get, [200])).toEqual(['-404', '-429']);
    expect(faultsOf(get, [200, 401, 403, 404, 415, 429])).toEqual(['+401', '+403', '+415']);
  });

  test('expects 401 wherever @me is a reference', () => {
    const get = { path: '/systems/{systemRef}', parameters: [systemRef], security: anyone };
    expect(faultsOf(get, [200, 401, 404, 429])).toEqual([]);
    expect(faultsOf(get, [200, 404, 429])).toEqual(['-401']);
  });

  test('expects 403 of a list, which may be private', () => {
    const list = { path: '/members/{memberRef}/groups', parameters: [memberRef], security: anyone };
    expect(faultsOf(list, [200, 403, 404, 429])).toEqual([]);
    expect(faultsOf(list, [200, 404, 429])).toEqual(['-403']);
  });

  test('expects 400, 401 and 403 of a change, which needs a body, a token and permission', () => {
    const patch = { method: 'patch', parameters: [memberRef], security: owner, hasBody: true };
    expect(faultsOf(patch, [200, 400, 401, 403, 404, 415, 429])).toEqual([]);
    expect(faultsOf(patch, [200])).toEqual(['-400', '-401', '-403', '-404', '-415', '-429']);
  });

  test('expects no 403 where an object is created and no API key is accepted', () => {
    const post = { method: 'post', security: [{ LegacyToken: [] }], hasBody: true };
    expect(faultsOf(post, [200, 400, 401, 415, 429])).toEqual([]);
    expect(faultsOf(post, [200, 400, 401, 403, 404, 415, 429])).toEqual(['+403', '+404']);
  });

  test('expects a 400 without a body where a query can be unreadable', () => {
    expect(faultsOf({ security: anyone }, [200, 400, 429])).toEqual([]);
  });

  test('takes the security of the document where an operation has none of its own', () => {
    const get = { parameters: [memberRef], root: { security: [{}] } };
    expect(faultsOf(get, [200, 404, 429])).toEqual([]);
    expect(faultsOf({ ...get, root: { security: owner } }, [200, 404, 429])).toEqual(['-401', '-403']);
  });
});

/** The rule says where the server rejects; whatever the recordings show must be among it. */
test.each(versions)('every recorded error response of %s is one that the rule expects', (version) => {
  const document = generatedDocument(version);
  const contract = loadContract(version);
  const rejected = new Map<string, Set<number>>();
  for (const { request, response } of loadExchanges(version)) {
    const operationId = contract.match(request.method, request.path)?.operation.operationId;
    if (!operationId || ![401, 403, 404, 415].includes(response.status)) continue;
    rejected.set(operationId, (rejected.get(operationId) ?? new Set()).add(response.status));
  }
  expect(rejected.size).toBeGreaterThan(8);
  for (const { operationId, path, method, definition } of operationsOf(document)) {
    const item = isObject(document.paths) ? document.paths[path] : {};
    const responses = Object.fromEntries(
      [...(rejected.get(operationId) ?? [])].map((status) => [status, {}]),
    );
    const only = {
      ...(isObject(item) && { parameters: resolveParameters(document, item.parameters) }),
      [method.toLowerCase()]: {
        ...definition,
        parameters: resolveParameters(document, definition.parameters),
        responses,
      },
    };
    const found = expectedStatuses(only, null, contextAt(['paths', path], document));
    const tooMany = found.filter(({ message }) => message.startsWith('Has'));
    expect(tooMany, operationId).toEqual([]);
  }
});

function resolveParameters(document: Document, parameters: unknown): unknown[] {
  return Array.isArray(parameters)
    ? parameters.map((parameter) => {
        const { schema, ...rest } = resolveReference(document, parameter);
        return { ...rest, schema: resolveReference(document, schema) };
      })
    : [];
}
