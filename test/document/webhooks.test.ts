import { afterAll, describe, expect, test } from 'vitest';
import { generatedDocument, resolveReference } from '../../scripts/lib/document.ts';
import { isObject } from '../../scripts/lib/recordings.ts';
import { type Body, contractOf, describeErrors } from './contract.ts';
import { describeExchange, loadExchanges } from './exchanges.ts';
import { heading, indent, outOf, table } from './report.ts';

type Event = Record<string, unknown>;

/** Why the recordings need not show a type. Some may show it all the same. */
const reasonsUnseen: Readonly<Record<string, string>> = {
  PING: 'sent when a webhook is registered or tested, which no call of the API does',
  CREATE_MEMBER: 'lost by the server in a race, more often than not',
  CREATE_GROUP: 'lost by the server in a race, more often than not',
  UPDATE_GROUP_MEMBERS: 'documented, but never sent',
  LINK_ACCOUNT: 'sent by the bot only',
  UNLINK_ACCOUNT: 'sent by the bot only',
  CREATE_MESSAGE: 'sent by the bot only',
  DELETE_ALL_SWITCHES: 'sent by the bot only',
  SUCCESSFUL_IMPORT: 'sent by the bot only',
};

const document = generatedDocument('v2');
const webhooks = resolveReference(document, document.webhooks);
const types = Object.keys(webhooks);
const anyEvent = '#/components/schemas/DispatchEvent';

/** The payload of each webhook, and of all of them together. */
const payloads = payloadsOf({
  ...webhooks,
  [anyEvent]: {
    post: {
      operationId: anyEvent,
      requestBody: { content: { 'application/json': { schema: { $ref: anyEvent } } } },
    },
  },
});

const recorded = loadExchanges('v2').flatMap((exchange) =>
  (exchange.dispatched ?? []).map((sent) => {
    if (!isObject(sent) || !isObject(sent.payload)) throw new TypeError('A dispatched event has no payload');
    return { event: sent.payload, type: String(sent.payload.type), where: describeExchange(exchange) };
  }),
);

describe('the webhooks of the document', () => {
  test('are named after the type that their payload has', () => {
    for (const type of types) {
      for (const shape of shapesOf(payload(type).schema)) {
        expect(resolveReference(document, shape.properties).type).toMatchObject({ const: type });
      }
      expect(resolveReference(document, resolveReference(document, webhooks[type]).post).operationId).toBe(
        operationId(type),
      );
    }
  });

  test('make up DispatchEvent, which tells them apart by their type', () => {
    const schema = resolveReference(document, { $ref: anyEvent });
    const references = types.map((type) => payload(type).schema);
    expect(schema.oneOf).toEqual(references);
    expect(schema.discriminator).toEqual({
      propertyName: 'type',
      mapping: Object.fromEntries(types.map((type, index) => [type, objectOrThrow(references[index]).$ref])),
    });
  });

  test.each(types)('include %s, with a valid example', (type) => {
    const post = resolveReference(document, resolveReference(document, webhooks[type]).post);
    const content = resolveReference(
      document,
      resolveReference(document, resolveReference(document, post.requestBody).content)['application/json'],
    );
    const examples = Object.values(resolveReference(document, content.examples)).map(
      (example) => resolveReference(document, example).value,
    );
    expect(examples).not.toHaveLength(0);
    for (const example of examples) expect(faults(type, example)).toEqual([]);
  });
});

describe('recorded events', () => {
  test('are many', () => {
    expect(recorded.length).toBeGreaterThan(0);
  });

  test('are valid by the schema of their type, closed', () => {
    const invalid = recorded.flatMap(({ event, type, where }) => {
      const found = types.includes(type) ? faults(type, event) : [`no webhook is named ${type}`];
      return found.length === 0 ? [] : [{ where, type, found }];
    });
    expect(invalid).toEqual([]);
  });

  test('are valid as DispatchEvent, by one branch', () => {
    for (const { event, type, where } of recorded) {
      expect(faults(anyEvent, event), where).toEqual([]);
      expect(
        types.filter((other) => faults(other, event).length === 0),
        where,
      ).toEqual([type]);
    }
  });

  test('show every type, but for those with a reason', () => {
    const seen = new Set(recorded.map(({ type }) => type));
    expect(types.filter((type) => !seen.has(type) && !(type in reasonsUnseen))).toEqual([]);
    expect(Object.keys(reasonsUnseen).filter((type) => !types.includes(type))).toEqual([]);
  });
});

/** Facts that no recording shows, since no call of the API causes them. */
describe('the schema of an event that only the bot causes', () => {
  const common = { signing_token: 'token', system_id: '00000000-0000-4000-8000-000000000004' };
  const member = '00000000-0000-4000-8000-000000000018';
  const latched = {
    ...{ guild_id: '466707357099884544', channel_id: null, autoproxy_member: member },
    last_latch_timestamp: '2030-01-01T00:00:00Z',
  };

  test.each([
    ['PING', {}],
    ['UPDATE_AUTOPROXY', { id: null, data: latched }],
    [
      'UPDATE_SETTINGS',
      {
        id: null,
        data: { show_private_info: true, hid_list_padding: 'left', member_limit: 2, group_limit: 2 },
      },
    ],
    ['UPDATE_MEMBER_GUILD', { id: '466378653216014359', data: { allow_autoproxy: false } }],
    ['UPDATE_MEMBER_GUILD', { id: '466378653216014359', data: {} }],
    ['UPDATE_SYSTEM', { id: null, data: { id: 'newidd' } }],
    ['UPDATE_MEMBER', { id: member, data: { id: 'newidd' } }],
    ['UPDATE_GROUP', { id: member, data: { id: 'newidd' } }],
    ['CREATE_MEMBER', { id: member, data: { name: 'Ann' } }],
    ['CREATE_GROUP', { id: member, data: { name: 'Crew' } }],
  ])('accepts %s %j, also closed', (type, parts) => {
    const event = { type, ...common, ...parts };
    expect(faults(type, event)).toEqual([]);
    expect(faults(anyEvent, event)).toEqual([]);
  });

  test.each([{ id: null }, { data: null }])('rejects a PING with %j', (parts) => {
    expect(faults('PING', { type: 'PING', ...common, ...parts })).not.toEqual([]);
  });

  test.each([
    { id: '466378653216014359', data: { guild_id: '466707357099884544' } },
    { id: member, data: { allow_autoproxy: true } },
  ])('rejects UPDATE_MEMBER_GUILD with a mix of its shapes: %j', (parts) => {
    expect(faults('UPDATE_MEMBER_GUILD', { type: 'UPDATE_MEMBER_GUILD', ...common, ...parts })).not.toEqual(
      [],
    );
  });
});

describe('a manipulated event', () => {
  const changes: Readonly<Record<string, (event: Event) => Event>> = {
    'a type that does not exist': (event) => ({ ...event, type: `${event.type}S` }),
    'an additional key': (event) => ({ ...event, extra: null }),
    'no type': ({ type, ...rest }) => rest,
    'no signing_token': ({ signing_token, ...rest }) => rest,
    'no system_id': ({ system_id, ...rest }) => rest,
    'no id': ({ id, ...rest }) => rest,
    'no data': ({ data, ...rest }) => rest,
    'a system_id that is no UUID': (event) => ({ ...event, system_id: 'exmpl' }),
    'an id that is a number': (event) => ({ ...event, id: 5 }),
    'data that is a list': (event) => ({ ...event, data: [] }),
    'data with an additional key': (event) => ({ ...event, data: { ...dataOf(event), extra: null } }),
  };

  test.each(Object.entries(changes))('is invalid where it is %s', (_, change) => {
    for (const { event, type, where } of recorded) {
      const tampered = change(event);
      expect(faults(type, tampered), where).not.toEqual([]);
      expect(faults(anyEvent, tampered), where).not.toEqual([]);
    }
  });

  test('is invalid under the type of another', () => {
    for (const { event, type, where } of recorded) {
      expect(faults(type, { ...event, type: otherType(type) }), where).not.toEqual([]);
    }
  });

  test('is invalid where a key of its data has a value of another kind', () => {
    for (const { event, type, where } of recorded) {
      for (const key of Object.keys(dataOf(event))) {
        const tampered = { ...event, data: { ...dataOf(event), [key]: 1.5 } };
        expect(faults(type, tampered), `${where}, ${key}`).not.toEqual([]);
      }
    }
  });

  test('may have additional keys by the published schema, which is open', () => {
    for (const { event, type, where } of recorded) {
      expect(payload(type).checkOpen({ ...event, extra: null }), where).toEqual([]);
    }
  });
});

afterAll(() => {
  const counts = types.map((type) => [type, recorded.filter((event) => event.type === type).length] as const);
  const unseen = counts.flatMap(([type, count]) => (count === 0 ? [`${type}: ${reasonsUnseen[type]}`] : []));
  console.log(
    [
      heading('Webhook events'),
      `${recorded.length} recorded, of ${outOf(types.length - unseen.length, types.length)} types`,
      indent(table(counts.filter(([, count]) => count > 0))),
      'Not seen:',
      indent(unseen.join('\n')),
    ].join('\n'),
  );
});

/** Each webhook's payload by its name. A path item has the same form, whether of a path or of a webhook. */
function payloadsOf(pathItems: Record<string, unknown>): ReadonlyMap<string, Body> {
  const { operations } = contractOf('v2', { ...document, paths: pathItems });
  return new Map(
    [...operations.values()].map(({ path, requestBodies }) => {
      const body = requestBodies.get('application/json');
      if (!body) throw new TypeError(`${path} has no payload`);
      return [path, body];
    }),
  );
}

/** The objects that a payload may be: an event may have several shapes. */
function shapesOf(reference: unknown): Record<string, unknown>[] {
  const schema = resolveReference(document, reference);
  return Array.isArray(schema.oneOf) ? schema.oneOf.flatMap(shapesOf) : [schema];
}

function payload(type: string): Body {
  const body = payloads.get(type);
  if (!body) throw new TypeError(`No webhook is named ${type}`);
  return body;
}

function faults(type: string, event: unknown): string[] {
  return describeErrors(payload(type).checkClosed(event));
}

/** `onUpdateMember` */
function operationId(type: string): string {
  return `on${type.replace(/([A-Z])([A-Z]*)_?/g, (_, first: string, rest: string) => first + rest.toLowerCase())}`;
}

function otherType(type: string): string {
  return types[(types.indexOf(type) + 1) % types.length] ?? '';
}

function dataOf(event: Event): Record<string, unknown> {
  return isObject(event.data) ? event.data : {};
}

function objectOrThrow(value: unknown): Record<string, unknown> {
  if (!isObject(value)) throw new TypeError(`${String(value)} is no object`);
  return value;
}
