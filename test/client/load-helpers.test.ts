import { afterEach, expect, test, vi } from 'vitest';
import { json, rejection, userAgent } from './helpers.ts';

const code = '../../src/client/helpers.ts';

/** A client whose helpers are loaded anew by a function. */
async function clientThatLoads(load: () => object | Promise<object>) {
  vi.resetModules();
  vi.doMock(code, load);
  const { PluralKit } = await import('../../src/client/pluralkit.ts');
  const limiter = { acquire: async () => () => undefined };
  const pk = new PluralKit({ userAgent, limiter, fetch: async () => json({ id: '1' }) });
  const first = pk.switches.history('exmpl');
  return {
    pk,
    calls: {
      find: () => pk.messages.find('1'),
      history: () => first.next(),
      updateMany: () => pk.members.updateMany(['abcde'], {}),
    },
  };
}

afterEach(() => {
  vi.doUnmock(code);
  vi.resetModules();
});

test.each(['find', 'history', 'updateMany'] as const)(
  '%s fails with a NetworkError where its code can’t be loaded',
  async (name) => {
    const { calls } = await clientThatLoads(() => {
      throw new Error('offline');
    });
    expect(await rejection(calls[name]())).toMatchObject({
      name: 'NetworkError',
      message: expect.stringContaining('Code could not be loaded'),
      request: { method: 'GET', path: '/helpers.js' },
      cause: expect.any(Error),
    });
  },
);

test('code that could not be loaded is loaded by the next call', async () => {
  const { pk } = await clientThatLoads(() => {
    throw new Error('offline');
  });
  await rejection(pk.messages.find('1'));
  vi.doUnmock(code);
  expect(await pk.messages.find('1')).toMatchObject({ id: '1' });
});

test('null for options loads the code as none does', async () => {
  const { pk } = await clientThatLoads(() => vi.importActual(code));
  const none = JSON.parse('null');
  await expect(pk.messages.find('1', none)).resolves.toMatchObject({ id: '1' });
});

test('loading ends with the call: by its signal, and by its whole time', async () => {
  const { pk } = await clientThatLoads(() => new Promise<object>(() => undefined));
  expect(await rejection(pk.messages.find('1', { totalTimeout: 20 }))).toMatchObject({
    name: 'TimeoutError',
  });
  const controller = new AbortController();
  const aborted = rejection(pk.messages.find('1', { signal: controller.signal }));
  controller.abort(new Error('enough'));
  expect(await aborted).toMatchObject({ name: 'AbortedError', cause: new Error('enough') });
});

test('options that can’t be used are TypeErrors before code is loaded', async () => {
  const { pk } = await clientThatLoads(() => {
    throw new Error('offline');
  });
  expect(await rejection(pk.messages.find('1', { timeout: -1 }))).toMatchObject({ name: 'TypeError' });
});

test('a list is updated as it was when updateMany was called', async () => {
  const { pk } = await clientThatLoads(async () => {
    const module = await vi.importActual<object>(code);
    list.length = 0;
    return module;
  });
  const list = ['abcde', 'fghij'];
  expect(await pk.members.updateMany(list, {})).toHaveLength(2);
});
