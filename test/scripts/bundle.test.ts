import { describe, expect, test } from 'vitest';
import { toolForm } from '../../scripts/bundle/tool-form.ts';
import type { Document } from '../../scripts/lib/document.ts';

type Schemas = Readonly<Record<string, unknown>>;

/** The components' schemas of a document in its published form. */
function published(schemas: Schemas, rest: Document = {}): unknown {
  return toolForm({ ...rest, components: { schemas } }).components;
}

/** One schema in its published form, beside others that it refers to. */
function form(schema: unknown, others: Schemas = {}): unknown {
  return published({ ...others, X: schema });
}

const giving = (schema: unknown, others: Schemas = {}) => ({
  schemas: expect.objectContaining({ ...others, X: schema }),
});
const reference = (name: string) => ({ $ref: `#/components/schemas/${name}` });
const condition = (test: unknown, consequence: unknown) =>
  Object.fromEntries([
    ['if', test],
    ['then', consequence],
  ]);
const nothing = { not: {} };

describe('objects are written whole', () => {
  const Base = {
    title: 'Base',
    description: 'The base.',
    type: 'object',
    required: ['id', 'at'],
    properties: {
      id: { type: 'string', description: 'Its id.', example: 'a' },
      at: { description: 'When.', $ref: '#/components/schemas/MaybeTime' },
    },
    examples: [{ id: 'a', at: null }],
  };
  const Time = { type: 'string', pattern: '^T$' };
  const MaybeTime = { type: ['string', 'null'], pattern: '^T$' };

  test('with what is inherited, narrowed and added', () => {
    const schema = {
      description: 'More.',
      allOf: [
        reference('Base'),
        { type: 'object', required: ['on'], properties: { at: reference('Time'), on: { type: 'boolean' } } },
      ],
    };
    expect(form(schema, { Base, Time, MaybeTime })).toEqual(
      giving({
        description: 'More.',
        type: 'object',
        required: ['id', 'at', 'on'],
        properties: {
          id: Base.properties.id,
          at: { description: 'When.', ...reference('Time') },
          on: { type: 'boolean' },
        },
      }),
    );
  });

  test('without what they only inherit from', () => {
    const Referring = { type: 'array', items: reference('Base') };
    const schema = { allOf: [reference('Base')], type: 'object' };
    const others = { MaybeTime, Time };
    expect(published({ Base, X: schema, ...others })).toEqual({
      schemas: expect.not.objectContaining({ Base: expect.anything() }),
    });
    expect(published({ Base, X: schema, Referring, ...others })).toEqual({
      schemas: expect.objectContaining({ Base: expect.anything() }),
    });
  });

  test('over several levels, constants with their type and as their own example', () => {
    const Middle = { allOf: [reference('Base')], type: 'object', properties: { id: { const: 'b' } } };
    const schema = { allOf: [reference('Middle')], type: 'object' };
    expect(form(schema, { Base, Middle, MaybeTime })).toEqual(
      giving(
        expect.objectContaining({
          required: ['id', 'at'],
          properties: expect.objectContaining({
            id: { type: 'string', description: 'Its id.', example: 'b', const: 'b' },
          }),
        }),
      ),
    );
  });
});

describe('the schema of what the owner and anyone sees', () => {
  const operation = (anyOf: unknown[]) => ({
    paths: {
      '/': { get: { responses: { 200: { content: { 'application/json': { schema: { anyOf } } } } } } },
    },
  });
  const Anyone = { type: 'object', required: ['id'], properties: { id: { type: 'string' } } };
  const schemaOf = (schemas: Schemas) =>
    JSON.stringify(
      toolForm({ ...operation([reference('Owner'), reference('Anyone')]), components: { schemas } }).paths,
    );

  test('is that of anyone, where the owner sees the same properties', () => {
    const Owner = { ...Anyone, properties: { id: { type: 'string', minLength: 1 } } };
    expect(schemaOf({ Anyone, Owner })).toContain('{"schema":{"$ref":"#/components/schemas/Anyone"}}');
  });

  test('is one schema with the rest optional, all of it or none, where the owner sees more', () => {
    const more = { a: { type: 'string' }, b: { type: 'string' }, c: { type: 'string' } };
    const Owner = {
      description: 'All.',
      type: 'object',
      required: ['id', 'a', 'b'],
      properties: { ...Anyone.properties, ...more },
    };
    expect(schemaOf({ Anyone, Owner })).toContain('"#/components/schemas/VisibleOwner"');
    const root = operation([reference('Owner'), reference('Anyone')]);
    expect(published({ Anyone, Owner }, root)).toMatchObject({
      schemas: {
        VisibleOwner: {
          required: ['id'],
          properties: { ...Anyone.properties, ...more },
          dependentRequired: { a: ['b'], b: ['a'] },
        },
      },
    });
  });

  test('is a view of one object: its owner sees everything that others see', () => {
    const Owner = { type: 'object', required: ['other'], properties: { other: { type: 'string' } } };
    expect(() => schemaOf({ Anyone, Owner })).toThrow('its owner does not see');
  });

  test('is left alone where it is something else', () => {
    expect(() => form({ anyOf: [{ type: 'string' }, { type: 'number' }] })).toThrow('what the owner sees');
  });
});

describe('the published form of a schema', () => {
  test.each([
    [
      'booleans are objects',
      { type: 'object', if: { properties: { a: false, b: true } } },
      { type: 'object', if: { properties: { a: nothing, b: {} } } },
    ],
    [
      '`not` of an object is a condition',
      { type: 'object', not: { required: ['a'] } },
      { type: 'object', ...condition({ required: ['a'] }, nothing) },
    ],
    [
      '`not` of a text stays',
      { type: 'string', not: { pattern: '^a' } },
      { type: 'string', not: { pattern: '^a' } },
    ],
    [
      'what is only null is a text that is null',
      { type: 'object', properties: { a: { type: 'null' } } },
      { type: 'object', properties: { a: { type: ['string', 'null'], const: null } } },
    ],
    [
      'the text of an error may change for tools',
      {
        type: 'object',
        properties: { message: { type: 'string', const: 'No.' }, code: { type: 'integer' } },
      },
      {
        type: 'object',
        properties: {
          message: { type: 'string', ...condition({ type: 'string' }, { const: 'No.' }) },
          code: { type: 'integer' },
        },
      },
    ],
    ['titles go', { title: 'X', type: 'string' }, { type: 'string' }],
    [
      'a constant has no format',
      { type: 'string', format: 'uri', const: 'a:b' },
      { type: 'string', const: 'a:b' },
    ],
    [
      'sets are lists whose items differ',
      { type: 'array', items: {}, uniqueItems: true },
      { type: 'array', items: {}, ...condition({ minItems: 2 }, { uniqueItems: true }) },
    ],
    [
      'patterns have no \\d and \\.',
      { type: 'string', pattern: '^\\d[\\d.]\\.[\\s\\\\]$' },
      { type: 'string', pattern: '^[0-9][0-9.][.][\\s\\\\]$' },
    ],
    [
      'data stays',
      { examples: [{ title: 'X', not: true }], default: { type: 'null' } },
      { examples: [{ title: 'X', not: true }], default: { type: 'null' } },
    ],
  ])('is rewritten: %s', (_, schema, expected) => {
    expect(form(schema)).toEqual(giving(expected));
  });

  test('is a list of types for a scalar or null, and stays for an object or null', () => {
    const others = {
      Text: { description: 'Text.', type: 'string', pattern: 'a' },
      Thing: { type: 'object' },
    };
    const orNull = (name: string) => ({ oneOf: [reference(name), { type: 'null' }] });
    expect(form({ type: 'object', properties: { a: orNull('Text'), b: orNull('Thing') } }, others)).toEqual(
      giving({
        type: 'object',
        properties: {
          a: { description: 'Text.', type: ['string', 'null'], pattern: 'a' },
          b: orNull('Thing'),
        },
      }),
    );
  });
});

describe('the names of published schemas', () => {
  test('give each error code a component of one value', () => {
    const schema = { type: 'object', properties: { code: { type: 'integer', const: 20002 } } };
    expect(published({ MemberNotFound: schema })).toMatchObject({
      schemas: {
        MemberNotFound: { properties: { code: reference('MemberNotFoundCode') } },
        MemberNotFoundCode: { type: 'integer', enum: [20002], 'x-enum-varnames': ['MEMBER_NOT_FOUND'] },
      },
    });
  });

  test('give a choice in a response a component, named after what it holds', () => {
    const schema = { oneOf: [reference('A'), reference('B')] };
    const root = {
      paths: { '/': { get: { responses: { 400: { content: { 'application/json': { schema } } } } } } },
    };
    const document = toolForm({ ...root, components: { schemas: { A: {}, B: {} } } });
    expect(JSON.stringify(document.paths)).toContain('{"$ref":"#/components/schemas/AOrB"}');
    expect(document.components).toMatchObject({ schemas: { AOrB: schema } });
  });

  test('give no two enums a constant of one name', () => {
    const schemas = { A: { type: 'string', enum: ['on', 'off'] }, B: { type: 'string', enum: ['off', ''] } };
    expect(published(schemas)).toEqual({
      schemas: { A: schemas.A, B: { ...schemas.B, 'x-enum-varnames': ['B_OFF', 'B_EMPTY'] } },
    });
  });

  test('keep null beside an enum, not within', () => {
    const Maybe = { type: ['string', 'null'], enum: ['on', null] };
    expect(form({ type: 'object', properties: { a: reference('Maybe') } }, { Maybe })).toEqual(
      giving(
        { type: 'object', properties: { a: { oneOf: [reference('Maybe'), { type: 'null' }] } } },
        { Maybe: { type: 'string', enum: ['on'] } },
      ),
    );
  });
});

test('lists that a PATCH may omit are marked, those of a POST are not', () => {
  const body = { content: { 'application/json': { schema: reference('Body') } } };
  const Body = {
    type: 'object',
    required: ['needed'],
    properties: {
      needed: { type: 'array', items: {} },
      list: { type: 'array', items: {} },
      text: { type: 'string' },
    },
  };
  const marked = { ...Body.properties.list, 'x-nullable': true };
  const root = (method: string) => ({
    paths: { '/': { [method]: { operationId: 'change', requestBody: body } } },
  });
  expect(published({ Body }, root('patch'))).toEqual({
    schemas: { Body: { ...Body, properties: { ...Body.properties, list: marked } } },
  });
  expect(published({ Body }, root('post'))).toEqual({ schemas: { Body } });
});
