import { once } from 'node:events';
import { connect } from 'node:net';
import fc from 'fast-check';
import { expect, test, vi } from 'vitest';
import { withConsole } from '../../../src/sandbox/console/with-console.ts';
import { createSandbox, system } from '../../../src/sandbox/index.ts';
import type { RunningServer } from '../../../src/sandbox/node/server.ts';
import { httpMethods } from '../../support/http-methods.ts';
import { tries } from '../../support/tries.ts';
import { sendRaw, serve } from './support.ts';

async function open() {
  const onError = vi.fn();
  const world = system({ id: 'harbor' }).withMembers(2000).world();
  const server = await serve(withConsole(createSandbox({ world })), { onError });
  return { server, onError };
}

/** Sends bytes, reads for a moment, and hangs up. */
async function sendAndHangUp({ port }: RunningServer, bytes: Uint8Array): Promise<void> {
  const socket = connect(port, '127.0.0.1');
  socket.on('error', () => {}); // The server may hang up first.
  await once(socket, 'connect');
  socket.end(bytes);
  socket.once('data', () => socket.destroy());
  setTimeout(() => socket.destroy(), 50);
  await new Promise((resolve) => socket.once('close', resolve));
}

const target = fc.oneof(
  fc.constantFrom(
    '/',
    '*',
    '//',
    '/%00',
    '/%ff',
    '/_sandbox/world',
    '/_sandbox/../v2',
    '/docs/../../etc/passwd',
  ),
  fc.constantFrom('/v2/systems/harbor', '/v2/members', '/v2/systems/%ff', 'http://a/v2/systems/harbor'),
  fc.nat(20_000).map((length) => `/v2/${'a'.repeat(length)}`),
);
const method = fc.constantFrom(...httpMethods, 'get', '\0');
const header = fc.oneof(
  fc.constantFrom(
    'Host: 127.0.0.1',
    'Host: a b',
    'Host: x',
    'User-Agent: test',
    'Transfer-Encoding: chunked',
  ),
  fc.constantFrom(
    'Authorization: a\r\nAuthorization: b',
    '__proto__: x',
    'constructor: x',
    'Expect: 100-continue',
  ),
  fc.nat(300).map((length) => `Content-Length: ${length}`),
);
const request = fc
  .tuple(method, target, fc.array(header, { maxLength: 6 }), fc.uint8Array({ maxLength: 200 }))
  .map(([verb, path, headers, body]) =>
    Buffer.concat([Buffer.from(`${[`${verb} ${path} HTTP/1.1`, ...headers].join('\r\n')}\r\n\r\n`), body]),
  );

test('broken requests, and callers that hang up, neither end the server nor are defects', async () => {
  const { server, onError } = await open();
  await fc.assert(
    fc.asyncProperty(fc.array(request, { minLength: 20, maxLength: 20 }), async (requests) => {
      await Promise.all(requests.map((bytes) => sendAndHangUp(server, bytes)));
    }),
    { numRuns: tries(10, 500) },
  );
  expect((await fetch(`${server.url}/v2/systems/harbor`)).status).toBe(200);
  expect(onError).not.toHaveBeenCalled();
});

test('a caller that hangs up while a world is sent does no harm', async () => {
  const { server, onError } = await open();
  const bytes = Buffer.from('GET /_sandbox/world HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n');
  for (let count = 0; count < 5; count += 1) await sendAndHangUp(server, bytes);
  expect((await (await fetch(`${server.url}/_sandbox/world`)).json()).systems[0].members).toHaveLength(2000);
  expect(onError).not.toHaveBeenCalled();
});

test.for([
  ['/', 400],
  ['/v2/systems/harbor', 405],
  ['/_sandbox/world', 405],
] as const)('TRACE %s gets %i', async ([path, status]) => {
  const { server, onError } = await open();
  const head = `TRACE ${path} HTTP/1.1\r\nHost: 127.0.0.1\r\nUser-Agent: test\r\nConnection: close\r\n\r\n`;
  expect(await sendRaw(server, head)).toMatch(new RegExp(`^HTTP/1\\.1 ${status} `));
  expect(onError).not.toHaveBeenCalled();
});

test.for([
  ['127.0.0.1:99999', 400],
  ['127.0.0.999', 400],
  ['127.0.0.1:', 200],
  ['[::1]:65535', 200],
] as const)('the host %s gets %i', async ([host, status]) => {
  const { server, onError } = await open();
  for (const path of ['/_sandbox/clock', '/v2/systems/harbor']) {
    const head = `GET ${path} HTTP/1.1\r\nHost: ${host}\r\nUser-Agent: test\r\nConnection: close\r\n\r\n`;
    expect(await sendRaw(server, head)).toMatch(new RegExp(`^HTTP/1\\.1 ${status} `));
  }
  expect(onError).not.toHaveBeenCalled();
});
