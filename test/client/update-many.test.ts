import { describe, expect, test } from 'vitest';
import { BulkError } from '../../src/client/bulk-error.ts';
import { MemoryLimiter, PluralKit } from '../../src/index.ts';
import { createSandbox } from '../../src/sandbox/create-sandbox.ts';
import { json, rejection, token, userAgent } from './helpers.ts';
import { simulate } from './simulation.ts';

function clientOf(sandbox = createSandbox({ rateLimits: 'server' })) {
  let limited = 0;
  const pk = new PluralKit({
    token: sandbox.tokens.harbor,
    userAgent,
    limiter: new MemoryLimiter(),
    fetch: (url, init) => sandbox.fetch(new Request(url, init)),
    onRateLimit: () => limited++,
  });
  return { pk, sandbox, limited: () => limited };
}

describe('members.updateMany', () => {
  test('updates all of a list, paced, and tells how far it is', async () => {
    const { pk, limited } = clientOf();
    const seen: number[] = [];
    const members = await simulate(async () => {
      const list = await pk.members.list('@me');
      await pk.members.updateMany(
        list,
        { pronouns: 'they/them' },
        {
          onProgress: ({ done, total }) => seen.push(done / total),
        },
      );
      return pk.members.list('@me');
    });
    expect(members.length).toBeGreaterThan(3);
    expect(members.every(({ pronouns }) => pronouns === 'they/them')).toBe(true);
    expect(seen).toHaveLength(members.length);
    expect(seen.at(-1)).toBe(1);
    expect(limited()).toBe(0);
  });

  test('tells of each member that failed, and updates the others', async () => {
    const { pk } = clientOf();
    const error = await simulate(() =>
      rejection(
        pk.members.updateMany(['marina', 'zzzzz', 'marina'], (item) => ({
          description: item === 'marina' ? 'changed' : null,
        })),
      ),
    );
    if (!(error instanceof BulkError)) throw error;
    expect(error.message).toBe('1 of 3 members were not updated');
    expect(error.outcomes.map(({ status }) => status)).toEqual(['updated', 'failed', 'updated']);
    expect(error.outcomes[1]).toMatchObject({ item: 'zzzzz', error: { codeName: 'MemberNotFound' } });
  });

  test.each([
    ['a change that is none', ['marina'], undefined, {}, 'The change must be an object'],
    ['an item that is none', [null], {}, {}, 'not null'],
    ['an option that does not exist', ['marina'], {}, { onprogress: () => {} }, '“onprogress”'],
    ['a listener that is no function', ['marina'], {}, { onProgress: 'x' }, 'onProgress must be a function'],
  ])('rejects %s before any request', async (_, ...values) => {
    const { pk, sandbox } = clientOf();
    const message = values.pop();
    const call = Reflect.apply(pk.members.updateMany, undefined, values);
    await expect(call).rejects.toThrow(new RegExp(`${message}`));
    await expect(call).rejects.toBeInstanceOf(TypeError);
    expect(sandbox.requests).toHaveLength(0);
  });

  test('keeps the outcomes where onProgress throws', async () => {
    const { pk } = clientOf();
    const thrown = new Error('The disk is full');
    const list = Array.from({ length: 20 }, () => 'marina');
    const onProgress = () => {
      throw thrown;
    };
    const error = await simulate(() =>
      rejection(pk.members.updateMany(list, { pronouns: null }, { onProgress })),
    );
    if (!(error instanceof BulkError)) throw error;
    expect(error.cause).toBe(thrown);
    const statuses = error.outcomes.map(({ status }) => status);
    expect(statuses.filter((status) => status === 'updated')).toHaveLength(4);
    expect(statuses.filter((status) => status === 'pending')).toHaveLength(16);
  });

  test('fails for the one member whose change is no object', async () => {
    const { pk } = clientOf();
    const noChange = (): object => Object(undefined).missing;
    const error = await rejection(pk.members.updateMany(['marina'], noChange));
    if (!(error instanceof BulkError)) throw error;
    expect(error.outcomes).toMatchObject([{ status: 'failed', error: { name: 'TypeError' } }]);
  });

  test.each([
    ['an abort', (stop: AbortController) => new Promise<Response>(() => stop.abort())],
    ['a lost network', () => Promise.reject(new TypeError('fetch failed'))],
    ['a server that fails', () => Promise.resolve(new Response('', { status: 500 }))],
    ['a proxy that rejects it with a page', async () => new Response('<html>', { status: 403 })],
    ['a proxy that rejects it with JSON', async () => json({ code: 403, message: 'Forbidden' }, 403)],
    ['a path that does not exist', async () => new Response('', { status: 404 })],
    ['a scope that is missing', async () => json({ code: 0, message: '403: Missing permissions' }, 403)],
  ])('leaves what is under way pending after %s', async (_, respond) => {
    const { pk } = clientOf();
    const stop = new AbortController();
    const broken = pk.with({ retry: false, fetch: () => respond(stop) });
    const updating = broken.members.updateMany(['marina', 'quillq'], {}, { signal: stop.signal });
    const error = await rejection(updating);
    if (!(error instanceof BulkError)) throw error;
    expect(error.outcomes.map(({ status }) => status)).toEqual(['pending', 'pending']);
    expect(error.cause).toMatchObject({ request: { method: 'PATCH' } });
  });

  test('stops where every other member would fail, too', async () => {
    const { pk } = clientOf();
    const list = Array.from({ length: 20 }, () => 'marina');
    const error = await rejection(
      pk.with({ token: token.replace('t', 'x') }).members.updateMany(list, { pronouns: null }),
    );
    if (!(error instanceof BulkError)) throw error;
    const pending = error.outcomes.filter(({ status }) => status === 'pending');
    expect(pending).toHaveLength(20);
    expect(error.cause).toMatchObject({ name: 'UnauthorizedError' });
  });

  test('sends nothing where a reference is invalid', async () => {
    const { pk, sandbox } = clientOf();
    await expect(pk.members.updateMany(['marina', 'not a member!'], {})).rejects.toThrow(TypeError);
    expect(sandbox.requests).toHaveLength(0);
  });
});

describe('pk.with', () => {
  test('makes a client of another system, with the same limiter and options', async () => {
    const { pk, sandbox, limited } = clientOf();
    const relays = pk.with({ token: sandbox.tokens.relays });
    await simulate(async () => {
      const [mine, theirs] = await Promise.all([pk.systems.get('@me'), relays.systems.get('@me')]);
      expect([mine.id, theirs.id]).toEqual(['harbor', 'relays']);
      // By address: only a shared limiter keeps within it.
      const calls = Array.from({ length: 30 }, (_, index) =>
        (index % 2 ? pk : relays).messages.find(String(920000000000000000n + BigInt(index))),
      );
      await Promise.all(calls);
    });
    expect(limited()).toBe(0);
  });

  test('keeps a token only where none is given', async () => {
    const { pk } = clientOf();
    expect(await pk.with({}).systems.get('@me')).toMatchObject({ id: 'harbor' });
    expect(await pk.with().systems.get('@me')).toMatchObject({ id: 'harbor' });
    await expect(pk.with({ token: null }).systems.get('@me')).rejects.toThrow('Authorization');
  });
});
