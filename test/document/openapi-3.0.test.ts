/**
 * The copy in OpenAPI 3.0: it is valid, takes every recorded response, and every request that the document takes.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Validator } from '@seriousme/openapi-schema-validator';
import { describe, expect, test } from 'vitest';
import { mapValues, type Node, rewriteSchemas } from '../../scripts/bundle/walk.ts';
import { type Document, generatedDirectory, resolveReference } from '../../scripts/lib/document.ts';
import { contractOf, loadContract } from './contract.ts';
import { loadExchanges } from './exchanges.ts';
import { judgeRequest } from './requests.ts';
import { judgeResponse } from './responses.ts';

const copy: Document = JSON.parse(readFileSync(join(generatedDirectory('v2'), 'openapi-3.0.json'), 'utf8'));
const document = loadContract('v2');
const contract = contractOf('v2', rewriteSchemas(copy, asJsonSchema));
const exchanges = loadExchanges('v2');

test('the 3.0 copy is valid OpenAPI 3.0', async () => {
  expect(copy.openapi).toMatch(/^3\.0\./);
  const { valid, errors } = await new Validator().validate(structuredClone(copy));
  expect(errors).toBeUndefined();
  expect(valid).toBe(true);
});

test('the 3.0 copy has every operation and schema of the document, and no webhooks', () => {
  expect([...contract.operations.keys()]).toEqual([...document.operations.keys()]);
  const { schemas } = resolveReference(copy, copy.components);
  const originals = resolveReference(document.document, document.document.components).schemas;
  expect(Object.keys(resolveReference(copy, schemas))).toEqual(
    Object.keys(resolveReference(copy, originals)),
  );
  expect(copy).not.toHaveProperty('webhooks');
});

test('the 3.0 copy has no response that nothing refers to', () => {
  const { responses } = resolveReference(copy, copy.components);
  const text = JSON.stringify(copy);
  const names = Object.keys(resolveReference(copy, responses));
  expect(names.length).toBeGreaterThan(10);
  expect(names.filter((name) => !text.includes(`"#/components/responses/${name}"`))).toEqual([]);
});

test('the 3.0 copy has no keywords of 3.1, and no list of null alone', () => {
  const foreign: string[] = [];
  rewriteSchemas(copy, (schema) => {
    const { type, const: constant, enum: values, examples, if: condition, dependentRequired } = schema;
    const isNull = Array.isArray(values) && values.length === 1 && values[0] === null;
    const words = [constant, examples, condition, dependentRequired].some((word) => word !== undefined);
    if (Array.isArray(type) || type === 'null' || isNull || words) foreign.push(JSON.stringify(schema));
    return schema;
  });
  expect(foreign).toEqual([]);
});

test('the 3.0 copy keeps messages of errors as constants, by which ogen tells them apart', () => {
  const { schemas } = resolveReference(copy, copy.components);
  expect(schemas).toMatchObject({
    MemberNotFound: { properties: { message: { type: 'string', enum: ['Member not found.'] } } },
  });
});

test('the 3.0 copy accepts every response that the document accepts', () => {
  const kinds = (one: typeof contract) => exchanges.map((exchange) => judgeResponse(exchange, one).kind);
  expect(kinds(contract)).toEqual(kinds(document));
});

describe('requests', () => {
  const judged = exchanges.map((exchange) => ({
    exchange,
    original: judgeRequest(exchange, document),
    verdict: judgeRequest(exchange, contract),
  }));

  test('that the document takes are taken', () => {
    const rejected = judged.filter(
      ({ original, verdict }) =>
        typeof original !== 'string' && errorsOf(original).length === 0 && errorsOf(verdict).length > 0,
    );
    expect(rejected.map(({ exchange }) => exchange.request)).toEqual([]);
  });

  test('that the document rejects are taken only where a condition alone rejects them', () => {
    const rejected = judged.filter(({ original }) => errorsOf(original).length > 0);
    const taken = rejected.filter(({ verdict }) => errorsOf(verdict).length === 0);
    const keywords = new Set(
      taken.flatMap(({ original }) => errorsOf(original).map(({ keyword }) => keyword)),
    );
    expect([...keywords].sort()).toEqual(['if', 'not']);
    expect(taken.length).toBeLessThan(rejected.length / 5);
  });
});

function errorsOf(verdict: ReturnType<typeof judgeRequest>) {
  return typeof verdict === 'string' ? [] : verdict.errors;
}

/**
 * A schema of 3.0 as JSON Schema. `nullable` beside a reference lets null be, as tools read it; the letter of 3.0.3 asks for
 * a type beside it.
 */
function asJsonSchema(schema: Node): Node {
  const { nullable, example, ...rest } = schema;
  const values = mapValues(rest, (value) => value);
  return nullable === true ? { anyOf: [values, { type: 'null' }] } : values;
}
