import dns from 'node:dns';
import { expect, onTestFinished, test, vi } from 'vitest';
import { problemOf } from '../../../src/sandbox/node/guard.ts';
import { send, serve } from './support.ts';

const here = { path: '/_sandbox/world', address: '127.0.0.1', host: '127.0.0.1:4011', origin: undefined };

test.for(['127.0.0.1', '127.9.9.9', '::1', '::ffff:127.0.0.1'])('the guard lets %s in', async (address) => {
  expect(await problemOf({ ...here, address })).toBeUndefined();
});

test.for([
  '10.0.0.1',
  '192.168.1.127',
  '172.17.0.1',
  '2001:db8::127',
  '::ffff:10.0.0.1',
  '1270.0.0.1',
  '',
  undefined,
])('the guard keeps %s out', async (address) => {
  expect(await problemOf({ ...here, address })).toMatch(/same machine/);
});

test.for(['localhost', 'LOCALHOST:80', '127.0.0.1', '[::1]:4011', '[::1]'])(
  'the guard takes %s as host',
  async (host) => {
    expect(await problemOf({ ...here, host })).toBeUndefined();
  },
);

test.for([
  'evil.example',
  'evil.example:4011',
  '127.0.0.1.evil.example',
  'localhost.evil.example',
  'evil-localhost',
  '127.0.0.1@evil.example',
  '192.168.1.2',
  '',
  undefined,
])('the guard rejects %s as host, which a page may have pointed here', async (host) => {
  expect(await problemOf({ ...here, host })).toMatch(/Host header/);
});

test.for(['http://localhost:5173', 'http://127.0.0.1:4011', 'http://[::1]:3000'])(
  'the guard lets pages of %s in',
  async (origin) => {
    expect(await problemOf({ ...here, origin })).toBeUndefined();
  },
);

test.for([
  'https://evil.example',
  'null',
  'http://localhost.evil.example',
  'http://localhost@evil.example',
  '',
])('the guard keeps pages of %s out', async (origin) => {
  expect(await problemOf({ ...here, origin })).toMatch(/other sites/);
});

test.for([
  '/',
  '/index.html',
  '/_sandbox',
  '/_sandbox/reset',
  '//v2',
  '/v2x',
  '/docs/',
  '/%76%32/',
  '/v2/..',
  '/v2/%2E%2e/x',
])('the path %s is for this machine alone', async (path) => {
  expect(await problemOf({ ...here, path, host: 'evil.example' })).toMatch(/Host header/);
});

test.for(['/v2', '/v2/systems/@me', '/v1/s', '/v3/x', '/private/bulk_privacy/member'])(
  'the path %s is for everybody',
  async (path) => {
    expect(await problemOf({ path, address: '10.0.0.1', host: 'a', origin: 'https://b' })).toBeUndefined();
  },
);

test('the guard holds over HTTP, with every way to write the path', async () => {
  const server = await serve();
  const paths = ['/', '/_sandbox/world', '/v2/../_sandbox/world', '/%5fsandbox/world', '/./_sandbox/world'];
  for (const path of paths) {
    const response = await send(server, path, { Host: 'evil.example' });
    expect(response.status, path).toBeGreaterThanOrEqual(400);
    expect(response.body, path).not.toContain('token');
  }
});

/** Resolvers of some systems ask the network for names below `localhost`. */
function resolveTo(...addresses: readonly string[]): void {
  const lookup = vi.spyOn(dns.promises, 'lookup');
  // The function has many forms; this is the one for all addresses.
  lookup.mockImplementation(Object.assign(async () => addresses.map((address) => ({ address, family: 4 }))));
  onTestFinished(() => lookup.mockRestore());
}

test.for([
  [['127.0.0.1', '::1'], true],
  [['192.0.2.1'], false],
  [['127.0.0.1', '192.0.2.1'], false],
  [[], false],
] as const)('a name below localhost that resolves to %j is this machine: %s', async ([addresses, isHere]) => {
  resolveTo(...addresses);
  const problems = [
    await problemOf({ ...here, host: 'app.localhost:4011' }),
    await problemOf({ ...here, origin: 'http://app.localhost:5173' }),
  ];
  expect(problems.map((problem) => problem === undefined)).toEqual([isHere, isHere]);
});

test('a name below localhost that does not resolve is not this machine', async () => {
  const lookup = vi.spyOn(dns.promises, 'lookup').mockRejectedValue(new Error('ENOTFOUND'));
  onTestFinished(() => lookup.mockRestore());
  expect(await problemOf({ ...here, host: 'app.localhost' })).toMatch(/Host header/);
});

test.for(['/_sandbox/world', '/_sandbox/requests', '/_sandbox/none', '/_sandbox/clock'])(
  'the path %s can neither be framed nor sniffed',
  async (path) => {
    const server = await serve();
    for (const host of ['127.0.0.1', 'evil.example']) {
      const { headers } = await send(server, path, { Host: host });
      expect(headers).toMatchObject({
        'x-frame-options': 'DENY',
        'x-content-type-options': 'nosniff',
        'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
      });
    }
  },
);
