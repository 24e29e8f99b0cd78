import { describe, expect, test } from 'vitest';
import { BulkError } from '../../src/client/update-many.ts';
import { MemoryLimiter, PluralKit } from '../../src/index.ts';
import { createSandbox } from '../../src/sandbox/create-sandbox.ts';
import { rejection, token, userAgent } from './helpers.ts';
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

  test('stops where every other member would fail, too', async () => {
    const { pk } = clientOf();
    const list = Array.from({ length: 20 }, () => 'marina');
    const error = await rejection(
      pk.with({ token: token.replace('t', 'x') }).members.updateMany(list, { pronouns: null }),
    );
    if (!(error instanceof BulkError)) throw error;
    const pending = error.outcomes.filter(({ status }) => status === 'pending');
    expect(pending).toHaveLength(16);
  });

  test('asks nothing where a reference is none', async () => {
    const { pk, sandbox } = clientOf();
    await expect(pk.members.updateMany(['marina', 'not a member!'], {})).rejects.toThrow(TypeError);
    expect(sandbox.requests).toHaveLength(0);
  });
});

describe('pk.with', () => {
  test('is a client of another system, with the same limiter and options', async () => {
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
    await expect(pk.with({ token: null }).systems.get('@me')).rejects.toThrow('Authorization');
  });
});
