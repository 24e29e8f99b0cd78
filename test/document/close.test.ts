import { describe, expect, test } from 'vitest';
import type { Schema } from '../../src/verify/close.ts';
import { contractOf } from './contract.ts';

/** Whether a closed schema takes a value, and whether the same schema takes it open. */
function takes(schema: Schema, value: unknown, schemas: Record<string, Schema> = {}) {
  const contract = contractOf('v2', {
    components: { schemas },
    paths: {
      '/': {
        get: { operationId: 'get', responses: { 200: { content: { 'application/json': { schema } } } } },
      },
    },
  });
  const body = contract.operations.get('get')?.responses.get(200)?.get('application/json');
  if (!body) throw new Error('The document has lost its response');
  return { closed: body.checkClosed(value).length === 0, open: body.checkOpen(value).length === 0 };
}

const taken = { closed: true, open: true };
const unknownKey = { closed: false, open: true };
const wrong = { closed: false, open: false };

const name: Schema = { type: 'object', required: ['name'], properties: { name: { type: 'string' } } };
const named = { Named: name };
const toNamed = { $ref: '#/components/schemas/Named' };

describe('plain objects', () => {
  test('take no key that they do not name', () => {
    expect(takes(name, { name: 'a' })).toEqual(taken);
    expect(takes(name, { name: 'a', extra: 1 })).toEqual(unknownKey);
    expect(takes({ type: ['object', 'null'] }, { extra: 1 })).toEqual(unknownKey);
    expect(takes({ type: ['object', 'null'] }, null)).toEqual(taken);
  });

  test('are closed wherever they are nested', () => {
    const nested: Schema = { type: 'object', properties: { list: { type: 'array', items: name } } };
    expect(takes(nested, { list: [{ name: 'a' }] })).toEqual(taken);
    expect(takes(nested, { list: [{ name: 'a', extra: 1 }] })).toEqual(unknownKey);
    const tuple: Schema = { type: 'array', prefixItems: [name], items: false, minItems: 1 };
    expect(takes(tuple, [{ name: 'a', extra: 1 }])).toEqual(unknownKey);
  });

  test('are closed where a reference leads', () => {
    expect(takes(toNamed, { name: 'a', extra: 1 }, named)).toEqual(unknownKey);
    expect(takes({ ...toNamed, description: 'Said here' }, { name: 'a' }, named)).toEqual(taken);
  });
});

describe('maps', () => {
  const map = (keywords: Record<string, unknown>): Schema => ({ type: 'object', ...keywords });

  test('take any key, and their values are closed', () => {
    expect(takes(map({ additionalProperties: true }), { extra: 1 })).toEqual(taken);
    expect(takes(map({ additionalProperties: name }), { extra: { name: 'a' } })).toEqual(taken);
    expect(takes(map({ additionalProperties: name }), { extra: { name: 'a', more: 1 } })).toEqual(unknownKey);
  });

  test('take the keys that propertyNames or patternProperties give', () => {
    expect(takes(map({ propertyNames: { pattern: '^a' } }), { a1: 1 })).toEqual(taken);
    expect(takes(map({ propertyNames: { pattern: '^a' } }), { b1: 1 })).toEqual(wrong);
    expect(takes(map({ patternProperties: { '^a': { type: 'number' } } }), { a1: 1 })).toEqual(taken);
    expect(takes(map({ patternProperties: { '^a': { type: 'number' } } }), { b1: 1 })).toEqual(unknownKey);
  });
});

describe('compositions', () => {
  const age: Schema = { type: 'object', required: ['age'], properties: { age: { type: 'integer' } } };

  test('are closed around their branches', () => {
    for (const all of [{ allOf: [name, age] }, { allOf: [toNamed, age] }, { ...toNamed, ...age }]) {
      expect(takes(all, { name: 'a', age: 1 }, named)).toEqual(taken);
      expect(takes(all, { name: 'a', age: 1, extra: 1 }, named)).toEqual(unknownKey);
      expect(takes(all, { name: 'a' }, named)).toEqual(wrong);
    }
  });

  test('take the keys of the branch that holds only', () => {
    for (const some of [{ oneOf: [toNamed, age] }, { anyOf: [toNamed, age] }]) {
      expect(takes(some, { name: 'a' }, named)).toEqual(taken);
      expect(takes(some, { name: 'a', age: 'old' }, named)).toEqual(unknownKey);
    }
    expect(takes({ oneOf: [toNamed, { type: 'null' }] }, null, named)).toEqual(taken);
  });

  test('of compositions are closed once', () => {
    const nested: Schema = { allOf: [{ allOf: [toNamed, { anyOf: [age, { type: 'object' }] }] }] };
    expect(takes(nested, { name: 'a', age: 1 }, named)).toEqual(taken);
    expect(takes(nested, { name: 'a', extra: 1 }, named)).toEqual(unknownKey);
  });

  test('close what is nested within a branch', () => {
    const nested: Schema = { allOf: [{ type: 'object', properties: { inner: toNamed } }] };
    expect(takes(nested, { inner: { name: 'a' } }, named)).toEqual(taken);
    expect(takes(nested, { inner: { name: 'a', extra: 1 } }, named)).toEqual(unknownKey);
  });

  test('with a condition take the keys of what follows from it', () => {
    const conditional = {
      ...name,
      ...Object.fromEntries([
        ['if', { required: ['age'] }],
        ['then', age],
      ]),
    };
    expect(takes(conditional, { name: 'a', age: 1 })).toEqual(taken);
    expect(takes(conditional, { name: 'a', extra: 1 })).toEqual(unknownKey);
  });

  test('stay open under `not`', () => {
    const without: Schema = {
      ...name,
      not: { type: 'object', required: ['name'], properties: { name: { const: 'b' } } },
    };
    expect(takes(without, { name: 'a' })).toEqual(taken);
    expect(takes(without, { name: 'b' })).toEqual(wrong);
  });
});

test('keywords of OpenAPI alone are ignored, unknown ones rejected', () => {
  const said: Schema = {
    ...name,
    example: { name: 'a' },
    discriminator: { propertyName: 'name' },
    'x-note': 1,
  };
  expect(takes(said, { name: 'a' })).toEqual(taken);
  expect(() => takes({ ...name, nullable: true, typo: 1 }, { name: 'a' })).toThrow('unknown keyword');
});

test('a reference to anything but a component is rejected', () => {
  expect(() => takes({ $ref: '#/paths/~1' }, {})).toThrow(TypeError);
});
