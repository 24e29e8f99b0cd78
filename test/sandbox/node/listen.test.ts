import { once } from 'node:events';
import { connect } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test, vi } from 'vitest';
import { createSandbox } from '../../../src/sandbox/create-sandbox.ts';
import { system } from '../../../src/sandbox/factories/index.ts';
import { listen } from '../../../src/sandbox/node/listen.ts';
import { send, sendRaw, serve } from './support.ts';

const million = 1_000_000;

function patch(url: string, init: RequestInit & { duplex?: 'half' }): Promise<Response> {
  const { tokens } = createSandbox();
  const headers = { Authorization: tokens.harbor ?? '', 'Content-Type': 'application/json' };
  return fetch(`${url}/v2/systems/@me`, { method: 'PATCH', headers, ...init });
}

/** Sends bytes in parts, with no length told before. */
function streamOf(size: number): ReadableStream<Uint8Array> {
  let left = size;
  return new ReadableStream({
    pull(controller) {
      const part = Math.min(left, 50_000);
      if (part === 0) controller.close();
      else controller.enqueue(new Uint8Array(part).fill(0x20));
      left -= part;
    },
  });
}

test('a listener serves the sandbox at its URL', async () => {
  const server = await serve();
  expect(server.url).toBe(`http://127.0.0.1:${server.port}`);
  const response = await fetch(`${server.url}/v2/systems/harbor`);
  expect(response.status).toBe(200);
  expect(await response.json()).toMatchObject({ id: 'harbor' });
});

test('what one request changes, the next one sees', async () => {
  const server = await serve();
  const response = await patch(server.url, { body: '{"name":"Hafen ⚓"}' });
  expect(response.status).toBe(200);
  const after = await fetch(`${server.url}/v2/systems/harbor`);
  expect(await after.json()).toMatchObject({ name: 'Hafen ⚓' });
});

test('a listener passes the path on unchanged', async () => {
  const seen = vi.fn(async () => new Response('ok'));
  const server = await serve({ fetch: seen });
  await send(server, '/v2/./members/../x?a=%2e%2e');
  await send(server, `${server.url}/v2/systems/harbor?x`);
  expect(seen).toHaveBeenNthCalledWith(1, expect.anything(), {
    target: '/v2/./members/../x?a=%2e%2e',
    address: '127.0.0.1',
  });
  expect(seen).toHaveBeenNthCalledWith(2, expect.anything(), {
    target: '/v2/systems/harbor?x',
    address: '127.0.0.1',
  });
});

test.for([
  ['a megabyte', new Uint8Array(million).fill(0x20), 400],
  ['a byte more', new Uint8Array(million + 1).fill(0x20), 413],
  ['ten megabytes', new Uint8Array(10 * million).fill(0x20), 413],
] as const)('a body of %s gets its response', async ([, body, status]) => {
  const server = await serve();
  expect((await patch(server.url, { body })).status).toBe(status);
  expect((await fetch(`${server.url}/v2/systems/harbor`)).status).toBe(200);
});

test.for([
  ['a megabyte', million, 400],
  ['a byte more', million + 1, 413],
  ['ten megabytes', 10 * million, 413],
] as const)('a streamed body of %s without a length gets its response', async ([, size, status]) => {
  const server = await serve();
  const response = await patch(server.url, { body: streamOf(size), duplex: 'half' });
  expect(response.status).toBe(status);
  expect((await fetch(`${server.url}/v2/systems/harbor`)).status).toBe(200);
});

test('a world may be larger than a body of the API', async () => {
  const server = await serve();
  const init = { method: 'PUT', body: JSON.stringify(system().withMembers(3000).world()) };
  expect(init.body.length).toBeGreaterThan(million);
  expect((await fetch(`${server.url}/_sandbox/world`, init)).status).toBe(204);
  expect((await send(server, '/_sandbox/world')).body.length).toBeGreaterThan(million);
});

test('a body without end gets a response, and its connection is closed', async () => {
  const server = await serve();
  const socket = connect(server.port, '127.0.0.1');
  let received = '';
  socket.setEncoding('utf8').on('data', (text: string) => {
    received += text;
  });
  socket.write('POST /v2/members HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n');
  const chunk = `100000\r\n${' '.repeat(0x100000)}\r\n`;
  const timer = setInterval(() => socket.writable && socket.write(chunk), 5);
  socket.on('error', () => {}); // The server hangs up while more is on its way.
  await new Promise((resolve) => socket.once('close', resolve)); // `once` would take that error for its own.
  clearInterval(timer);
  expect(received).toContain('HTTP/1.1 413 ');
  expect(received).toContain('{"message":"413: Payload Too Large","code":0}');
});

test('callers that hang up do no harm', async () => {
  const onError = vi.fn();
  const server = await serve(createSandbox(), { latency: 50, onError });
  const head = 'PATCH /v2/systems/harbor HTTP/1.1\r\nHost: localhost\r\nUser-Agent: test\r\n';
  for (const text of [head, `${head}Content-Length: 100\r\n\r\n{`, `${head}Content-Length: 2\r\n\r\n{}`]) {
    const socket = connect(server.port, '127.0.0.1');
    await once(socket, 'connect');
    socket.write(text);
    await sleep(10);
    socket.destroy();
  }
  await sleep(100);
  expect((await fetch(`${server.url}/v2/systems/harbor`)).status).toBe(200);
  expect(onError).not.toHaveBeenCalled();
});

test.for([
  ['no HTTP', 'HELLO\r\n\r\n'],
  ['no host', 'GET /v2/systems/harbor HTTP/1.1\r\n\r\n'],
  ['a host that is none', 'GET /v2/systems/harbor HTTP/1.1\r\nHost: a b\r\nConnection: close\r\n\r\n'],
  ['two lengths', 'POST /v2/members HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n12'],
] as const)('a request with %s is rejected with 400', async ([, text]) => {
  const onError = vi.fn();
  const server = await serve(createSandbox(), { onError });
  expect(await sendRaw(server, text)).toMatch(/^HTTP\/1\.1 400 /);
  expect((await fetch(`${server.url}/v2/systems/harbor`)).status).toBe(200);
  expect(onError).not.toHaveBeenCalled();
});

test('a defect gets 500 and is reported, without its details in the response', async () => {
  const onError = vi.fn();
  const defect = new Error('a secret');
  const server = await serve({ fetch: () => Promise.reject(defect) }, { onError });
  const response = await fetch(`${server.url}/v2/systems/harbor`);
  expect(response.status).toBe(500);
  expect(await response.json()).toEqual({ message: '500: Internal Server Error', code: 0 });
  expect(onError).toHaveBeenCalledExactlyOnceWith(defect);
});

test('a listener reports each response, error responses too', async () => {
  const onResponse = vi.fn();
  const server = await serve(createSandbox(), { onResponse });
  await fetch(`${server.url}/v2/systems/nobody?x=1`);
  await send(server, '/_sandbox/world', { Host: 'evil.example' });
  const duration = expect.any(Number);
  expect(onResponse.mock.calls).toEqual([
    [{ method: 'GET', target: '/v2/systems/nobody?x=1', status: 404, duration }],
    [{ method: 'GET', target: '/_sandbox/world', status: 403, duration }],
  ]);
});

test('a listener delays each response as configured', async () => {
  const server = await serve(createSandbox(), { latency: 200 });
  const start = performance.now();
  await fetch(`${server.url}/v2/systems/harbor`);
  expect(performance.now() - start).toBeGreaterThanOrEqual(195);
});

test('listening rejects where the port is taken', async () => {
  const { port } = await serve();
  await expect(listen(createSandbox(), { port })).rejects.toMatchObject({ code: 'EADDRINUSE' });
});

test('the method close ends open connections at once, and the port is free again', async () => {
  const server = await serve(createSandbox(), { latency: 600_000 });
  const waiting = fetch(`${server.url}/v2/systems/harbor`);
  const idle = connect(server.port, '127.0.0.1');
  await once(idle, 'connect');
  await sleep(50);
  // The latency is longer than a test may take.
  await Promise.all([server.close(), server.close(), expect(waiting).rejects.toThrow('fetch failed')]);
  expect((await serve(createSandbox(), { port: server.port })).port).toBe(server.port);
});

test('the method finish lets requests under way end, and closes connections that are kept alive', async () => {
  const server = await serve(createSandbox(), { latency: 200 });
  const responses = Array.from({ length: 5 }, () => fetch(`${server.url}/v2/systems/harbor`));
  await sleep(50);
  const finished = server.finish();
  const statuses = (await Promise.all(responses)).map(({ status }) => status);
  await finished;
  expect(statuses).toEqual([200, 200, 200, 200, 200]);
  await expect(fetch(`${server.url}/v2/systems/harbor`)).rejects.toThrow('fetch failed');
});

test.each(['', ' '])('an empty host (%j), which would let other machines in, is an error', async (host) => {
  await expect(listen(createSandbox(), { host })).rejects.toThrow(
    new TypeError('host must be an address or a name'),
  );
});

test.each([
  ['throws', () => fail()],
  ['rejects', async () => fail()],
])('a listener goes on serving where a callback %s', async (_, callback) => {
  const written = vi.spyOn(console, 'error').mockImplementation(() => {});
  const onError = vi.fn(callback);
  const server = await serve(undefined, { onResponse: callback, onError });
  await fetch(`${server.url}/v2/systems/harbor`);
  const second = await fetch(`${server.url}/v2/systems/harbor`);
  expect(second.status).toBe(200);
  // The response arrives before it is reported.
  await vi.waitFor(() => expect(written).toHaveBeenCalledTimes(2));
  expect(onError).toHaveBeenCalledTimes(2);
  written.mockRestore();
});

function fail(): never {
  throw new Error('a fault of the caller');
}
