import { expect, test } from 'vitest';
import { problemOf } from '../../../src/sandbox/node/guard.ts';
import { send, serve } from './support.ts';

const here = { path: '/_sandbox/world', address: '127.0.0.1', host: '127.0.0.1:4011', origin: undefined };

test.for(['127.0.0.1', '127.9.9.9', '::1', '::ffff:127.0.0.1'])('lets %s in', (address) => {
  expect(problemOf({ ...here, address })).toBeUndefined();
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
])('keeps %s out', (address) => {
  expect(problemOf({ ...here, address })).toMatch(/same machine/);
});

test.for(['localhost', 'LOCALHOST:80', 'app.localhost:4011', '127.0.0.1', '[::1]:4011', '[::1]'])(
  'takes %s as host',
  (host) => {
    expect(problemOf({ ...here, host })).toBeUndefined();
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
])('refuses %s as host, which a page may have pointed here', (host) => {
  expect(problemOf({ ...here, host })).toMatch(/Host header/);
});

test.for(['http://localhost:5173', 'http://127.0.0.1:4011', 'https://app.localhost', 'http://[::1]:3000'])(
  'lets pages of %s in',
  (origin) => {
    expect(problemOf({ ...here, origin })).toBeUndefined();
  },
);

test.for([
  'https://evil.example',
  'null',
  'http://localhost.evil.example',
  'http://localhost@evil.example',
  '',
])('keeps pages of %s out', (origin) => {
  expect(problemOf({ ...here, origin })).toMatch(/other sites/);
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
])('%s is for this machine alone', (path) => {
  expect(problemOf({ ...here, path, host: 'evil.example' })).toMatch(/Host header/);
});

test.for(['/v2', '/v2/systems/@me', '/v1/s', '/v3/x', '/private/bulk_privacy/member'])(
  '%s is for everybody',
  (path) => {
    expect(problemOf({ path, address: '10.0.0.1', host: 'a', origin: 'https://b' })).toBeUndefined();
  },
);

test('over HTTP, with every way to write the path', async () => {
  const server = await serve();
  const paths = ['/', '/_sandbox/world', '/v2/../_sandbox/world', '/%5fsandbox/world', '/./_sandbox/world'];
  for (const path of paths) {
    const answer = await send(server, path, { Host: 'evil.example' });
    expect(answer.status, path).toBeGreaterThanOrEqual(400);
    expect(answer.body, path).not.toContain('token');
  }
});
