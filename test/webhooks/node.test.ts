import { once } from 'node:events';
import { createServer, request as httpRequest, type IncomingMessage, type ServerResponse } from 'node:http';
import { connect } from 'node:net';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { createTestEvent, createWebhookHandler, toNodeHandler } from '../../src/webhooks/index.ts';
import { token } from './requests.ts';

type Listener = (request: IncomingMessage, response: ServerResponse) => unknown;

const closers: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  await Promise.all(closers.splice(0).map((close) => close()));
});

async function serve(listener: Listener): Promise<{ port: number; url: string }> {
  const server = createServer(listener).listen(0, '127.0.0.1');
  await once(server, 'listening');
  closers.push(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });
  const address = server.address();
  if (typeof address !== 'object' || !address) throw new Error('The server has no port');
  return { port: address.port, url: `http://127.0.0.1:${address.port}/pluralkit` };
}

async function readAll(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  request.on('data', (chunk: Buffer) => chunks.push(chunk));
  await once(request, 'end');
  return Buffer.concat(chunks);
}

/** As Express does: middleware reads the stream, and puts what it made of it into `request.body`. */
function express(
  parse: ((body: Buffer) => unknown) | 'not mine',
  handle: (...args: never[]) => unknown,
): Listener {
  return async (request, response) => {
    const body = parse === 'not mine' ? {} : parse(await readAll(request));
    // Routes are called with a third argument, `next`.
    Reflect.apply(handle, undefined, [Object.assign(request, { body }), response, () => undefined]);
  };
}

/** As Fastify does: handlers get objects around Node's, and what they return is sent unless the reply was hijacked. */
function fastify(parse: (body: Buffer) => unknown, handle: (...args: never[]) => unknown): Listener {
  return async (raw, response) => {
    const body = raw.method === 'GET' ? undefined : parse(await readAll(raw));
    let hijacked = false;
    const hijack = () => {
      hijacked = true;
    };
    const request = { raw, body, method: raw.method, headers: raw.headers, url: raw.url };
    const returned: unknown = await Reflect.apply(handle, undefined, [request, { raw: response, hijack }]);
    if (!hijacked) response.writeHead(200).end(JSON.stringify(returned ?? 'a reply of the framework’s own'));
  };
}

// An empty body is skipped by Express's parser, and left undefined by Fastify's.
const json = (body: Buffer): unknown => (body.length > 0 ? JSON.parse(body.toString()) : undefined);
const servers: Record<string, (handle: ReturnType<typeof toNodeHandler>) => Listener> = {
  'plain http': (handle) => handle,
  'Express without a parser': (handle) => express('not mine', handle),
  'Express with json()': (handle) => express(json, handle),
  'Express with text()': (handle) => express((body) => body.toString(), handle),
  'Express with raw()': (handle) => express((body) => body, handle),
  'Fastify with its parser': (handle) => fastify(json, handle),
  'Fastify with a parser to text': (handle) => fastify((body) => body.toString(), handle),
  'Fastify with a parser to a buffer': (handle) => fastify((body) => body, handle),
};

describe.each(Object.entries(servers))('in %s', (_name, wrap) => {
  test('events are received, and refused as they should be', async () => {
    const onAny = vi.fn();
    const { url } = await serve(wrap(toNodeHandler(createWebhookHandler({ token, onAny }))));
    const status = async (body: unknown, method = 'POST') => {
      const response = await fetch(url, {
        method,
        ...(method === 'POST' && {
          body: JSON.stringify(body),
          headers: { 'Content-Type': 'application/json' },
        }),
      });
      expect(response.headers.get('Content-Type')).toBe('text/plain; charset=utf-8');
      return [response.status, await response.text()];
    };
    const event = createTestEvent('UPDATE_MEMBER', { signing_token: token, data: { name: 'Zoë 🌊' } });
    expect(await status(event)).toEqual([200, 'OK']);
    const { signing_token: _, ...seen } = event;
    expect(onAny.mock.calls).toEqual([[seen]]);
    expect(await status({ ...event, signing_token: 'wrong' })).toEqual([401, 'The token is wrong']);
    expect(await status(['no event'])).toEqual([400, 'The body is no event']);
    expect(await status(undefined, 'GET')).toEqual([405, 'Only POST is taken']);
    expect(onAny).toHaveBeenCalledOnce();
  });
});

test('where nothing has read the body, an empty one is no event', async () => {
  const { url } = await serve(toNodeHandler(createWebhookHandler({ token })));
  expect((await fetch(url, { method: 'POST' })).status).toBe(400);
});

test('Allow is sent with 405', async () => {
  const { url } = await serve(toNodeHandler(createWebhookHandler({ token })));
  expect((await fetch(url, { method: 'PUT', body: '{}' })).headers.get('Allow')).toBe('POST');
});

test('a sender of too much reads its 413 to the end, and its connection stays of use', async () => {
  const onAny = vi.fn();
  const { url, port } = await serve(toNodeHandler(createWebhookHandler({ token, onAny })));
  const response = await fetch(url, { method: 'POST', body: new Uint8Array(5_000_000) });
  expect([response.status, await response.text()]).toEqual([413, 'The body is too large']);

  const socket = connect(port, '127.0.0.1');
  closers.push(async () => socket.destroy());
  const answers: string[] = [];
  socket.on('data', (data) => answers.push(data.toString()));
  const good = JSON.stringify(createTestEvent('PING', { signing_token: token }));
  for (const body of ['x'.repeat(3_000_000), good]) {
    socket.write(`POST / HTTP/1.1\r\nHost: x\r\nContent-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`);
  }
  await vi.waitFor(
    () => expect(answers.join('').match(/HTTP\/1.1 \d+/g)).toEqual(['HTTP/1.1 413', 'HTTP/1.1 200']),
    {
      timeout: 5_000,
    },
  );
  expect(onAny).toHaveBeenCalledOnce();
});

test('a sender that goes away in the middle disturbs nobody', async () => {
  const onAny = vi.fn();
  const onError = vi.fn();
  const handled: unknown[] = [];
  const listener = toNodeHandler(createWebhookHandler({ token, onAny, onError }));
  const { url } = await serve((request, response) => handled.push(listener(request, response)));
  const sending = httpRequest(url, { method: 'POST', headers: { 'Content-Length': '100' } });
  sending.on('error', () => undefined);
  sending.write('{"type":');
  await vi.waitFor(() => expect(handled).toHaveLength(1));
  sending.destroy();
  await Promise.all(handled);
  expect([onAny.mock.calls, onError.mock.calls]).toEqual([[], []]);
  const body = JSON.stringify(createTestEvent('PING', { signing_token: token }));
  expect((await fetch(url, { method: 'POST', body })).status).toBe(200);
});
