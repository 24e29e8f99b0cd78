/**
 * The baseline of `node:http` itself: a server that checks nothing and sends the sandbox's responses to the measured requests,
 * byte for byte.
 *
 * Usage: node bare-server.ts <port>
 */
import { createServer } from 'node:http';
import { createSandbox } from '../../src/sandbox/index.ts';
import { cases, makeWorld, requestHeaders } from './world.ts';

const sandbox = createSandbox({ world: makeWorld(), rateLimits: 'server' });
const responses = new Map<string, { headers: Record<string, string>; body: Buffer }>();
for (const { method, path, body } of cases) {
  const headers = { ...requestHeaders, 'Content-Type': 'application/json' };
  const response = await sandbox.fetch(`/v2${path}`, { method, headers, ...(body && { body }) });
  const content = Buffer.from(await response.arrayBuffer());
  const own = { ...Object.fromEntries(response.headers), 'Content-Length': String(content.byteLength) };
  responses.set(`${method} /v2${path}`, { headers: own, body: content });
}

createServer((request, response) => {
  const { headers, body } = responses.get(`${request.method} ${request.url}`) ?? {};
  const respond = () => response.writeHead(body === undefined ? 404 : 200, headers).end(body);
  if (request.method === 'GET') respond();
  else request.resume().once('end', respond);
}).listen(Number(process.argv[2]), '127.0.0.1');
