import { Hono } from 'hono';
import { expect, test, vi } from 'vitest';
import { createWebhookHandler, toHonoHandler } from '../../src/webhooks/index.ts';
import { eventRequest, post, token } from './requests.ts';

function app() {
  const onAny = vi.fn();
  const handler = toHonoHandler(createWebhookHandler({ token, onAny }));
  const reading = new Hono().use(async (context, next) => {
    await context.req.json().catch(() => undefined);
    await next();
  });
  return { onAny, plain: new Hono().all('/pluralkit', handler), reading: reading.all('/pluralkit', handler) };
}

test.each(['plain', 'reading'] as const)('a route of Hono (%s) receives events', async (kind) => {
  const { onAny, [kind]: hono } = app();
  const status = async (request: Request) => (await hono.fetch(request)).status;
  expect(await status(eventRequest('PING'))).toBe(200);
  expect(onAny).toHaveBeenCalledExactlyOnceWith(expect.objectContaining({ type: 'PING' }));
  expect(await status(eventRequest('PING', { signing_token: 'wrong' }))).toBe(401);
  expect(await status(post('no event'))).toBe(400);
  expect(await status(post(' '.repeat(1_000_001)))).toBe(413);
  expect(await status(new Request('https://app.example/pluralkit'))).toBe(405);
  expect(onAny).toHaveBeenCalledOnce();
});

test('on Workers, it responds first and leaves the work to the execution context', async () => {
  const { onAny, plain } = app();
  const works: Promise<unknown>[] = [];
  const context = {
    waitUntil: (work: Promise<unknown>) => works.push(work),
    passThroughOnException() {},
    props: {},
  };
  const response = await plain.fetch(eventRequest('UPDATE_MEMBER'), {}, context);
  expect([response.status, onAny.mock.calls.length, works.length]).toEqual([200, 0, 1]);
  await Promise.all(works);
  expect(onAny).toHaveBeenCalledOnce();
});
