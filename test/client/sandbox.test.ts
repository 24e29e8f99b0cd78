import { describe, expect, test } from 'vitest';
import { MemoryLimiter, PluralKit, type RateLimitEvent } from '../../src/index.ts';
import { createSandbox } from '../../src/sandbox/create-sandbox.ts';
import type { RateLimitMode } from '../../src/sandbox/gateway/rate-limiter.ts';
import { userAgent } from './helpers.ts';
import { simulate, sleep } from './simulation.ts';

/** Clients of the systems `harbor` and `relays` on one address, before a sandbox some way off. */
function clientsOf(rateLimits: RateLimitMode, latency: number) {
  const sandbox = createSandbox({ rateLimits });
  const rateLimited: RateLimitEvent[] = [];
  const limiter = new MemoryLimiter();
  let requests = 0;
  const fetch = async (url: string, init: RequestInit) => {
    await sleep(Math.random() * latency);
    requests++;
    const response = await sandbox.fetch(new Request(url, init));
    await sleep(Math.random() * latency);
    return response;
  };
  const clientOf = (system?: string) =>
    new PluralKit({
      token: system === undefined ? undefined : sandbox.tokens[system],
      userAgent,
      fetch,
      limiter,
      onRateLimit: (event) => rateLimited.push(event),
    });
  const clients = { harbor: clientOf('harbor'), relays: clientOf('relays'), nobody: clientOf() };
  return { ...clients, rateLimited, count: () => requests };
}

function times<Result>(count: number, call: (index: number) => Promise<Result>): Promise<Result[]> {
  return Promise.all(Array.from({ length: count }, (_, index) => call(index)));
}

describe.each(['server', 'documented'] as const)('with the limits of a server %s', (mode) => {
  test.each([0, 60])('no call fails, whatever is requested at once (%i ms away)', async (latency) => {
    const { harbor, relays, nobody, rateLimited, count } = clientsOf(mode, latency);
    await simulate(async () => {
      await Promise.all([
        times(15, () => harbor.systems.get('@me')),
        times(15, () => harbor.systems.get('harbor')),
        times(15, () => harbor.systems.get('HAR-BOR')),
        times(15, () => harbor.systems.get(910000000000000001n)),
        times(15, () => harbor.members.get('marina')),
        times(15, () => harbor.systems.get('relays')),
        times(15, (index) => harbor.messages.find(String(920000000000000000n + BigInt(index)))),
        times(15, () => relays.switches.getFronters('@me')),
        times(15, () => nobody.systems.get('harbor')),
        times(8, (index) => harbor.members.update('marina', { pronouns: `they/${index}` })),
        times(8, (index) => relays.systems.update('@me', { description: `${index}` })),
        times(8, () => harbor.members.create({ name: 'New' })),
      ]);
    });
    // Until a server tells that it does as it documents, the own system is expected to be counted apart.
    expect(rateLimited.length).toBeLessThanOrEqual(mode === 'server' ? 0 : 60);
    expect(count()).toBe(9 * 15 + 3 * 8 + rateLimited.length);
  });

  test('no call fails when calls come and go for a minute', async () => {
    const { harbor, relays, nobody, rateLimited } = clientsOf(mode, 40);
    await simulate(async () => {
      const wander = async (call: () => Promise<unknown>) => {
        const end = performance.now() + 60_000;
        while (performance.now() < end) {
          await call();
          if (Math.random() < 0.3) await sleep(Math.random() * 2000);
        }
      };
      await Promise.all([
        ...[1, 2, 3].map(() => wander(() => harbor.systems.get('@me'))),
        ...[1, 2, 3].map(() => wander(() => harbor.switches.getFronters('harbor'))),
        ...[1, 2, 3].map(() => wander(() => relays.members.get('marina'))),
        ...[1, 2, 3].map(() => wander(() => nobody.messages.find('1'))),
        ...[1, 2].map(() => wander(() => relays.systems.update('@me', { name: 'Relays' }))),
      ]);
    });
    expect(rateLimited.length).toBeLessThanOrEqual(mode === 'server' ? 0 : 5);
  });
});

test('the own system is as fast as its own bucket, while another system is requested', async () => {
  const { harbor } = clientsOf('server', 5);
  const duration = await simulate(async () => {
    await harbor.systems.get('@me');
    await sleep(2000);
    const lookups = times(100, () => harbor.systems.get('relays'));
    const start = performance.now();
    await harbor.systems.get('@me');
    const waited = performance.now() - start;
    await lookups;
    return waited;
  });
  expect(duration).toBeLessThan(50);
});

test('40 calls at once by one client take 1.05 of the ideal time', async () => {
  const { nobody, rateLimited } = clientsOf('server', 5);
  const duration = await simulate(async () => {
    const start = performance.now();
    await times(40, () => nobody.systems.get('harbor'));
    return performance.now() - start;
  });
  expect(rateLimited).toEqual([]);
  expect(duration).toBeLessThan(3100 * 1.05);
});

test('a member is created, grouped, switched in and deleted, and the history tells of it', async () => {
  const sandbox = createSandbox();
  const pk = new PluralKit({
    token: sandbox.tokens.nooks,
    userAgent,
    fetch: (url, init) => sandbox.fetch(new Request(url, init)),
  });
  await simulate(async () => {
    const member = await pk.members.create({ name: 'Ada', pronouns: 'she/her', color: 'FF00AA' });
    expect(member).toMatchObject({ name: 'Ada', color: 'ff00aa', autoproxy_enabled: true });
    const group = await pk.groups.create({ name: 'Founders' });
    await pk.groups.addMembers(group.id.toUpperCase(), [member.id.toUpperCase()]);
    expect((await pk.members.listGroups(member.id)).map(({ id }) => id)).toEqual([group.id]);
    await pk.switches.create('@me', { members: [member.uuid.toUpperCase()] });
    const fronters = await pk.switches.getFronters('@me');
    expect(fronters?.members.map(({ id }) => id)).toEqual([member.id]);
    const history = pk.switches.history('@me', { limit: 1 });
    for await (const { members } of history) expect(members).toEqual([member.id]);
    await pk.members.delete(member.id);
    await expect(pk.members.get(member.id)).rejects.toMatchObject({ codeName: 'MemberNotFound' });
    await expect(pk.members.create({ name: '' })).rejects.toMatchObject({ name: 'ValidationError' });
  });
});
