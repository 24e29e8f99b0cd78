import { setTimeout as sleep } from 'node:timers/promises';
import fc from 'fast-check';
import { describe, expect, test, vi } from 'vitest';
import { type AnyWebhookEvent, createTestEvent, createWebhookHandler } from '../../src/webhooks/index.ts';
import { eventRequest, post, token } from './requests.ts';
import { eventTypes as types } from './schema.ts';

/** A receiver that notes what its handlers are called with. */
function receiver(options: Partial<Parameters<typeof createWebhookHandler>[0]> = {}) {
  const seen: AnyWebhookEvent[] = [];
  const errors: { error: unknown; event: AnyWebhookEvent | undefined }[] = [];
  const handle = createWebhookHandler({
    token,
    onAny: (event) => seen.push(event),
    onError: (error, event) => errors.push({ error, event }),
    ...options,
  });
  return { handle, seen, errors };
}

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
    order.push('answer');
    expect(order).toEqual(['on', 'any', 'answer']);
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
  test.each(wrong)('%j gets 401, and no handler is called', async (signing_token) => {
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

  test.each([null, 1, true, [], [token], {}, { length: 5 }])('%j is no token', async (signing_token) => {
    const { handle, seen } = receiver();
    const response = await handle(post(JSON.stringify({ ...createTestEvent('PING'), signing_token })));
    expect(response.status).toBe(401);
    expect(seen).toEqual([]);
  });

  test('may also be missing', async () => {
    const { signing_token: _, ...event } = createTestEvent('PING');
    const { handle, seen } = receiver();
    expect((await handle(post(JSON.stringify(event)))).status).toBe(401);
    expect(seen).toEqual([]);
  });

  test('is whatever is not the right one, to the letter', async () => {
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

describe('the token may be', () => {
  test('several, while it is being changed', async () => {
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
    ['stranger', 'one', 401],
    ['stranger', '', 401],
  ])('found by the system: %s with %j gets %i', async (system_id, signing_token, status) => {
    for (const find of [(id: string) => systems.get(id), async (id: string) => systems.get(id) ?? null]) {
      const { handle } = receiver({ token: find });
      expect((await handle(eventRequest('PING', { system_id, signing_token }))).status).toBe(status);
    }
  });

  test('looked up in an object, whose inherited properties are no tokens', async () => {
    const tokens: Record<string, string> = { known: 'secret' };
    const { handle } = receiver({ token: (id) => tokens[id] });
    for (const system_id of ['__proto__', 'constructor', 'toString', 'unknown']) {
      const request = eventRequest('PING', { system_id, signing_token: '' });
      expect((await handle(request)).status).toBe(401);
    }
  });

  test.each([[''], [[]], [['right', '']]])('not %j: an unset variable must not open the door', (empty) => {
    expect(() => createWebhookHandler({ token: empty })).toThrow(TypeError);
  });

  test('not missing', () => {
    // @ts-expect-error: the compiler rejects it as well
    expect(() => createWebhookHandler({ token: process.env.NO_SUCH_VARIABLE })).toThrow(TypeError);
  });

  test('not empty where a function finds it', async () => {
    for (const nothing of ['', [''], null, undefined]) {
      const { handle } = receiver({ token: () => nothing });
      expect((await handle(eventRequest('PING', { signing_token: '' }))).status).toBe(401);
    }
  });
});

describe('a body that is no event gets 400:', () => {
  const event = createTestEvent('PING', { signing_token: token });
  test.each([
    ['nothing', ''],
    ['no JSON', '{'],
    ['a number', '1'],
    ['null', 'null'],
    ['a list', '[]'],
    ['an empty object', '{}'],
    ['no type', JSON.stringify({ ...event, type: undefined })],
    ['a type that is no text', JSON.stringify({ ...event, type: 1 })],
    ['no system', JSON.stringify({ ...event, system_id: undefined })],
    ['a system that is no text', JSON.stringify({ ...event, system_id: 5 })],
    ['an id that is no text', JSON.stringify({ ...event, id: 5 })],
    ['a form', new URLSearchParams({ type: 'PING', signing_token: token }).toString()],
    ['bad UTF-8', new Uint8Array([...Buffer.from('{"type":"'), 0xff, 0xfe, ...Buffer.from('"}')])],
    ['bad UTF-8 in an event', new Uint8Array(Buffer.from(JSON.stringify({ ...event, id: 'ü' }), 'latin1'))],
    ['deep nesting', `${'['.repeat(400_000)}${']'.repeat(400_000)}`],
    [
      'deep nesting in an event',
      JSON.stringify({ ...event, id: null }).replace('null', '['.repeat(400_000) + ']'.repeat(400_000)),
    ],
  ])('%s', async (_name, body) => {
    const { handle, seen, errors } = receiver();
    expect((await handle(post(body))).status).toBe(400);
    expect([seen, errors]).toEqual([[], []]);
  });

  test('a stream that breaks', async () => {
    const broken = new ReadableStream<Uint8Array>({
      pull: (controller) => controller.error(new Error('gone')),
    });
    expect((await receiver().handle(post(broken))).status).toBe(400);
  });
});

test('whatever JSON comes in, the response is one of those described, and no handler runs without the token', async () => {
  const known = fc.constantFrom('type', 'system_id', 'id', 'data', 'signing_token', '__proto__');
  const body = fc.oneof(
    fc.json(),
    fc.dictionary(known, fc.jsonValue()).map((value) => JSON.stringify(value)),
  );
  await fc.assert(
    fc.asyncProperty(body, async (text) => {
      const { handle, seen, errors } = receiver();
      expect([400, 401]).toContain((await handle(post(text))).status);
      expect([seen, errors]).toEqual([[], []]);
    }),
  );
});

test('__proto__ is dropped wherever it stands', async () => {
  const { handle, seen } = receiver();
  const text = `{"__proto__":{"type":"PING"},"type":"X","system_id":"s","id":null,"signing_token":${JSON.stringify(token)},
    "data":{"__proto__":{"polluted":true},"a":{"__proto__":{"polluted":true}}}}`;
  expect((await handle(post(text))).status).toBe(200);
  expect(seen).toEqual([{ type: 'X', system_id: 's', id: null, data: { a: {} } }]);
  expect(JSON.stringify(seen)).not.toContain('proto');
  const copy: { polluted?: unknown } = Object.assign({}, seen[0]?.data);
  expect(copy.polluted).toBeUndefined();
});

describe('a body of', () => {
  const event = JSON.stringify(createTestEvent('PING', { signing_token: token }));
  const padded = (length: number) => event + ' '.repeat(length - event.length);

  test('a million bytes is read', async () => {
    expect((await receiver().handle(post(padded(1_000_000)))).status).toBe(200);
  });

  test('one more gets 413', async () => {
    const { handle, seen } = receiver();
    expect((await handle(post(padded(1_000_001)))).status).toBe(413);
    expect(seen).toEqual([]);
  });

  test('no end is left as soon as it is too large, whatever the headers say', async () => {
    let sent = 0;
    let cancelled = false;
    const endless = new ReadableStream<Uint8Array>({
      pull(controller) {
        sent += 100_000;
        controller.enqueue(new Uint8Array(100_000).fill(0x20));
      },
      cancel() {
        cancelled = true;
        return new Promise(() => undefined);
      },
    });
    const request = post(endless);
    request.headers.set('Content-Length', '10');
    expect((await receiver().handle(request)).status).toBe(413);
    expect(sent).toBeLessThan(1_500_000);
    expect(cancelled).toBe(true);
  });

  test.each([1, 2, 5, 13])('pieces of %i bytes, cut within a character, is put together', async (length) => {
    const { handle, seen } = receiver();
    const bytes = Buffer.from(JSON.stringify({ type: 'X', system_id: '🌊🌊🌊', signing_token: token }));
    const pieces = new ReadableStream<Uint8Array>({
      start(controller) {
        for (let start = 0; start < bytes.length; start += length) {
          controller.enqueue(bytes.subarray(start, start + length));
        }
        controller.close();
      },
    });
    expect((await handle(post(pieces))).status).toBe(200);
    expect(seen).toEqual([{ type: 'X', system_id: '🌊🌊🌊', id: null, data: null }]);
  });
});

describe('before the token is known to be right', () => {
  test.each([
    ['nested lists', `${'['.repeat(400_000)}${']'.repeat(400_000)}`],
    ['flat lists', `[${'[],'.repeat(300_000)}[]]`],
    ['keys', JSON.stringify(Object.fromEntries(Array.from({ length: 80_000 }, (_, key) => [key, 0])))],
  ])('no more is done to %s than one plain JSON.parse', async (_name, data) => {
    const event = JSON.stringify({ type: 'PING', system_id: 's', signing_token: 'wrong' });
    const request = post(`${event.slice(0, -1)},"data":${data}}`);
    const parse = vi.spyOn(JSON, 'parse');
    const walk = vi.spyOn(Reflect, 'deleteProperty');
    const values = vi.spyOn(Object, 'values');
    try {
      expect((await receiver().handle(request)).status).toBe(401);
      expect(parse.mock.calls.map((given) => given.length)).toEqual([1]);
      expect([walk.mock.calls.length, values.mock.calls.length]).toEqual([0, 0]);
    } finally {
      vi.restoreAllMocks();
    }
  });

  test('a token of a megabyte is not hashed', async () => {
    const digest = vi.spyOn(crypto.subtle, 'digest');
    const signing_token = 'w'.repeat(990_000);
    expect((await receiver().handle(eventRequest('PING', { signing_token }))).status).toBe(401);
    const sizes = digest.mock.calls.map(([, bytes]) => bytes.byteLength);
    digest.mockRestore();
    expect(Math.max(...sizes)).toBeLessThan(1_000);
  });
});

describe('a ping gets 200', () => {
  test.each([
    ['throws', () => Promise.reject(new Error('a fault'))],
    [
      'throws at once',
      () => {
        throw new Error('a fault');
      },
    ],
    ['never ends', () => new Promise(() => undefined)],
  ])('where its handler %s', async (_name, handler) => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    try {
      const { handle } = receiver({ on: { PING: handler } });
      const done = vi.fn();
      const responding = handle(eventRequest('PING')).finally(done);
      // PluralKit waits for ten seconds.
      for (let seconds = 0; seconds < 9 && done.mock.calls.length === 0; seconds++) {
        // The digest of the token takes real time.
        await sleep(20);
        await vi.advanceTimersByTimeAsync(1_000);
      }
      expect(done).toHaveBeenCalledOnce();
      expect((await responding).status).toBe(200);
      expect(vi.getTimerCount()).toBe(0);
    } finally {
      vi.useRealTimers();
    }
  });

  test('where the error can’t be reported either', async () => {
    const log = vi.spyOn(console, 'error').mockImplementation(() => undefined);
    const fail = () => Promise.reject(new Error('a fault'));
    const { handle } = receiver({ onAny: fail, onError: fail });
    expect((await handle(eventRequest('PING'))).status).toBe(200);
    expect(log).toHaveBeenCalledOnce();
    log.mockRestore();
  });
});

describe('the response', () => {
  /** A receiver whose handler waits until it is told to go on. */
  function waiting(options: { respond?: 'first' | 'last' } = {}) {
    let isOpen = false;
    let failure: Error | undefined;
    const handler = async () => {
      await vi.waitFor(() => expect(isOpen).toBe(true), { interval: 1, timeout: 30_000 });
      if (failure) throw failure;
    };
    const open = (error?: Error) => {
      isOpen = true;
      failure = error;
    };
    return { ...receiver({ on: { UPDATE_MEMBER: handler }, ...options }), open };
  }

  test('comes first with `respond: first`, and errors are still reported', async () => {
    const { handle, seen, errors, open } = waiting({ respond: 'first' });
    expect((await handle(eventRequest('UPDATE_MEMBER'))).status).toBe(200);
    expect([seen, errors]).toEqual([[], []]);
    const failure = new Error('too late for the response');
    open(failure);
    await vi.waitFor(() =>
      expect(errors).toMatchObject([{ error: failure, event: { type: 'UPDATE_MEMBER' } }]),
    );
  });

  test('comes before a handler that computes for long has begun', async () => {
    const order: string[] = [];
    const { handle } = receiver({ respond: 'first', onAny: () => order.push('handler') });
    await handle(eventRequest('UPDATE_MEMBER'));
    order.push('response');
    await vi.waitFor(() => expect(order).toEqual(['response', 'handler']));
  });

  test('comes first where the runtime has `waitUntil`, which is told of the work', async () => {
    const { handle, seen, open } = waiting();
    const works: Promise<unknown>[] = [];
    const context = {
      works,
      waitUntil(work: Promise<unknown>) {
        this.works.push(work);
      },
    };
    expect((await handle(eventRequest('UPDATE_MEMBER'), context)).status).toBe(200);
    expect([seen, works.length]).toEqual([[], 1]);
    open();
    await Promise.all(works);
    expect(seen).toHaveLength(1);
  });

  test.each([
    ['with the option', { respond: 'last' } as const, { waitUntil: vi.fn() }],
    ['with the context', { respond: 'first' } as const, { respond: 'last' }],
    ['with the second arguments of other runtimes', {}, { waitUntil: 1, respond: true, params: {} }],
  ])('comes last %s', async (_name, options, context) => {
    const { handle, seen, open } = waiting(options);
    const responding = handle(eventRequest('UPDATE_MEMBER'), context);
    setTimeout(open, 5);
    expect((await responding).status).toBe(200);
    expect(seen).toHaveLength(1);
  });

  test('to a wrong token is 401 also where it comes first', async () => {
    const { handle } = receiver({ respond: 'first' });
    expect((await handle(eventRequest('UPDATE_MEMBER', { signing_token: 'wrong' }))).status).toBe(401);
  });
});

test.each(['GET', 'HEAD', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'])('%s gets 405', async (method) => {
  const { handle, seen } = receiver();
  const response = await handle(new Request('https://app.example/pluralkit', { method }));
  expect(response.status).toBe(405);
  expect(response.headers.get('Allow')).toBe('POST');
  expect(seen).toEqual([]);
});

describe('an error', () => {
  const failure = new Error('the database password is hunter2');
  const fail = () => {
    throw failure;
  };

  test.each([
    ['a handler', { on: { UPDATE_MEMBER: fail } }],
    ['an async handler', { on: { UPDATE_MEMBER: () => Promise.reject(failure) } }],
    ['onAny', { onAny: fail }],
  ])('of %s is told to onError with the event, gets 500, and does not leak', async (_name, options) => {
    const { handle, errors } = receiver(options);
    const response = await handle(eventRequest('UPDATE_MEMBER'));
    expect(response.status).toBe(500);
    expect(await response.text()).not.toMatch(/hunter2|MEMBER/);
    const { signing_token: _, ...event } = createTestEvent('UPDATE_MEMBER');
    expect(errors).toEqual([{ error: failure, event }]);
  });

  test('of a handler keeps the event from onAny', async () => {
    const { handle, seen } = receiver({ on: { UPDATE_MEMBER: fail } });
    await handle(eventRequest('UPDATE_MEMBER'));
    expect(seen).toEqual([]);
  });

  test('of the function that finds tokens gets 500 without an event', async () => {
    for (const find of [fail, () => Promise.reject(failure)]) {
      const { handle, seen, errors } = receiver({ token: find });
      const response = await handle(eventRequest('UPDATE_MEMBER'));
      expect(response.status).toBe(500);
      expect(await response.text()).not.toContain('hunter2');
      expect([seen, errors]).toEqual([[], [{ error: failure, event: undefined }]]);
    }
  });

  test('is written to the console where nobody is told, and so is one of onError', async () => {
    const log = vi.spyOn(console, 'error').mockImplementation(() => undefined);
    try {
      const second = new Error('second');
      await createWebhookHandler({ token, on: { UPDATE_MEMBER: fail } })(eventRequest('UPDATE_MEMBER'));
      const response = await createWebhookHandler({
        token,
        on: { UPDATE_MEMBER: fail },
        onError: () => Promise.reject(second),
      })(eventRequest('UPDATE_MEMBER'));
      expect(response.status).toBe(500);
      expect(log.mock.calls.map(([, error]) => error)).toEqual([failure, second]);
      expect(JSON.stringify(log.mock.calls)).not.toContain(token);
    } finally {
      log.mockRestore();
    }
  });

  test('is told where the body was read before', async () => {
    const { handle, errors } = receiver();
    const request = eventRequest('UPDATE_MEMBER');
    await request.text();
    expect((await handle(request)).status).toBe(500);
    expect(errors.map(({ error }) => String(error))).toEqual([expect.stringMatching(/body was read before/)]);
  });
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
