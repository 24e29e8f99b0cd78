import { describe, expect, test } from 'vitest';
import { type Contract, contractOf, loadContract } from './contract.ts';
import { describeExchange, type LocatedExchange, loadExchanges } from './exchanges.ts';
import { agreementOf, isCoercion, requestsReport } from './reports.ts';
import { reasonFor, requestReasons } from './request-reasons.ts';
import { agrees, isOmitted, isVerdict, judgeRequest, type RequestVerdict } from './requests.ts';

describe.each(['v2', 'v1'] as const)('recorded requests of %s', (version) => {
  const contract = loadContract(version);
  const judged = loadExchanges(version).map((exchange) => judgeRequest(exchange, contract));
  const verdicts = judged.filter(isVerdict);
  const withBody = verdicts.filter(({ operation }) => operation.requestBodies.size > 0);

  test('have bodies that server and document judge alike in 97 %, coercion aside', () => {
    console.log(requestsReport(version, judged));
    const outsideCoercion = withBody.filter((verdict) => !isCoercion(verdict));
    expect(outsideCoercion.length).toBeGreaterThan(10);
    expect(agreementOf(outsideCoercion)).toBeGreaterThanOrEqual(0.97);
  });

  test('have a reason wherever server and document disagree', () => {
    const unexplained = verdicts.filter((verdict) => !agrees(verdict) && reasonFor(verdict) === undefined);
    expect(unexplained.map(({ exchange }) => describeExchange(exchange))).toEqual([]);
  });

  test('without a body are allowed where the server accepted them', () => {
    const withNone = verdicts.filter(({ operation, taken }) => operation.requestBodies.size === 0 && taken);
    expect(withNone.length).toBeGreaterThan(10);
    expect(agreementOf(withNone)).toBeGreaterThanOrEqual(0.97);
  });
});

test('each reason explains some disagreement', () => {
  const contract = loadContract('v2');
  const reasons = loadExchanges('v2')
    .map((exchange) => judgeRequest(exchange, contract))
    .filter(isVerdict)
    .filter((verdict) => !agrees(verdict))
    .map(reasonFor);
  expect(requestReasons.map(({ reason }) => reason).filter((reason) => !reasons.includes(reason))).toEqual(
    [],
  );
});

describe('a request', () => {
  const contract = contractOf('v2', {
    servers: [{ url: '/v2' }],
    paths: {
      '/things/{id}': {
        parameters: [
          { name: 'id', in: 'path', required: true, schema: { type: 'string', pattern: '^[a-z]+$' } },
        ],
        get: {
          operationId: 'getThing',
          parameters: [
            { name: 'limit', in: 'query', schema: { type: 'integer', minimum: 1 } },
            { name: 'guild', in: 'query', required: true, schema: { type: 'string' } },
          ],
          responses: {},
        },
        patch: {
          operationId: 'updateThing',
          requestBody: {
            content: {
              'application/json': {
                schema: { type: 'object', properties: { name: { type: 'string', maxLength: 3 } } },
              },
            },
          },
          responses: {},
        },
      },
    },
  });

  test('that is taken must be allowed, and one that is rejected forbidden', () => {
    const name = (text: string) => ({ method: 'PATCH', path: '/v2/things/a', body: { name: text } });
    expect(judge(contract, name('abc'), 200)).toEqual({ taken: true, errors: [], agrees: true });
    expect(judge(contract, name('abc'), 400)).toEqual({ taken: false, errors: [], agrees: false });
    expect(judge(contract, name('abcd'), 400)).toMatchObject({ taken: false, agrees: true });
    expect(judge(contract, name('abcd'), 200)).toMatchObject({ taken: true, agrees: false });
    expect(judge(contract, name('abcd'), 500)).toMatchObject({ taken: false, agrees: true });
  });

  test('is checked in its parameters too', () => {
    const get = (path: string) => judge(contract, { method: 'GET', path: `/v2/things/${path}` }, 200);
    expect(get('a?limit=5&guild=1')).toMatchObject({ agrees: true });
    expect(get('1?limit=5&guild=1')).toMatchObject({ errors: ['/path/id'] });
    expect(get('a?limit=0&guild=1')).toMatchObject({ errors: ['/query/limit'] });
    expect(get('a?limit=x&guild=1')).toMatchObject({ errors: ['/query/limit'] });
    expect(get('a?limit=5')).toMatchObject({ errors: ['/query'] });
  });

  test('is omitted where the response says nothing about what was sent', () => {
    const request = { method: 'PATCH', path: '/v2/things/a', body: {} };
    for (const status of [401, 403, 404]) {
      expect(judge(contract, request, status)).toBe(
        'rejected for the caller, the reference or the state of things',
      );
    }
    expect(judge(contract, request, 400, 40_004)).toBe(
      'rejected for the caller, the reference or the state of things',
    );
    expect(judge(contract, request, 400, 40_001)).toMatchObject({ taken: false });
    expect(judge(contract, request, 415)).toBe('rejected for its content type (415)');
    const raw = { method: 'PATCH', path: '/v2/things/a', raw: '{', type: 'application/json' };
    expect(judge(contract, raw, 400)).toBe('the body is no JSON');
    expect(judge(contract, { method: 'GET', path: '/v2/nothing' }, 404)).toBe('belongs to no operation');
  });
});

function judge(contract: Contract, request: LocatedExchange['request'], status: number, code = 0) {
  const scenario = { name: 'v2/thing', about: '', version: 'v2', exchanges: [] } as const;
  const response = { status, type: 'application/json', body: { message: '', code } };
  const verdict = judgeRequest({ as: null, request, response, from: 'api', scenario, line: 2 }, contract);
  return isOmitted(verdict) ? verdict : shorten(verdict);
}

function shorten(verdict: RequestVerdict) {
  const { taken, errors } = verdict;
  return { taken, errors: errors.map(({ instancePath }) => instancePath), agrees: agrees(verdict) };
}
