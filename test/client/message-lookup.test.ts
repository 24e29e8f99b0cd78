import { describe, expect, expectTypeOf, test, vi } from 'vitest';
import type { Message } from '../../generated/v2/schema.ts';
import { AbortedError, TimeoutError, UnauthorizedError } from '../../src/index.ts';
import { fakeClient, hang, json, rejection } from './helpers.ts';
import { simulate, sleep } from './simulation.ts';

const notFound = () => json({ message: 'Message not found.', code: 20006 }, 404);
const found = (path: string) => json({ id: path.split('/').at(-1), member: { id: 'abcde' } });

test('find gives the message, or null where it is not a proxied one', async () => {
  const { pk } = fakeClient(({ path }) => (path === '/messages/1' ? found(path) : notFound()));
  expect(await pk.messages.find('1')).toEqual({ id: '1', member: { id: 'abcde' } });
  expect(await pk.messages.find(2n)).toBeNull();
  expectTypeOf(pk.messages.find('1')).resolves.toEqualTypeOf<Message | null>();
});

test('find passes other failures on', async () => {
  const { pk } = fakeClient(() => json({ message: 'x', code: 0 }, 401));
  expect(await rejection(pk.messages.find('1'))).toBeInstanceOf(UnauthorizedError);
  expect(await rejection(pk.messages.find('abc'))).toBeInstanceOf(TypeError);
  const systemNotFound = fakeClient(() => json({ message: 'x', code: 20001 }, 404)).pk;
  expect(await rejection(systemNotFound.messages.find('1'))).toMatchObject({ codeName: 'SystemNotFound' });
});

describe('lookups of the same message at the same time', () => {
  test('share one request, whatever the id’s type', async () => {
    const { pk, requests } = fakeClient(async ({ path }) => {
      await sleep(10);
      return found(path);
    });
    const results = await Promise.all([pk.messages.find('7'), pk.messages.find(7n), pk.messages.find('7')]);
    expect(results.map((message) => message?.id)).toEqual(['7', '7', '7']);
    expect(requests).toHaveLength(1);
    await pk.messages.find('7');
    expect(requests).toHaveLength(2);
  });

  test('share a failure, too', async () => {
    const { pk, requests } = fakeClient(() => json({}, 500));
    const [one, other] = await Promise.all([
      rejection(pk.messages.find('7')),
      rejection(pk.messages.find('7')),
    ]);
    expect(one).toBe(other);
    expect(requests).toHaveLength(1);
  });

  test('can be aborted one by one; the request ends with the last', async () => {
    const { pk, requests } = fakeClient(hang);
    const [first, second] = [new AbortController(), new AbortController()];
    const one = rejection(pk.messages.find('7', { signal: first.signal }));
    const other = rejection(pk.messages.find('7', { signal: second.signal }));
    await sleep(1);
    first.abort(new Error('first'));
    expect(await one).toMatchObject({ name: 'AbortedError', cause: new Error('first') });
    expect(requests[0]?.signal?.aborted).toBe(false);
    second.abort();
    expect(await other).toBeInstanceOf(AbortedError);
    expect(requests).toHaveLength(1);
    expect(requests[0]?.signal?.aborted).toBe(true);
  });

  test('begin anew after all were aborted', async () => {
    let isHanging = true;
    const { pk, requests } = fakeClient((request) => (isHanging ? hang(request) : found(request.path)));
    const controller = new AbortController();
    const aborted = rejection(pk.messages.find('7', { signal: controller.signal }));
    await sleep(1);
    controller.abort();
    expect(await aborted).toBeInstanceOf(AbortedError);
    isHanging = false;
    expect(await pk.messages.find('7')).toMatchObject({ id: '7' });
    expect(requests).toHaveLength(2);
  });

  test('go on for one who joins as the last one leaves', async () => {
    const { pk, requests } = fakeClient(async ({ path }) => {
      await sleep(5);
      return found(path);
    });
    const controller = new AbortController();
    const aborted = rejection(pk.messages.find('7', { signal: controller.signal }));
    await sleep(1);
    controller.abort();
    expect(await pk.messages.find('7')).toMatchObject({ id: '7' });
    expect(await aborted).toBeInstanceOf(AbortedError);
    expect(requests).toHaveLength(1);
  });

  test('are not joined by one whose signal is aborted already', async () => {
    const { pk } = fakeClient(({ path }) => found(path));
    const late = rejection(pk.messages.find('7', { signal: AbortSignal.abort() }));
    const good = pk.messages.find('7');
    expect(await late).toBeInstanceOf(AbortedError);
    expect(await good).toMatchObject({ id: '7' });
  });
});

describe('of two calls that share a lookup,', () => {
  const respondAfter = (milliseconds: number) =>
    fakeClient(async ({ path }) => {
      await sleep(milliseconds);
      return found(path);
    });
  const timed = async (lookup: Promise<unknown>) => {
    const start = performance.now();
    const result = await lookup.catch((error: unknown) => error);
    return { result, waited: performance.now() - start };
  };

  test('the one with less time ends, and the other gets the message of the same request', async () => {
    const { pk, requests } = respondAfter(500);
    const [patient, hasty] = await simulate(() =>
      Promise.all([timed(pk.messages.find('7')), timed(pk.messages.find('7', { timeout: 50 }))]),
    );
    expect(patient.result).toMatchObject({ id: '7' });
    expect(hasty.result).toBeInstanceOf(TimeoutError);
    expect(hasty.result).toMatchObject({ request: { method: 'GET', path: '/messages/7' } });
    expect(hasty.waited).toBe(50);
    expect(requests).toHaveLength(1);
  });

  test('the one with more time sends a request of its own when the first is out of time', async () => {
    const { pk, requests } = fakeClient((request, index) =>
      index === 0 ? hang(request) : sleep(80).then(() => found(request.path)),
    );
    const [hasty, patient] = await simulate(() =>
      Promise.all([
        timed(pk.messages.find('7', { timeout: 50 })),
        timed(pk.messages.find('7', { timeout: 150 })),
      ]),
    );
    expect(hasty.result).toBeInstanceOf(TimeoutError);
    expect(patient).toMatchObject({ result: { id: '7' }, waited: 130 });
    expect(requests).toHaveLength(2);
  });

  test('the later one has all its time, and no more', async () => {
    const { pk, requests } = fakeClient(hang);
    const [first, late] = await simulate(() =>
      Promise.all([
        timed(pk.messages.find('7', { timeout: 100 })),
        sleep(60).then(() => timed(pk.messages.find('7', { timeout: 100 }))),
      ]),
    );
    expect(first).toMatchObject({ result: { name: 'TimeoutError' }, waited: 100 });
    expect(late).toMatchObject({ result: { name: 'TimeoutError' }, waited: 100 });
    expect(requests).toHaveLength(2);
  });

  test('neither counts its wait in line', async () => {
    const limiter = { acquire: () => sleep(1000).then(() => () => undefined) };
    const { pk } = fakeClient(({ path }) => found(path), { limiter });
    const results = await simulate(() =>
      Promise.all([timed(pk.messages.find('7')), timed(pk.messages.find('7', { timeout: 50 }))]),
    );
    for (const { result } of results) expect(result).toMatchObject({ id: '7' });
  });

  test('none leaves a timer behind', async () => {
    vi.useFakeTimers();
    const { pk } = fakeClient(({ path }) => found(path), { cache: new Map() });
    await Promise.all([pk.messages.find('7'), pk.messages.find('7', { timeout: 50 })]);
    expect(vi.getTimerCount()).toBe(0);
    vi.useRealTimers();
  });
});
