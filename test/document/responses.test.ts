import { isDeepStrictEqual } from 'node:util';
import { describe, expect, test } from 'vitest';
import { type Document, resolveReference } from '../../scripts/lib/document.ts';
import { groupBy } from '../../scripts/lib/group-by.ts';
import { isObject, type Version } from '../../scripts/lib/recordings.ts';
import { contractOf, loadContract, schemasOf } from './contract.ts';
import { type LocatedExchange, loadExchanges } from './exchanges.ts';
import { mutationsOf, shapeOf } from './mutations.ts';
import { describeInvalid, type JudgedResponse, responsesReport } from './reports.ts';
import { judgeResponse, type ResponseVerdict } from './responses.ts';
import { routingRules } from './routing.ts';

describe.each(['v2', 'v1'] as const)('recorded responses of %s', (version) => {
  const contract = loadContract(version);
  const exchanges = loadExchanges(version);
  const judged = exchanges.map((exchange) => ({ exchange, verdict: judgeResponse(exchange, contract) }));

  test('are as the document says', () => {
    console.log(responsesReport(version, judged));
    expect(invalidOf(judged)).toEqual([]);
  });

  test('cover every routing rule, and few exchanges match one', () => {
    const rules = new Set(judged.map(({ verdict }) => (verdict.kind === 'routing' ? verdict.rule : '')));
    const expected =
      version === 'v1' ? [] : routingRules.filter(({ unrecorded }) => !unrecorded).map(({ name }) => name);
    expect([...rules].filter(Boolean).sort()).toEqual([...expected].sort());
    expect(judged.filter(({ verdict }) => verdict.kind === 'routing').length).toBeLessThan(
      exchanges.length / 20,
    );
  });
});

describe('the check of responses', () => {
  const document = loadContract('v2').document;
  const exchanges = loadExchanges('v2').filter(({ request }) => request.method === 'GET');

  /** Operations with an invalid response after a change to a copy of the document. */
  function invalidAfter(change: (copy: Document) => void): string[] {
    const copy = structuredClone(document);
    change(copy);
    const contract = contractOf('v2', copy);
    const judged = exchanges.map((exchange) => ({ exchange, verdict: judgeResponse(exchange, contract) }));
    return [
      ...new Set(
        judged.flatMap(({ verdict }) =>
          verdict.kind === 'invalid' ? [verdict.operation?.operationId ?? ''] : [],
        ),
      ),
    ].sort();
  }

  test('accepts what the unchanged document describes', () => {
    expect(invalidAfter(() => {})).toEqual([]);
  });

  test('rejects an undocumented key', () => {
    const invalid = invalidAfter((copy) => {
      for (const schema of allSchemas(copy)) remove(schema.properties, 'birthday');
    });
    expect(invalid).toEqual([
      'getFronters',
      'getMember',
      'getMessage',
      'getSwitch',
      'listGroupMembers',
      'listMembers',
    ]);
  });

  test('rejects an undocumented status', () => {
    expect(invalidAfter((copy) => remove(responses(copy, '/systems/{systemRef}/fronters'), '204'))).toEqual([
      'getFronters',
    ]);
  });

  test('rejects an undocumented content type', () => {
    const invalid = invalidAfter((copy) => {
      const response = resolveReference(copy, responses(copy, '/messages/{message_id}')['200']);
      const content = resolveReference(copy, response.content);
      Object.assign(content, { 'text/html': content['application/json'] });
      remove(content, 'application/json');
    });
    expect(invalid).toEqual(['getMessage']);
  });

  test('rejects an undocumented error code', () => {
    const invalid = invalidAfter((copy) => {
      for (const schema of allSchemas(copy)) {
        if (isDeepStrictEqual(schema.enum, [30004])) schema.enum = [39_999];
      }
    });
    expect(invalid).toEqual(['getFronters']);
  });

  test('rejects an empty body where one is documented, and a body where none is', () => {
    const contract = contractOf('v2', document);
    const [exchange] = exchanges.filter(
      ({ request, response }) => request.path === '/v2/systems/alices' && response.status === 200,
    );
    const [empty] = exchanges.filter(({ response }) => response.status === 204);
    if (!exchange || !empty) throw new Error('The recordings have changed');
    const { body, type, ...withoutBody } = exchange.response;
    expect(judgeResponse({ ...exchange, response: withoutBody }, contract).kind).toBe('invalid');
    const withBody: LocatedExchange = {
      ...empty,
      response: { status: 204, type: 'application/json', body: {} },
    };
    expect(judgeResponse(withBody, contract).kind).toBe('invalid');
  });

  test('rejects a response of a route that differs from its rule', () => {
    const contract = contractOf('v2', document);
    const unknown = exchanges.find(({ request }) => request.path === '/v2/nothing');
    if (!unknown) throw new Error('The recordings have changed');
    const response = { status: 404, type: 'application/json', body: { message: 'Nothing', code: 0 } };
    expect(judgeResponse({ ...unknown, response }, contract).kind).toBe('invalid');
  });
});

describe.each(['v2', 'v1'] as const)('a changed response of %s', (version) => {
  const contract = loadContract(version);

  test('is rejected, whatever key is missing, added or of another type', () => {
    const survivors = new Set<string>();
    let changed = 0;
    for (const exchange of distinctResponses(version)) {
      const { operation, kind } = operationAndKind(judgeResponse(exchange, contract));
      if (kind !== 'valid' || exchange.response.body === undefined) continue;
      for (const { name, value } of mutationsOf(exchange.response.body)) {
        const response = { ...exchange.response, body: value };
        if (judgeResponse({ ...exchange, response }, contract).kind === 'valid')
          survivors.add(`${operation} ${name}`);
        changed += 1;
      }
    }
    expect(changed).toBeGreaterThan(500);
    expect([...survivors].filter((name) => !mayBeMissing.some((rule) => rule.test(name)))).toEqual([]);
  });
});

/** Keys that some responses have and others lack. */
const mayBeMissing: readonly RegExp[] = [
  // Those fields are listed that are invalid
  / without \/errors\/\w+$/,
  // Own systems have it, others do not
  /^(getSystem|getMessage) without (\/system)?\/webhook_url$/,
  // Only where `with_members` asks for them
  /^listGroups without \/0\/members$/,
  // Changed settings have it, settings that are read do not
  /^updateSystemSettings without \/card_show_color_hex$/,
];

/** One response of each shape: the same keys, statuses and operations tell nothing new. */
function distinctResponses(version: Version): LocatedExchange[] {
  const groups = groupBy(loadExchanges(version), ({ request, response }) => {
    const path = request.path.replace(/(?<=\/v\d\/\w+\/)[^/?]+/, '…');
    return [request.method, path, response.status, shapeOf(response.body)].join(' ');
  });
  return [...groups.values()].flatMap(([first]) => first ?? []);
}

function operationAndKind(verdict: ResponseVerdict): { kind: string; operation: string } {
  const operation = 'operation' in verdict ? (verdict.operation?.operationId ?? '') : '';
  return { kind: verdict.kind, operation };
}

/** In words, so that a failure says what is wrong with which response. */
function invalidOf(judged: readonly JudgedResponse[]): string[] {
  return judged.filter(({ verdict }) => verdict.kind === 'invalid').map(describeInvalid);
}

/** The schemas of the components and the branches of their compositions. */
function allSchemas(document: Document): Record<string, unknown>[] {
  return Object.values(schemasOf(document))
    .filter(isObject)
    .flatMap((schema) => [schema, ...(Array.isArray(schema.allOf) ? schema.allOf.filter(isObject) : [])]);
}

function responses(document: Document, path: string): Record<string, unknown> {
  const { get } = resolveReference(document, resolveReference(document, document.paths)[path]);
  return resolveReference(document, resolveReference(document, get).responses);
}

function remove(object: unknown, key: string): void {
  if (isObject(object)) Reflect.deleteProperty(object, key);
}
