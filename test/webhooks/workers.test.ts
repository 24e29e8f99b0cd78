import { expect, test, vi } from 'vitest';
import { createWebhookHandler, toWorkersHandler } from '../../src/webhooks/index.ts';
import { eventRequest, token } from './requests.ts';

function worker(options: { respond?: 'last' } = {}) {
  const onAny = vi.fn();
  const works: Promise<unknown>[] = [];
  // As in a Worker, `waitUntil` fails where it is called without its object.
  const context = {
    works,
    waitUntil(work: Promise<unknown>) {
      this.works.push(work);
    },
  };
  return {
    onAny,
    works,
    context,
    fetch: toWorkersHandler(createWebhookHandler({ token, onAny, ...options })),
  };
}

test('a Worker responds first, and handles within `waitUntil`', async () => {
  const { fetch, context, works, onAny } = worker();
  expect((await fetch(eventRequest('UPDATE_MEMBER'), {}, context)).status).toBe(200);
  expect([onAny.mock.calls.length, works.length]).toEqual([0, 1]);
  await Promise.all(works);
  expect(onAny).toHaveBeenCalledOnce();
});

test('a Worker responds last with the option', async () => {
  const { fetch, context, works, onAny } = worker({ respond: 'last' });
  expect((await fetch(eventRequest('UPDATE_MEMBER'), {}, context)).status).toBe(200);
  expect([onAny.mock.calls.length, works.length]).toEqual([1, 0]);
});

test.each([undefined, {}])(
  'where the runtime gives no `waitUntil`, but %j, it responds last',
  async (context) => {
    const { fetch, onAny } = worker();
    const response: Response = await Reflect.apply(fetch, undefined, [
      eventRequest('UPDATE_MEMBER'),
      {},
      context,
    ]);
    expect([response.status, onAny.mock.calls.length]).toEqual([200, 1]);
  },
);
