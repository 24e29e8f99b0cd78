import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, test } from 'vitest';
import {
  createClient,
  ForbiddenError,
  isPluralKitError,
  PluralKit,
  RateLimitedError,
  ServerError,
} from '../../src/index.ts';
import { rejectingListener, unhandledDuring } from '../support/unhandled.ts';
import { fakeClient, fakeFetch, json, rejection, token, userAgent } from './helpers.ts';
import { simulate } from './simulation.ts';

const html = (status: number, headers: Record<string, string> = {}) =>
  new Response('<html>Attention required</html>', {
    status,
    headers: { 'Content-Type': 'text/html', ...headers },
  });

describe('a success without the documented content', () => {
  test.each([
    ['an empty 200', () => new Response('')],
    ['a 204', () => new Response(null, { status: 204 })],
    ['a page', () => html(200)],
    ['JSON that is cut', () => new Response('[{"id":"abcde"')],
    ['null', () => json(null)],
    ['a JSON text', () => json('ok')],
  ])('is a ServerError: %s', async (_, respond) => {
    const { pk } = fakeClient(respond);
    const { status } = respond();
    const walk = async () => {
      for await (const _member of pk.members.list('@me'));
    };
    const calls = [pk.systems.get('@me'), pk.members.list('@me'), walk(), pk.members.create({ name: 'x' })];
    for (const call of calls) {
      expect(await rejection(call)).toMatchObject({ name: 'ServerError', status });
    }
  });

  test('is a ServerError also where 204 is documented: only 204 says that there are no fronters', async () => {
    const { pk } = fakeClient(() => new Response(''));
    expect(await rejection(pk.switches.getFronters('@me'))).toBeInstanceOf(ServerError);
    expect(await rejection(pk.members.delete('abcde'))).toBeInstanceOf(ServerError);
  });

  test('is null where it is the documented 204', async () => {
    const { pk } = fakeClient(() => new Response(null, { status: 204 }));
    expect(await pk.switches.getFronters('@me')).toBeNull();
    await pk.members.delete('abcde');
    await pk.groups.addMembers('abcde', ['qwert']);
  });

  test('is a ServerError of the low level, too', async () => {
    const { fetch } = fakeFetch(() => html(200));
    const client = createClient({ userAgent, fetch });
    const call = client.GET('/systems/{systemRef}', { params: { path: { systemRef: 'abcde' } } });
    expect(await rejection(call)).toMatchObject({ name: 'ServerError', status: 200 });
  });

  test('is a TypeError of the iteration where an object stands in place of a list', async () => {
    const { pk } = fakeClient(() => json({ status: 'ok' }));
    const walk = async () => {
      for await (const _member of pk.members.list('@me'));
    };
    await expect(walk()).rejects.toThrow(TypeError);
  });
});

describe('redirects', () => {
  test('are not followed: neither token nor change gets to another server', async () => {
    const seen: (string | undefined)[] = [];
    const server = createServer((request, response) => {
      seen.push(request.url);
      if (request.url === '/other') response.end('{"id":"other"}');
      else response.writeHead(302, { Location: '/other' }).end();
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    const pk = new PluralKit({ userAgent, token, baseUrl: `http://127.0.0.1:${port}/v2` });
    try {
      for (const call of [() => pk.members.create({ name: 'x' }), () => pk.systems.get('@me')]) {
        expect(await rejection(call())).toMatchObject({
          name: 'ServerError',
          status: 302,
          message: expect.stringContaining('redirects to /other'),
        });
      }
      expect(seen).toEqual(['/v2/members', '/v2/systems/@me']);
    } finally {
      server.closeAllConnections();
      server.close();
    }
  });

  test.each([301, 302, 303, 307, 308])('of status %i are reported by the low level, too', async (status) => {
    const { fetch } = fakeFetch(
      () => new Response(null, { status, headers: { Location: 'https://x.test/a' } }),
    );
    const client = createClient({ userAgent, fetch });
    const call = client.GET('/systems/{systemRef}', { params: { path: { systemRef: 'abcde' } } });
    expect(await rejection(call)).toMatchObject({
      status,
      message: expect.stringContaining('https://x.test/a'),
    });
  });

  test('of a browser are reported without their target', async () => {
    const hidden = Object.defineProperty(Response.error(), 'type', { value: 'opaqueredirect' });
    const { pk } = fakeClient(() => hidden);
    expect(await rejection(pk.systems.get('abcde'))).toMatchObject({
      name: 'ServerError',
      message: expect.stringContaining('redirects to another place'),
    });
  });
});

describe('a proxy', () => {
  test.each([520, 521, 522, 523, 524, 527, 530])(
    'that responds with %i is tried again for a GET alone',
    async (status) => {
      const { pk, requests } = fakeClient(() => html(status));
      expect(await simulate(() => rejection(pk.systems.get('abcde')))).toMatchObject({ status, code: null });
      expect(requests).toHaveLength(3);
      await rejection(pk.members.create({ name: 'x' }));
      expect(requests).toHaveLength(4);
    },
  );

  test.each([505, 525, 526, 529, 599])('that responds with %i is not tried again', async (status) => {
    const { pk, requests } = fakeClient(() => html(status));
    await rejection(pk.systems.get('abcde'));
    expect(requests).toHaveLength(1);
  });

  test.each([
    ['seconds', '7', undefined],
    ['a date', 'Fri, 27 Nov 2026 12:00:07 GMT', 'Fri, 27 Nov 2026 12:00:00 GMT'],
  ])('is left alone for as long as its Retry-After says, in %s', async (_, retryAfter, date) => {
    for (const status of [429, 503]) {
      const headers = { 'Retry-After': retryAfter, ...(date && { Date: date }) };
      const { fetch } = fakeFetch((_, index) => (index === 0 ? html(status, headers) : json({})));
      const pk = new PluralKit({ userAgent, fetch });
      const waited = await simulate(async () => {
        const start = performance.now();
        await pk.systems.get('abcde');
        return performance.now() - start;
      });
      expect(waited).toBeGreaterThanOrEqual(7000);
      expect(waited).toBeLessThan(9000);
    }
  });

  test.each([
    ['in the past', 'Fri, 27 Nov 2026 11:00:00 GMT'],
    ['that is none', 'soon'],
    ['that is negative', '-5'],
    ['that is empty', ''],
  ])('with a Retry-After %s is not waited for', async (_, retryAfter) => {
    const headers = { 'Retry-After': retryAfter, Date: 'Fri, 27 Nov 2026 12:00:00 GMT' };
    const { pk } = fakeClient(() => html(429, headers), { retry: false });
    expect(await rejection(pk.systems.get('abcde'))).toMatchObject({ retryAfter: 0 });
  });

  test.each([
    ['a page', () => html(403), () => html(429, { 'Retry-After': '3' })],
    [
      'its own JSON',
      () => json({ code: 403, message: 'Forbidden' }, 403),
      () => json({ title: 'Error 1015: rate limited', status: 429 }, 429, { 'Retry-After': '3' }),
    ],
  ])('that rejects with %s is told apart from the API', async (_, forbidden, rateLimited) => {
    const rejected = await rejection(fakeClient(forbidden).pk.members.get('abcde'));
    expect(rejected).toBeInstanceOf(ForbiddenError);
    expect(rejected).toMatchObject({ codeName: null, missingScope: null });
    expect(isPluralKitError(rejected, 'Forbidden')).toBe(false);
    const { pk } = fakeClient(rateLimited, { retry: false });
    const slow = await rejection(pk.members.get('abcde'));
    expect(slow).toBeInstanceOf(RateLimitedError);
    expect(slow).toMatchObject({ code: null, codeName: null, retryAfter: 3000 });
    expect(isPluralKitError(slow, 'RateLimitError')).toBe(false);
  });

  test('whose body is not read is cancelled, which frees its connection', async () => {
    const cancelled: number[] = [];
    const endless = (status: number) =>
      new Response(new ReadableStream({ cancel: () => void cancelled.push(status) }), {
        status,
        headers: { Location: '/other' },
      });
    const { pk } = fakeClient((_, index) => (index === 0 ? endless(503) : endless(302)));
    expect(await simulate(() => rejection(pk.systems.get('abcde')))).toMatchObject({ status: 302 });
    expect(cancelled).toEqual([503, 302]);
  });

  test('whose body is not read keeps no connection open', async () => {
    let requests = 0;
    const server = createServer((_, response) => {
      requests++;
      if (requests % 3 === 0) response.end('{"id":"abcde"}');
      else response.writeHead(503).end('x'.repeat(5_000_000));
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    const pk = new PluralKit({ userAgent, baseUrl: `http://127.0.0.1:${port}/v2` });
    try {
      await pk.systems.get('abcde');
      expect(requests).toBe(3);
      const open = () =>
        new Promise<number>((resolve) => server.getConnections((_, count) => resolve(count)));
      await expect.poll(open, { timeout: 3000 }).toBeLessThanOrEqual(1);
    } finally {
      server.closeAllConnections();
      server.close();
    }
  });
});

test.each([
  ['that can not become one', '{"message":{"toString":1},"code":0}'],
  ['nor is its title', '{"message":null,"title":{"toString":1}}'],
  ['nested deeply', `{"message":${'['.repeat(20_000)}${']'.repeat(20_000)}}`],
])('an error whose message is no text gets one from the client: %s', async (_, body) => {
  for (const status of [400, 401, 403, 404, 410, 429, 500]) {
    const { pk } = fakeClient(() => new Response(body, { status }), { retry: false });
    expect(await rejection(pk.systems.get('abcde'))).toMatchObject({
      status,
      message: expect.stringContaining(`The server responded with ${status}`),
    });
  }
});

test('an async listener that rejects does not bring the process down', async () => {
  const { pk } = fakeClient(
    (_, index) => (index === 0 ? json({ retry_after: 1 }, 429) : json({ id: 'abcde' })),
    {
      onRequest: rejectingListener,
      onResponse: rejectingListener,
      onRateLimit: rejectingListener,
    },
  );
  const unhandled = await unhandledDuring(async () => {
    expect(await pk.systems.get('abcde')).toEqual({ id: 'abcde' });
  });
  expect(unhandled).toEqual([]);
});
