import fc from 'fast-check';
import { describe, expect, test, vi } from 'vitest';
import { createTestEvent, createWebhookHandler } from '../../src/webhooks/index.ts';
import { fetchMethods } from '../support/http-methods.ts';
import { receiver } from './receiver.ts';
import { eventRequest, post, token } from './requests.ts';
import { eventTypes as types } from './schema.ts';

describe('a right token', () => {
  test.each(types)('lets %s through to its handler and then to onAny, without the token', async (type) => {
    const calls: unknown[] = [];
    const { handle } = receiver({
      on: { [type]: (event: unknown) => calls.push(['on', event]) },
      onAny: (event) => calls.push(['any', event]),
    });
    const response = await handle(eventRequest(type));
    const { signing_token: _, ...sent } = createTestEvent(type);
    const event = Object.assign({ id: null, data: null }, sent);
    expect(response.status).toBe(200);
    expect(calls).toEqual([
      ['on', event],
      ['any', event],
    ]);
  });

  test('is enough for a ping without any handler', async () => {
    const handle = createWebhookHandler({ token });
    expect((await handle(eventRequest('PING'))).status).toBe(200);
  });

  test('calls no handler of another type', async () => {
    const other = vi.fn();
    const { handle } = receiver({ on: { DELETE_MEMBER: other } });
    expect((await handle(eventRequest('UPDATE_MEMBER'))).status).toBe(200);
    expect(other).not.toHaveBeenCalled();
  });

  test('gets its response only when the handlers are done', async () => {
    const order: string[] = [];
    const slow = (name: string) => async () => {
      await new Promise((resolve) => setTimeout(resolve, 5));
      order.push(name);
    };
    const { handle } = receiver({ on: { PING: slow('on') }, onAny: slow('any') });
    await handle(eventRequest('PING'));
    order.push('response');
    expect(order).toEqual(['on', 'any', 'response']);
  });

  test.each(['SOMETHING_NEW', 'constructor', '__proto__', 'toString', 'hasOwnProperty', ''])(
    'lets the unknown type %j through to onAny',
    async (type) => {
      const { handle, seen } = receiver({ on: {} });
      const event = { type, system_id: 'x', id: 'y', data: { a: [1] } };
      const response = await handle(post(JSON.stringify({ ...event, signing_token: token })));
      expect(response.status).toBe(200);
      expect(seen).toEqual([event]);
    },
  );
});

describe('a wrong token', () => {
  const wrong = [
    '',
    'x',
    token.slice(0, -1),
    `${token} `,
    token.toUpperCase(),
    `${token}${token}`,
    'ü'.repeat(500),
  ];
  test.each(wrong)('such as %j gets 401, and no handler is called', async (signing_token) => {
    const handlers = { PING: vi.fn(), UPDATE_MEMBER: vi.fn() };
    const { handle, seen, errors } = receiver({ on: handlers });
    for (const type of ['PING', 'UPDATE_MEMBER'] as const) {
      const response = await handle(eventRequest(type, { signing_token }));
      expect(response.status).toBe(401);
      expect(await response.text()).not.toContain(token);
    }
    expect([handlers.PING.mock.calls, handlers.UPDATE_MEMBER.mock.calls, seen, errors]).toEqual([
      [],
      [],
      [],
      [],
    ]);
  });

  test.each([null, 1, true, [], [token], {}, { length: 5 }])(
    'of another type, such as %j, gets 401',
    async (signing_token) => {
      const { handle, seen } = receiver();
      const response = await handle(post(JSON.stringify({ ...createTestEvent('PING'), signing_token })));
      expect(response.status).toBe(401);
      expect(seen).toEqual([]);
    },
  );

  test('gets 401 also where it is missing', async () => {
    const { signing_token: _, ...event } = createTestEvent('PING');
    const { handle, seen } = receiver();
    expect((await handle(post(JSON.stringify(event)))).status).toBe(401);
    expect(seen).toEqual([]);
  });

  test('is any text other than the right one', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.string({ unit: 'grapheme', minLength: 1 }),
        fc.string({ unit: 'grapheme' }),
        async (right, given) => {
          const { handle } = receiver({ token: right });
          const { status } = await handle(eventRequest('PING', { signing_token: given }));
          expect(status).toBe(right === given ? 200 : 401);
          expect((await handle(eventRequest('PING', { signing_token: right }))).status).toBe(200);
        },
      ),
    );
  });
});

describe('the option token', () => {
  test('may hold several, while it is being changed', async () => {
    const { handle } = receiver({ token: ['old', 'new'] });
    const status = async (signing_token: string) =>
      (await handle(eventRequest('PING', { signing_token }))).status;
    expect([
      await status('old'),
      await status('new'),
      await status('oldnew'),
      await status('old,new'),
    ]).toEqual([200, 200, 401, 401]);
  });

  const systems = new Map([
    ['system one', ['one', 'uno']],
    ['system two', ['two']],
  ]);
  test.each([
    ['system one', 'one', 200],
    ['system one', 'uno', 200],
    ['system one', 'two', 401],
    ['system two', 'two', 200],
    ['unknown system', 'one', 401],
    ['unknown system', '', 401],
  ])('may be a function of the system: %s with %j gets %i', async (system_id, signing_token, status) => {
    for (const find of [(id: string) => systems.get(id), async (id: string) => systems.get(id) ?? null]) {
      const { handle } = receiver({ token: find });
      expect((await handle(eventRequest('PING', { system_id, signing_token }))).status).toBe(status);
    }
  });

  test('may look in an object, whose inherited properties are no tokens', async () => {
    const tokens: Record<string, string> = { known: 'secret' };
    const { handle } = receiver({ token: (id) => tokens[id] });
    for (const system_id of ['__proto__', 'constructor', 'toString', 'unknown']) {
      const request = eventRequest('PING', { system_id, signing_token: '' });
      expect((await handle(request)).status).toBe(401);
    }
  });

  test.each([[''], [[]], [['right', '']]])(
    'may not be %j, so that an unset variable lets nobody in',
    (empty) => {
      expect(() => createWebhookHandler({ token: empty })).toThrow(TypeError);
    },
  );

  test('may not be missing', () => {
    // @ts-expect-error: the compiler rejects it as well
    expect(() => createWebhookHandler({ token: process.env.NO_SUCH_VARIABLE })).toThrow(TypeError);
  });

  test('may not be empty where a function finds it', async () => {
    for (const nothing of ['', [''], null, undefined]) {
      const { handle } = receiver({ token: () => nothing });
      expect((await handle(eventRequest('PING', { signing_token: '' }))).status).toBe(401);
    }
  });
});

test.each(fetchMethods.filter((method) => method !== 'POST'))('the method %s gets 405', async (method) => {
  const { handle, seen } = receiver();
  const response = await handle(new Request('https://app.example/pluralkit', { method }));
  expect(response.status).toBe(405);
  expect(response.headers.get('Allow')).toBe('POST');
  expect(seen).toEqual([]);
});

test('one handler serves many requests at once', async () => {
  const { handle, seen } = receiver();
  const requests = Array.from({ length: 50 }, (_, index) =>
    eventRequest('PING', { system_id: `system ${index}`, signing_token: index % 2 ? token : 'wrong' }),
  );
  const statuses = await Promise.all(requests.map(async (request) => (await handle(request)).status));
  expect(statuses).toEqual(requests.map((_, index) => (index % 2 ? 200 : 401)));
  expect(seen).toHaveLength(25);
});
