import fc from 'fast-check';
import { describe, expect, test, vi } from 'vitest';
import { createTestEvent } from '../../src/webhooks/index.ts';
import { receiver } from './receiver.ts';
import { eventRequest, post, token } from './requests.ts';

describe('a body that is no event', () => {
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
  ])('gets 400: %s', async (_name, body) => {
    const { handle, seen, errors } = receiver();
    expect((await handle(post(body))).status).toBe(400);
    expect([seen, errors]).toEqual([[], []]);
  });

  test('gets 400 where its stream breaks', async () => {
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

  test('one byte more gets 413', async () => {
    const { handle, seen } = receiver();
    expect((await handle(post(padded(1_000_001)))).status).toBe(413);
    expect(seen).toEqual([]);
  });

  test('endless length is read no further once it is too large, whatever the headers say', async () => {
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

  test.each([1, 2, 5, 13])('chunks of %i bytes that cut a character is joined', async (length) => {
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
