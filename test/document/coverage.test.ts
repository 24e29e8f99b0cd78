import { describe, expect, test } from 'vitest';
import { contractOf, loadContract } from './contract.ts';
import { type Coverage, coverageOf, nameOf, type UnseenReason } from './coverage.ts';
import { unseenReasons } from './coverage-reasons.ts';
import { type LocatedExchange, loadExchanges } from './exchanges.ts';
import { coverageReport } from './reports.ts';

const versions = (['v2', 'v1'] as const).map((version) => ({
  contract: loadContract(version),
  exchanges: loadExchanges(version),
}));

describe('the document', () => {
  const coverage = coverageOf(versions, unseenReasons);

  test('says nothing that neither a recording shows nor a reason excuses', () => {
    console.log(coverageReport(coverage));
    expect(unexplained(coverage)).toEqual([]);
  });

  test('has a recorded response for every operation of version 2', () => {
    const unseen = coverage.unseen.filter(
      ({ point }) => point.kind === 'operation' && point.version === 'v2',
    );
    expect(unseen.map(({ point }) => nameOf(point))).toEqual([]);
  });

  test('needs every reason that is given', () => {
    expect(coverage.stale.map(({ reason }) => reason)).toEqual([]);
  });
});

describe('the coverage report', () => {
  const error = (code: number) => ({ type: 'object', properties: { code: { const: code } } });
  const contract = contractOf('v2', {
    servers: [{ url: '/v2' }],
    components: { schemas: { NotFound: error(1), Gone: error(2), Limited: error(0) } },
    paths: {
      '/thing': {
        get: {
          operationId: 'getThing',
          responses: {
            200: { content: { 'application/json': { schema: { type: 'string' } } } },
            204: {},
            404: {
              content: {
                'application/json': {
                  schema: {
                    oneOf: [{ $ref: '#/components/schemas/NotFound' }, { $ref: '#/components/schemas/Gone' }],
                  },
                },
              },
            },
            429: { content: { 'application/json': { schema: { $ref: '#/components/schemas/Limited' } } } },
          },
        },
      },
    },
  });
  const scenario = { name: 'v2/thing', about: '', version: 'v2', exchanges: [] } as const;
  const exchangeWith = (response: LocatedExchange['response']): LocatedExchange => ({
    as: null,
    request: { method: 'GET', path: '/v2/thing' },
    response,
    from: 'api',
    scenario,
    line: 2,
  });
  const exchanges = [
    exchangeWith({ status: 204 }),
    exchangeWith({ status: 404, type: 'application/json; charset=utf-8', body: { code: 1 } }),
  ];
  const limits: UnseenReason = { reason: 'No limits', covers: ({ status }) => status === 429 };
  const never: UnseenReason = { reason: 'Never', covers: () => false };

  test('distinguishes operations, responses and errors that are seen from those that are not', () => {
    const { seen, unseen } = coverageOf([{ contract, exchanges }], []);
    expect(seen.map(nameOf)).toEqual([
      'v2 getThing',
      'v2 getThing 204 no body',
      'v2 getThing 404 application/json',
      'v2 getThing 404 application/json NotFound',
    ]);
    expect(unseen.map(({ point }) => nameOf(point))).toEqual([
      'v2 getThing 200 application/json',
      'v2 getThing 404 application/json Gone',
      'v2 getThing 429 application/json Limited',
    ]);
  });

  test('finds gaps without a reason, and superfluous reasons', () => {
    const coverage = coverageOf([{ contract, exchanges }], [limits, never]);
    expect(unexplained(coverage)).toEqual([
      'v2 getThing 200 application/json',
      'v2 getThing 404 application/json Gone',
    ]);
    expect(coverage.stale).toEqual([never]);
    const report = coverageReport(coverage);
    expect(report).toContain('1 × No limits');
    expect(report).toContain('2 × NO REASON KNOWN');
    expect(report).toContain('This reason explains nothing: Never');
  });

  test('counts nothing for a response that the document does not have', () => {
    const undocumented = [exchangeWith({ status: 200, type: 'application/json', body: { unknown: true } })];
    expect(coverageOf([{ contract, exchanges: undocumented }], []).seen).toEqual([]);
  });
});

function unexplained({ unseen }: Coverage): string[] {
  return unseen.filter(({ reason }) => reason === undefined).map(({ point }) => nameOf(point));
}
