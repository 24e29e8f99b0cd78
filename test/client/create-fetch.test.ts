import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { createClient as generate } from '@hey-api/openapi-ts';
import ky from 'ky';
import openapiFetch from 'openapi-fetch';
import { describe, expect, onTestFinished, test } from 'vitest';
import type { paths } from '../../generated/v2/schema.ts';
import { generatedDirectory } from '../../scripts/lib/document.ts';
import { createFetch } from '../../src/client/create-fetch.ts';
import { MemoryLimiter } from '../../src/index.ts';
import { createSandbox } from '../../src/sandbox/create-sandbox.ts';
import { fakeFetch, json, rejection, token, userAgent } from './helpers.ts';
import { simulate } from './simulation.ts';

const baseUrl = 'https://api.pluralkit.me/v2';
const GETS = 40;
/** Milliseconds: nine pass at once, and then one each tenth of a second. */
const IDEAL = (GETS - 9) * 100;

function pacedFetch() {
  const sandbox = createSandbox({ rateLimits: 'server' });
  let limited = 0;
  const fetch = createFetch({
    token: sandbox.tokens.harbor,
    userAgent,
    limiter: new MemoryLimiter(),
    fetch: (url, init) => sandbox.fetch(new Request(url, init)),
    onRateLimit: () => limited++,
  });
  return { fetch, limited: () => limited };
}

/** Makes 40 GETs at once, and expects them in the time that the limits leave. */
async function expectPaced(get: () => Promise<unknown>, limited: () => number) {
  await simulate(async () => {
    const startedAt = performance.now();
    const systems = await Promise.all(Array.from({ length: GETS }, get));
    expect(systems).toEqual(
      systems.map(() => expect.objectContaining({ id: 'harbor', privacy: expect.anything() })),
    );
    expect(performance.now() - startedAt).toBeLessThanOrEqual(1.05 * IDEAL);
  });
  expect(limited()).toBe(0);
}

describe('createFetch paces', () => {
  test('the requests of openapi-fetch', async () => {
    const { fetch, limited } = pacedFetch();
    const client = openapiFetch<paths>({ baseUrl, fetch });
    const path = { systemRef: '@me' };
    await expectPaced(
      async () => (await client.GET('/systems/{systemRef}', { params: { path } })).data,
      limited,
    );
  });

  test('the requests of ky', async () => {
    const { fetch, limited } = pacedFetch();
    const api = ky.create({ fetch, prefix: baseUrl, retry: 0, timeout: false });
    await expectPaced(() => api('systems/@me').json(), limited);
  });

  test('the requests of hey-api', async () => {
    const output = mkdtempSync(join(tmpdir(), 'pluralkit-openapi-'));
    onTestFinished(() => rmSync(output, { recursive: true, force: true }));
    await generate({
      input: join(generatedDirectory('v2'), 'openapi.json'),
      output,
      plugins: ['@hey-api/sdk', '@hey-api/client-fetch'],
      logs: { level: 'silent', file: false },
    });
    const { getSystem } = await import(pathToFileURL(join(output, 'sdk.gen.ts')).href);
    const { fetch, limited } = pacedFetch();
    const path = { systemRef: '@me' };
    await expectPaced(async () => (await getSystem({ path, fetch, baseUrl })).data, limited);
  });
});

describe('createFetch', () => {
  const limiter = { acquire: async () => () => undefined };

  test('passes requests and responses through as they are', async () => {
    const response = json({ code: 20001, message: 'System not found.' }, 404);
    const { fetch, requests } = fakeFetch(() => response);
    const call = createFetch({ token, userAgent, fetch, limiter });
    const request = new Request(`${baseUrl}/members/abcde?a=%20b`, {
      method: 'PATCH',
      headers: { 'Content-Type': 'application/json', 'X-PluralKit-App': 'one' },
      body: JSON.stringify({ name: 'é' }),
    });
    const received = await call(request);
    expect(received).toBe(response);
    expect(await received.json()).toEqual({ code: 20001, message: 'System not found.' });
    expect(requests).toMatchObject([{ method: 'PATCH', path: '/members/abcde?a=%20b', body: { name: 'é' } }]);
    expect(Object.fromEntries(requests[0]?.headers ?? [])).toMatchObject({
      authorization: token,
      'user-agent': userAgent,
      'x-pluralkit-app': 'one',
    });
  });

  test.each([
    'https://example.com/v2/systems/@me',
    'https://api.pluralkit.me/v1/s',
    'https://api.pluralkit.me/v2foo/s',
    'https://api.pluralkit.me/v2/../private/stats',
    'http://api.pluralkit.me/v2/systems/@me',
  ])('sends no token to %s', async (url) => {
    const { fetch, requests } = fakeFetch();
    await expect(createFetch({ token, userAgent, fetch, limiter })(url)).rejects.toThrow(TypeError);
    expect(requests).toEqual([]);
  });

  test('rejects with the reason of a signal that says that the time is up', async () => {
    const { fetch } = fakeFetch(() => new Promise(() => undefined));
    const call = createFetch({ userAgent, fetch, limiter });
    const error = await rejection(call(`${baseUrl}/systems/exmpl`, { signal: AbortSignal.timeout(5) }));
    expect(error).toBeInstanceOf(DOMException);
    expect(error).toMatchObject({ name: 'TimeoutError' });
  });

  test('rejects with the reason of the signal', async () => {
    const { fetch } = fakeFetch(() => new Promise(() => undefined));
    const call = createFetch({ userAgent, fetch, limiter });
    const controller = new AbortController();
    const promise = rejection(call(`${baseUrl}/systems/exmpl`, { signal: controller.signal }));
    const reason = new Error('enough');
    controller.abort(reason);
    expect(await promise).toBe(reason);
  });

  test('ends a body that does not come in time', async () => {
    const { fetch } = fakeFetch(() => new Response(new ReadableStream()));
    const call = createFetch({ userAgent, fetch, limiter, timeout: 20 });
    await expect(call(`${baseUrl}/systems/exmpl`)).rejects.toMatchObject({ name: 'TimeoutError' });
  });
});
