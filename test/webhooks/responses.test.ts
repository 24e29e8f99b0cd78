import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, test, vi } from 'vitest';
import { createTestEvent, createWebhookHandler } from '../../src/webhooks/index.ts';
import { receiver } from './receiver.ts';
import { eventRequest, token } from './requests.ts';

describe('a ping gets 200', () => {
  test.each([
    ['throws', () => Promise.reject(new Error('a fault'))],
    [
      'throws at once',
      () => {
        throw new Error('a fault');
      },
    ],
    ['never ends', () => new Promise(() => undefined)],
  ])('where its handler %s', async (_name, handler) => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    try {
      const { handle } = receiver({ on: { PING: handler } });
      const done = vi.fn();
      const responding = handle(eventRequest('PING')).finally(done);
      // PluralKit waits for ten seconds.
      for (let seconds = 0; seconds < 9 && done.mock.calls.length === 0; seconds++) {
        // The digest of the token takes real time.
        await sleep(20);
        await vi.advanceTimersByTimeAsync(1_000);
      }
      expect(done).toHaveBeenCalledOnce();
      expect((await responding).status).toBe(200);
      expect(vi.getTimerCount()).toBe(0);
    } finally {
      vi.useRealTimers();
    }
  });

  test('where the error can’t be reported either', async () => {
    const log = vi.spyOn(console, 'error').mockImplementation(() => undefined);
    const fail = () => Promise.reject(new Error('a fault'));
    const { handle } = receiver({ onAny: fail, onError: fail });
    expect((await handle(eventRequest('PING'))).status).toBe(200);
    expect(log).toHaveBeenCalledOnce();
    log.mockRestore();
  });
});

describe('the response', () => {
  /** A receiver whose handler waits until it is told to go on. */
  function waiting(options: { respond?: 'first' | 'last' } = {}) {
    let isOpen = false;
    let failure: Error | undefined;
    const handler = async () => {
      await vi.waitFor(() => expect(isOpen).toBe(true), { interval: 1, timeout: 30_000 });
      if (failure) throw failure;
    };
    const open = (error?: Error) => {
      isOpen = true;
      failure = error;
    };
    return { ...receiver({ on: { UPDATE_MEMBER: handler }, ...options }), open };
  }

  test('comes first with `respond: first`, and errors are still reported', async () => {
    const { handle, seen, errors, open } = waiting({ respond: 'first' });
    expect((await handle(eventRequest('UPDATE_MEMBER'))).status).toBe(200);
    expect([seen, errors]).toEqual([[], []]);
    const failure = new Error('too late for the response');
    open(failure);
    await vi.waitFor(() =>
      expect(errors).toMatchObject([{ error: failure, event: { type: 'UPDATE_MEMBER' } }]),
    );
  });

  test('comes before a handler that computes for long has begun', async () => {
    const order: string[] = [];
    const { handle } = receiver({ respond: 'first', onAny: () => order.push('handler') });
    await handle(eventRequest('UPDATE_MEMBER'));
    order.push('response');
    await vi.waitFor(() => expect(order).toEqual(['response', 'handler']));
  });

  test('comes first where the runtime has `waitUntil`, which gets the work', async () => {
    const { handle, seen, open } = waiting();
    const works: Promise<unknown>[] = [];
    const context = {
      works,
      waitUntil(work: Promise<unknown>) {
        this.works.push(work);
      },
    };
    expect((await handle(eventRequest('UPDATE_MEMBER'), context)).status).toBe(200);
    expect([seen, works.length]).toEqual([[], 1]);
    open();
    await Promise.all(works);
    expect(seen).toHaveLength(1);
  });

  test.each([
    ['with the option', { respond: 'last' } as const, { waitUntil: vi.fn() }],
    ['with the context', { respond: 'first' } as const, { respond: 'last' }],
    ['with the second arguments of other runtimes', {}, { waitUntil: 1, respond: true, params: {} }],
  ])('comes last %s', async (_name, options, context) => {
    const { handle, seen, open } = waiting(options);
    const responding = handle(eventRequest('UPDATE_MEMBER'), context);
    setTimeout(open, 5);
    expect((await responding).status).toBe(200);
    expect(seen).toHaveLength(1);
  });

  test.each([
    [
      'throws',
      {
        waitUntil() {
          throw new TypeError('The request has ended');
        },
      },
    ],
    [
      'has properties that throw',
      new Proxy(
        {},
        {
          get() {
            throw new TypeError('Not here');
          },
        },
      ),
    ],
  ])('comes also where the context %s', async (_name, context) => {
    const log = vi.spyOn(console, 'error').mockImplementation(() => undefined);
    const { handle, seen } = receiver({ respond: 'first' });
    expect((await handle(eventRequest('UPDATE_MEMBER'), context)).status).toBe(200);
    await vi.waitFor(() => expect(seen).toHaveLength(1));
    log.mockRestore();
  });

  test('to a wrong token is 401 also where it comes first', async () => {
    const { handle } = receiver({ respond: 'first' });
    expect((await handle(eventRequest('UPDATE_MEMBER', { signing_token: 'wrong' }))).status).toBe(401);
  });
});

describe('an error', () => {
  const failure = new Error('the database password is hunter2');
  const fail = () => {
    throw failure;
  };

  test.each([
    ['a handler', { on: { UPDATE_MEMBER: fail } }],
    ['an async handler', { on: { UPDATE_MEMBER: () => Promise.reject(failure) } }],
    ['onAny', { onAny: fail }],
  ])('of %s is told to onError with the event, gets 500, and does not leak', async (_name, options) => {
    const { handle, errors } = receiver(options);
    const response = await handle(eventRequest('UPDATE_MEMBER'));
    expect(response.status).toBe(500);
    expect(await response.text()).not.toMatch(/hunter2|MEMBER/);
    const { signing_token: _, ...event } = createTestEvent('UPDATE_MEMBER');
    expect(errors).toEqual([{ error: failure, event }]);
  });

  test('of a handler keeps the event from onAny', async () => {
    const { handle, seen } = receiver({ on: { UPDATE_MEMBER: fail } });
    await handle(eventRequest('UPDATE_MEMBER'));
    expect(seen).toEqual([]);
  });

  test('of the function that finds tokens gets 500 without an event', async () => {
    for (const find of [fail, () => Promise.reject(failure)]) {
      const { handle, seen, errors } = receiver({ token: find });
      const response = await handle(eventRequest('UPDATE_MEMBER'));
      expect(response.status).toBe(500);
      expect(await response.text()).not.toContain('hunter2');
      expect([seen, errors]).toEqual([[], [{ error: failure, event: undefined }]]);
    }
  });

  test('is written to the console without onError, and so is an error of onError', async () => {
    const log = vi.spyOn(console, 'error').mockImplementation(() => undefined);
    try {
      const second = new Error('second');
      await createWebhookHandler({ token, on: { UPDATE_MEMBER: fail } })(eventRequest('UPDATE_MEMBER'));
      const response = await createWebhookHandler({
        token,
        on: { UPDATE_MEMBER: fail },
        onError: () => Promise.reject(second),
      })(eventRequest('UPDATE_MEMBER'));
      expect(response.status).toBe(500);
      expect(log.mock.calls.map(([, error]) => error)).toEqual([failure, second]);
      expect(JSON.stringify(log.mock.calls)).not.toContain(token);
    } finally {
      log.mockRestore();
    }
  });

  test('is reported where the body was read before', async () => {
    const { handle, errors } = receiver();
    const request = eventRequest('UPDATE_MEMBER');
    await request.text();
    expect((await handle(request)).status).toBe(500);
    expect(errors.map(({ error }) => String(error))).toEqual([expect.stringMatching(/body was read before/)]);
  });
});
