import { request } from 'node:http';
import { expect, test } from 'vitest';
import { type Exchange, loadScenarios, loadWorld, tokenOf } from '../../../scripts/lib/recordings.ts';
import { createSandbox, type Sandbox } from '../../../src/sandbox/index.ts';
import type { RunningServer } from '../../../src/sandbox/node/server.ts';
import { recordedWorld } from '../support.ts';
import { serve } from './support.ts';

/** Recorded exchanges are many: every so manieth is sent. */
const step = 7;
const world = loadWorld('v2');
const requests = loadScenarios()
  .filter(({ version }) => version === 'v2')
  .flatMap(({ exchanges }) => exchanges)
  .filter((_, index) => index % step === 0);

/** Headers that belong to the connection. */
const connectionHeaders = ['connection', 'keep-alive', 'date', 'content-length', 'transfer-encoding'];

interface Received {
  readonly status: number;
  readonly headers: Readonly<Record<string, unknown>>;
  readonly body: string;
}

function open(): Sandbox {
  const sandbox = createSandbox({ world: recordedWorld, seed: 1, rateLimits: 'server' });
  sandbox.clock.freeze(new Date('2026-06-01T00:00:00Z'));
  return sandbox;
}

/** What a client sends: method, headers, body. */
function parts({ as: actor, request: sent }: Exchange) {
  const token = tokenOf(actor, world);
  const type = sent.body === undefined ? sent.type : 'application/json';
  const given: Record<string, string | null> = {
    'User-Agent': 'test',
    Authorization: token,
    'Content-Type': type ?? null,
  };
  const headers = Object.entries({ ...given, ...sent.headers }).filter(
    (entry): entry is [string, string] => entry[1] !== null,
  );
  const body = sent.raw ?? (sent.body === undefined ? undefined : JSON.stringify(sent.body));
  return { method: sent.method, headers: Object.fromEntries(headers), body };
}

async function sendWithin(sandbox: Sandbox, exchange: Exchange): Promise<Received> {
  const { method, headers, body } = parts(exchange);
  const target = exchange.request.path;
  // As bytes, since a text would be given a type.
  const init = {
    method,
    headers,
    target,
    ...(body !== undefined && { body: new TextEncoder().encode(body) }),
  };
  const response = await sandbox.fetch(`http://127.0.0.1${target}`, init);
  return {
    status: response.status,
    headers: Object.fromEntries(response.headers),
    body: await response.text(),
  };
}

function sendOver({ port }: RunningServer, exchange: Exchange): Promise<Received> {
  const { method, headers, body } = parts(exchange);
  return new Promise((resolve, reject) => {
    const sent = request({ port, host: '127.0.0.1', method, path: exchange.request.path, headers });
    sent.once('error', reject).once('response', (response) => {
      let text = '';
      response.setEncoding('utf8').on('data', (part: string) => {
        text += part;
      });
      response.once('end', () => {
        const own = Object.entries(response.headers).filter(([name]) => !connectionHeaders.includes(name));
        resolve({ status: response.statusCode ?? 0, headers: Object.fromEntries(own), body: text });
      });
    });
    sent.end(body);
  });
}

test('responses over HTTP are those of the sandbox, to the header', async () => {
  const within = open();
  const over = open();
  const server = await serve(over);
  expect(requests.length).toBeGreaterThan(500);
  for (const exchange of requests) {
    const [expected, actual] = [await sendWithin(within, exchange), await sendOver(server, exchange)];
    expect(actual, `${exchange.request.method} ${exchange.request.path}`).toEqual(expected);
    for (const sandbox of [within, over]) sandbox.clock.advance(500);
  }
});
