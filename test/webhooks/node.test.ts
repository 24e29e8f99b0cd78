import { once } from 'node:events';
import { createServer, request as httpRequest, type IncomingMessage, type ServerResponse } from 'node:http';
import { connect } from 'node:net';
import express, { type RequestHandler } from 'express';
import fastify from 'fastify';
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

type Wrap = (handle: ReturnType<typeof toNodeHandler>) => Listener | Promise<Listener>;

function expressApp(...middlewares: RequestHandler[]): Wrap {
  return (handle) => {
    const app = express();
    if (middlewares.length > 0) app.use(middlewares);
    return app.all('/pluralkit', (request, response) => handle(request, response));
  };
}

function fastifyApp(parse?: (body: Buffer) => unknown): Wrap {
  return async (handle) => {
    const app = fastify({ bodyLimit: 10_000_000 });
    closers.push(() => app.close());
    if (parse) {
      app.removeAllContentTypeParsers();
      app.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) =>
        done(null, parse(Buffer.from(body))),
      );
    }
    app.all('/pluralkit', handle);
    await app.ready();
    return (request, response) => app.routing(request, response);
  };
}

const servers: Record<string, Wrap> = {
  'plain http': (handle) => handle,
  'Express without a parser': expressApp(),
  'Express with json()': expressApp(express.json({ limit: '10mb' })),
  'Express with text()': expressApp(express.text({ type: '*/*', limit: '10mb' })),
  'Express with raw()': expressApp(express.raw({ type: '*/*', limit: '10mb' })),
  'Fastify with its parser': fastifyApp(),
  'Fastify with a parser to text': fastifyApp((body) => body.toString()),
  'Fastify with a parser to a buffer': fastifyApp((body) => body),
};

describe.each(Object.entries(servers))('in %s', (_name, wrap) => {
  test('events are received, and rejected as they should be', async () => {
    const onAny = vi.fn();
    const { url, port } = await serve(await wrap(toNodeHandler(createWebhookHandler({ token, onAny }))));
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
    // Not with `fetch`, as no `Request` can have this method.
    expect(
      await rawExchange(port, 'TRACE /pluralkit HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n'),
    ).toMatch(/^HTTP\/1\.1 405 /);
    expect(onAny).toHaveBeenCalledOnce();
  });
});

/** Sends bytes, and gives what comes back until the connection ends. */
async function rawExchange(port: number, text: string): Promise<string> {
  const socket = connect(port, '127.0.0.1');
  const chunks: Buffer[] = [];
  socket.on('data', (chunk) => chunks.push(chunk));
  socket.end(text);
  await once(socket, 'close');
  return Buffer.concat(chunks).toString();
}

test('an empty body is no event where nothing has read it', async () => {
  const { url } = await serve(toNodeHandler(createWebhookHandler({ token })));
  expect((await fetch(url, { method: 'POST' })).status).toBe(400);
});

test('a response with 405 has the header Allow', async () => {
  const { url } = await serve(toNodeHandler(createWebhookHandler({ token })));
  expect((await fetch(url, { method: 'PUT', body: '{}' })).headers.get('Allow')).toBe('POST');
});

test('a sender of too much reads the whole 413, and its connection stays usable', async () => {
  const onAny = vi.fn();
  const { url, port } = await serve(toNodeHandler(createWebhookHandler({ token, onAny })));
  const response = await fetch(url, { method: 'POST', body: new Uint8Array(5_000_000) });
  expect([response.status, await response.text()]).toEqual([413, 'The body is too large']);

  const socket = connect(port, '127.0.0.1');
  closers.push(async () => socket.destroy());
  const received: string[] = [];
  socket.on('data', (data) => received.push(data.toString()));
  const good = JSON.stringify(createTestEvent('PING', { signing_token: token }));
  for (const body of ['x'.repeat(3_000_000), good]) {
    socket.write(`POST / HTTP/1.1\r\nHost: x\r\nContent-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`);
  }
  await vi.waitFor(
    () => expect(received.join('').match(/HTTP\/1.1 \d+/g)).toEqual(['HTTP/1.1 413', 'HTTP/1.1 200']),
    {
      timeout: 5_000,
    },
  );
  expect(onAny).toHaveBeenCalledOnce();
});

test('a body that a framework has parsed, nested too deeply to be written again, is no event', async () => {
  const wrap = expressApp(express.json({ limit: '10mb' }));
  const { url } = await serve(await wrap(toNodeHandler(createWebhookHandler({ token }))));
  const headers = { 'Content-Type': 'application/json' };
  const body = `{"data":${'['.repeat(100_000)}${']'.repeat(100_000)}}`;
  expect((await fetch(url, { method: 'POST', headers, body })).status).toBe(400);
});

describe('the adapter never rejects, and responds with 500 to', () => {
  const circular: Record<string, unknown> = {};
  circular.self = circular;

  async function statusOf(request: object, handle = createWebhookHandler({ token })): Promise<unknown> {
    const log = vi.spyOn(console, 'error').mockImplementation(() => undefined);
    const response = { writeHead: vi.fn(), end: vi.fn() };
    try {
      await Reflect.apply(toNodeHandler(handle), undefined, [request, response]);
      expect(log).toHaveBeenCalledOnce();
    } finally {
      log.mockRestore();
    }
    expect(response.end).toHaveBeenCalledOnce();
    return response.writeHead.mock.calls[0]?.[0];
  }

  test('a body that middleware has made circular', async () => {
    expect(await statusOf({ method: 'POST', readableEnded: true, body: circular })).toBe(500);
  });

  test('a body that middleware has turned into numbers that JSON lacks', async () => {
    expect(await statusOf({ method: 'POST', body: { id: 1n } })).toBe(500);
  });

  test('what a wrapper around the handler throws', async () => {
    const failing = () => Promise.reject(new Error('a fault of the application'));
    expect(await statusOf({ method: 'POST', body: {} }, failing)).toBe(500);
  });

  test('values that are no HTTP response', async () => {
    const log = vi.spyOn(console, 'error').mockImplementation(() => undefined);
    const { url } = await serve(toNodeHandler(async () => Response.error()));
    expect((await fetch(url, { method: 'POST', body: '' })).status).toBe(500);
    expect(log).toHaveBeenCalledOnce();
    log.mockRestore();
  });
});

test('a request that is no stream, as platforms for functions make it, is received by its body', async () => {
  const onAny = vi.fn();
  const handle = toNodeHandler(createWebhookHandler({ token, onAny }));
  const body = createTestEvent('PING', { signing_token: token });
  for (const parsed of [body, JSON.stringify(body), Buffer.from(JSON.stringify(body))]) {
    const response = { writeHead: vi.fn(), end: vi.fn() };
    await handle({ method: 'POST', body: parsed }, response);
    expect(response.writeHead.mock.calls[0]?.[0]).toBe(200);
  }
  expect(onAny).toHaveBeenCalledTimes(3);
});

test('a stream that was closed before is no event', async () => {
  const response = { writeHead: vi.fn(), end: vi.fn() };
  const handle = toNodeHandler(createWebhookHandler({ token }));
  const { url } = await serve((request) => handle(request.destroy(), response));
  await fetch(url, { method: 'POST', body: 'x'.repeat(100_000) }).catch(() => undefined);
  await vi.waitFor(() => expect(response.writeHead.mock.calls[0]?.[0]).toBe(400));
});

test('a response that was already sent is unchanged', async () => {
  const log = vi.spyOn(console, 'error').mockImplementation(() => undefined);
  const handle = toNodeHandler(createWebhookHandler({ token }));
  const { url } = await serve((request, response) => {
    response.writeHead(204).end();
    return handle(request, response);
  });
  expect((await fetch(url)).status).toBe(204);
  expect(String(log.mock.calls[0])).toMatch(/sent before/);
  log.mockRestore();
});

test('a sender that disconnects in the middle affects no other request', async () => {
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
