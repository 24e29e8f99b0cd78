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

describe('what the owner sees and what anyone sees', () => {
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

  test('is what anyone sees, where the owner sees the same properties', () => {
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

  test('is a view of one thing: its owner sees whatever others see', () => {
    const Owner = { type: 'object', required: ['other'], properties: { other: { type: 'string' } } };
    expect(() => schemaOf({ Anyone, Owner })).toThrow('its owner does not see');
  });

  test('is nothing else', () => {
    expect(() => form({ anyOf: [{ type: 'string' }, { type: 'number' }] })).toThrow('what the owner sees');
  });
});

describe('single schemas', () => {
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
  ])('%s', (_, schema, expected) => {
    expect(form(schema)).toEqual(giving(expected));
  });

  test('a scalar or null is a list of types, an object or null stays', () => {
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

describe('names', () => {
  test('an error code is a component of one value', () => {
    const schema = { type: 'object', properties: { code: { type: 'integer', const: 20002 } } };
    expect(published({ MemberNotFound: schema })).toMatchObject({
      schemas: {
        MemberNotFound: { properties: { code: reference('MemberNotFoundCode') } },
        MemberNotFoundCode: { type: 'integer', enum: [20002], 'x-enum-varnames': ['MEMBER_NOT_FOUND'] },
      },
    });
  });

  test('a choice in a response is a component, named after what it holds', () => {
    const schema = { oneOf: [reference('A'), reference('B')] };
    const root = {
      paths: { '/': { get: { responses: { 400: { content: { 'application/json': { schema } } } } } } },
    };
    const document = toolForm({ ...root, components: { schemas: { A: {}, B: {} } } });
    expect(JSON.stringify(document.paths)).toContain('{"$ref":"#/components/schemas/AOrB"}');
    expect(document.components).toMatchObject({ schemas: { AOrB: schema } });
  });

  test('no two enums have a constant of one name', () => {
    const schemas = { A: { type: 'string', enum: ['on', 'off'] }, B: { type: 'string', enum: ['off', ''] } };
    expect(published(schemas)).toEqual({
      schemas: { A: schemas.A, B: { ...schemas.B, 'x-enum-varnames': ['B_OFF', 'B_EMPTY'] } },
    });
  });

  test('null stands beside an enum, not within', () => {
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

describe('links', () => {
  const media = (schema: unknown) => ({ 200: { content: { 'application/json': { schema } } } });
  const inPath = (...names: string[]) => names.map((name) => ({ name, in: 'path' }));
  const operation = (operationId: string, names: string[], schema?: unknown) => ({
    operationId,
    summary: operationId,
    parameters: inPath(...names),
    responses: schema ? media(schema) : {},
  });
  const list = (name: string) => ({ type: 'array', items: reference(name) });
  const models = { System: {}, Switch: {}, SwitchWithMembers: {}, OwnMember: {}, MessageMember: {} };
  const Message = { properties: { member: { oneOf: [reference('MessageMember'), { type: 'null' }] } } };
  const document = toolForm({
    paths: {
      '/systems/{systemRef}': { get: operation('getSystem', ['systemRef'], reference('System')) },
      '/systems/{systemRef}/switches': {
        get: operation('listSwitches', ['systemRef'], list('Switch')),
        post: operation('createSwitch', ['systemRef'], reference('SwitchWithMembers')),
      },
      '/systems/{systemRef}/switches/{switchRef}': {
        get: operation('getSwitch', ['systemRef', 'switchRef']),
        delete: operation('deleteSwitch', ['systemRef', 'switchRef']),
      },
      '/messages/{message_id}': { get: operation('getMessage', ['message_id'], reference('Message')) },
      '/members': { post: operation('createMember', [], reference('OwnMember')) },
      '/members/{memberRef}/guilds/{guild_id}': { get: operation('getGuild', ['memberRef', 'guild_id']) },
    },
    components: { schemas: { ...models, Message } },
  });

  /** Parameters of each link by the operation that it leads to. */
  function linksOf(path: string, method: string): unknown {
    const text = JSON.stringify(document.paths);
    const { links } = JSON.parse(text)[path][method].responses[200];
    return Object.fromEntries(
      Object.values(links).map((link) => {
        const { operationId, parameters }: { operationId: string; parameters: unknown } = JSON.parse(
          JSON.stringify(link),
        );
        return [operationId, parameters];
      }),
    );
  }

  test('lead from what lists or makes a thing to what takes it, with what both are called with; only what is made is deleted', () => {
    const parameters = (switchRef: string) => ({ systemRef: '$request.path.systemRef', switchRef });
    const listed = parameters('$response.body#/0/id');
    expect(linksOf('/systems/{systemRef}/switches', 'get')).toEqual({ getSwitch: listed });
    const made = parameters('$response.body#/id');
    expect(linksOf('/systems/{systemRef}/switches', 'post')).toEqual({ getSwitch: made, deleteSwitch: made });
  });

  test('lead from a message to its member', () => {
    expect(linksOf('/messages/{message_id}', 'get')).toEqual({
      getGuild: { memberRef: '$response.body#/member/id' },
    });
  });

  test('lead to the own system from objects made in it, but not to unknown ones', () => {
    const systemRef = '@me';
    expect(linksOf('/members', 'post')).toEqual({
      getGuild: { memberRef: '$response.body#/id' },
      getSystem: { systemRef },
      listSwitches: { systemRef },
      createSwitch: { systemRef },
    });
  });
});

describe('notes at an operation', () => {
  function descriptionOf(operation: object): unknown {
    const get = { operationId: 'get', description: 'Gets.', ...operation };
    const { paths } = toolForm({ 'x-rate-limits': { generic_get: 10, own: 10 }, paths: { '/': { get } } });
    return JSON.parse(JSON.stringify(paths))['/'].get.description;
  }

  test('tell its pace', () => {
    const limit = { scope: 'generic_get', ownSystemScope: 'own' };
    expect(descriptionOf({ 'x-rate-limit': limit })).toBe(
      'Gets.\n\nAt most 10 requests per second, counted as `generic_get` or `own`. A 429 response says in `retry_after` how many milliseconds to wait.',
    );
  });

  test('tell of responses without a body only where others have one', () => {
    expect(descriptionOf({ responses: { 200: {}, 204: {} } })).toMatch(/^Gets\.\n\nLook at the status/);
    expect(descriptionOf({ responses: { 204: {} } })).toBe('Gets.');
  });
});
