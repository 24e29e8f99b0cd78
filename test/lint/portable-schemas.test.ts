import { describe, expect, test } from 'vitest';
import portableSchemas from '../../spec/lint/portable-schemas.js';

/** Where a document with the schema as a component has faults, and by which words each message begins. */
function faultsOf(schema: unknown): string[] {
  return portableSchemas({ components: { schemas: { X: schema } } }).map(({ path = [], message }) =>
    `${path.slice(3).join('.')} ${message.split(':')[0]}`.trim(),
  );
}

const object = (properties: object) => ({ type: 'object', properties });
const reference = { $ref: '#/components/schemas/Y' };

describe('portable-schemas passes', () => {
  test.each([
    [
      'plain objects and lists',
      object({
        a: { type: 'array', items: { type: 'string' } },
        b: reference,
      }),
    ],
    ['a scalar that may be null', object({ a: { type: ['string', 'null'], pattern: '^[0-9]$' } })],
    ['a component that may be null', object({ a: { oneOf: [reference, { type: 'null' }] } })],
    ['a choice that is a component', { oneOf: [reference, reference] }],
    ['an enum that is a component', { type: 'string', enum: ['a', 'b'] }],
    ['what is always null, as a text', object({ a: { type: ['string', 'null'], const: null } })],
    [
      'conditions, which give no type',
      {
        type: 'object',
        if: object({ a: { not: {} }, b: { const: null } }),
        ...Object.fromEntries([['then', { not: {} }]]),
      },
    ],
    [
      'data that looks like a schema',
      { type: 'object', examples: [{ allOf: [], properties: false }], 'x-a': { schema: true } },
    ],
  ])('%s', (_, schema) => {
    expect(faultsOf(schema)).toEqual([]);
  });
});

describe('portable-schemas fails on', () => {
  test.each([
    ['a boolean schema', object({ a: false }), 'properties.a A boolean schema'],
    [
      'a boolean schema in a condition',
      { type: 'object', if: object({ a: false }) },
      'if.properties.a A boolean schema',
    ],
    ['null alone', object({ a: { type: 'null' } }), 'properties.a `type'],
    ['allOf', { allOf: [reference] }, '`allOf`'],
    ['anyOf', { anyOf: [reference] }, '`anyOf`'],
    [
      'a choice within',
      object({ a: { oneOf: [reference, reference] } }),
      'properties.a `oneOf` that is no component',
    ],
    [
      'a scalar or null',
      object({ a: { oneOf: [{ type: 'string' }, { type: 'null' }] } }),
      'properties.a A choice of a scalar or null',
    ],
    ['a constant without a type', object({ a: { const: 1 } }), 'properties.a A constant without a type'],
    ['null in an enum', { type: ['string', 'null'], enum: ['a', null] }, '`null` in an enum'],
    [
      'a message that must not change',
      object({ message: { type: 'string', const: 'Not found.' } }),
      '`message` as a constant',
    ],
    ['a title', { type: 'string', title: 'X' }, 'A title'],
    ['not of an object', { type: 'object', not: reference }, '`not` of an object'],
    [
      'a format beside a constant',
      { type: 'string', format: 'uri', const: 'a:b' },
      'A format beside `const`',
    ],
    ['a date with a pattern', { type: 'string', format: 'date', pattern: '^1' }, 'A pattern beside `format'],
    ['sets', { type: 'array', items: reference, uniqueItems: true }, '`uniqueItems`'],
    ['backslashes in a pattern', { type: 'string', pattern: '^\\d$' }, '`\\d` or `\\.` in a pattern'],
    ['an object within', object({ a: object({}) }), 'properties.a An object that is no component'],
    [
      'a map within',
      object({ a: { type: 'object', additionalProperties: reference } }),
      'properties.a An object that is no component',
    ],
    [
      'an enum within',
      { type: 'array', items: { type: 'string', enum: ['a', 'b'] } },
      'items An enum that is no component',
    ],
  ])('%s', (_, schema, fault) => {
    expect(faultsOf(schema)).toEqual([fault]);
  });

  test('a constant that another enum has', () => {
    const faultsBeside = (other: object) =>
      portableSchemas({ components: { schemas: { A: { type: 'string', enum: ['on', 'off'] }, B: other } } });
    const faults = faultsBeside({ type: 'string', enum: ['Off', 'low'] });
    expect(faults.map(({ message }) => message.split(',')[0])).toEqual(['`OFF`']);
    expect(faultsBeside({ type: 'string', enum: ['off'], 'x-enum-varnames': ['B_OFF'] })).toEqual([]);
  });

  test('a list that a change may omit', () => {
    const schema = { $ref: '#/components/schemas/X' };
    const requestBody = { content: { 'application/json': { schema } } };
    const faultsOfChange = (list: object, required: string[] = []) =>
      portableSchemas({
        paths: { '/': { patch: { requestBody } } },
        components: {
          schemas: { X: { ...object({ a: { type: 'array', items: reference, ...list } }), required } },
        },
      }).map(({ path }) => path?.slice(3).join('.'));
    expect(faultsOfChange({})).toEqual(['properties.a']);
    expect(faultsOfChange({ 'x-nullable': true })).toEqual([]);
    expect(faultsOfChange({}, ['a'])).toEqual([]);
  });

  test('a component with a name of JavaScript', () => {
    const faults = portableSchemas({ components: { schemas: { Error: object({}), Mistake: object({}) } } });
    expect(faults.map(({ path }) => path?.join(' '))).toEqual(['components schemas Error']);
  });

  test('an object in a response', () => {
    const content = { 'application/json': { schema: object({}) } };
    const faults = portableSchemas({ paths: { '/': { get: { responses: { 200: { content } } } } } });
    expect(faults.map(({ path }) => path?.join(' '))).toEqual([
      'paths / get responses 200 content application/json schema',
    ]);
  });
});
