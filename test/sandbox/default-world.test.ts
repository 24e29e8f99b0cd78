import { expect, test } from 'vitest';
import { createSandbox } from '../../src/sandbox/index.ts';

/* What the world that a sandbox starts with has to show, so that people meet it before they meet it in earnest. */

const sandbox = createSandbox();
const { systems, messages } = sandbox.world();
const members = systems.flatMap((system) => system.members);
const groups = systems.flatMap((system) => system.groups);
const switches = systems.flatMap((system) => system.switches);

async function get(path: string, as?: string) {
  const headers = {
    'User-Agent': 'test',
    ...(as !== undefined && { Authorization: sandbox.tokens[as] ?? '' }),
  };
  const response = await sandbox.fetch(`/v2${path}`, { headers });
  const text = await response.text();
  return { status: response.status, body: text === '' ? undefined : JSON.parse(text) };
}

test('the built-in world is small enough to read', () => {
  expect(systems.length).toBeLessThanOrEqual(5);
  expect(members.length).toBeLessThanOrEqual(20);
});

test('the built-in world has a token for each system, like real ones and easy to distinguish', () => {
  expect(Object.keys(sandbox.tokens)).toEqual(systems.map(({ id }) => id));
  for (const [id, token] of Object.entries(sandbox.tokens)) {
    expect(token).toHaveLength(64);
    expect(token.startsWith(`${id}-sandbox-token-`)).toBe(true);
  }
});

test('the built-in world contains no address of third parties', () => {
  const urls = JSON.stringify(sandbox.world()).match(/https?:\/\/[^"\s]+/g) ?? [];
  expect(urls.length).toBeGreaterThan(5);
  for (const url of urls) expect(url).toMatch(/^(https:\/\/example\.com\/|http:\/\/127\.0\.0\.1:)/);
});

test('the built-in world has ids of five letters and of six', () => {
  expect(new Set(systems.map(({ id }) => id.length))).toEqual(new Set([5, 6]));
});

test.for([
  ['systems', systems],
  ['members', members],
  ['groups', groups],
] as const)('every privacy key of %s is private on one and public on another', ([, subjects]) => {
  const levels = new Map<string, Set<string>>();
  for (const { privacy } of subjects) {
    for (const [key, level] of Object.entries(privacy))
      levels.set(key, (levels.get(key) ?? new Set()).add(level));
  }
  for (const [key, found] of levels) expect([key, found]).toEqual([key, new Set(['public', 'private'])]);
});

test('the built-in world has a system with nothing private, and one with all private', async () => {
  for (const path of ['members', 'groups', 'fronters', 'switches']) {
    expect((await get(`/systems/harbor/${path}`)).status).toBe(200);
    expect((await get(`/systems/veiled/${path}`)).status).toBe(403);
    expect((await get(`/systems/veiled/${path}`, 'veiled')).status).toBe(200);
  }
  expect((await get('/groups/beddds/members')).body).toMatchObject({ code: 30003 });
});

test('the built-in world has a system that has never switched', async () => {
  expect(await get('/systems/nooks/fronters')).toEqual({ status: 204, body: undefined });
});

test('the built-in world has a switch-out, and switches within one millisecond', () => {
  expect(switches.some((one) => one.members.length === 0)).toBe(true);
  const times = switches.map(({ timestamp }) => timestamp.slice(0, 23));
  expect(new Set(times).size).toBeLessThan(times.length);
  expect(switches.some((one) => one.members.length > 1)).toBe(true);
});

test('the built-in world has a private name with a display name, and a member in no list', async () => {
  const { body } = await get('/systems/harbor/members');
  const names = body.map(({ name }: { name: string }) => name);
  expect(names).toContain('The Archivist');
  expect(names).not.toContain('Hollow');
  expect((await get('/members/hollow')).body).toMatchObject({ name: 'Hollow' });
});

test('the built-in world has birthdays with a year, with either year that stands for none, and none', () => {
  const years = new Set(members.map(({ birthday }) => birthday?.slice(0, 4)));
  expect([...years]).toEqual(expect.arrayContaining(['1996', '0004', '0001', undefined]));
  expect(members.map(({ birthday }) => birthday)).toContain('1996-02-29');
});

test('the built-in world has members with no proxy tag, several, a prefix, a suffix and both', () => {
  const tags = members.flatMap((member) => member.proxy_tags);
  expect(new Set(tags.map(({ prefix, suffix }) => `${prefix !== null} ${suffix !== null}`))).toEqual(
    new Set(['true true', 'true false', 'false true']),
  );
  expect(new Set(members.map((member) => Math.min(2, member.proxy_tags.length)))).toEqual(new Set([0, 1, 2]));
});

test('the built-in world has members of several groups, and of none', () => {
  const counts = members.map(({ id }) => groups.filter((group) => group.members.includes(id)).length);
  expect(new Set(counts)).toEqual(new Set([0, 1, 2]));
});

test('the built-in world has guild settings of systems and members, and each mode of autoproxy', async () => {
  expect((await get('/systems/@me/guilds/900000000000000001', 'harbor')).status).toBe(200);
  expect((await get('/members/marina/guilds/900000000000000001', 'harbor')).status).toBe(200);
  const modes = systems.flatMap((system) => system.autoproxy.map((settings) => settings.autoproxy_mode));
  expect(new Set(modes)).toEqual(new Set(['off', 'front', 'latch', 'member']));
});

test('the built-in world has a system with limits that are soon reached', async () => {
  const nook = systems.find(({ id }) => id === 'nooks');
  const { settings, members: owned = [], groups: ownedGroups = [] } = nook ?? {};
  expect(settings?.member_limit).toBe(owned.length + 1);
  expect(settings?.group_limit).toBe(ownedGroups.length + 1);
});

test('the built-in world has one webhook, on this machine', () => {
  const webhooks = systems.flatMap(({ webhook }) => webhook ?? []);
  expect(webhooks).toMatchObject([{ url: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+\/$/) }]);
});

test('the built-in world has a system with two accounts, found by each', async () => {
  const accounts = systems.find((system) => system.accounts.length > 1)?.accounts ?? [];
  expect(accounts).toHaveLength(2);
  for (const account of accounts)
    expect((await get(`/systems/${account}`)).body).toMatchObject({ id: 'harbor' });
});

test('the built-in world has messages of public and private members, of a deleted one, in a server and in none', async () => {
  for (const { id } of messages) expect((await get(`/messages/${id}`)).status).toBe(200);
  expect(messages.some(({ member }) => member === null)).toBe(true);
  expect(messages.some(({ guild }) => guild === null)).toBe(true);
  expect(messages.some(({ original }) => original === null)).toBe(true);
  expect(messages.map(({ member }) => member)).toEqual(
    expect.arrayContaining(['marina', 'quillq', 'fernnn']),
  );
});
