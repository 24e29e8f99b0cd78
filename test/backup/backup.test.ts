import { describe, expect, test } from 'vitest';
import {
  exportSystem,
  ImportError,
  type ImportOptions,
  importSystem,
  type Progress,
  readExportFile,
} from '../../src/backup/index.ts';
import { MemoryLimiter, PluralKit } from '../../src/index.ts';
import { createSandbox, type Sandbox } from '../../src/sandbox/index.ts';
import { rejection, userAgent } from '../client/helpers.ts';
import { simulate } from '../client/simulation.ts';

function clientOf(sandbox: Sandbox, system?: string, options: { failAfter?: number } = {}) {
  let requests = 0;
  let limited = 0;
  const pk = new PluralKit({
    token: system === undefined ? null : sandbox.tokens[system],
    userAgent,
    limiter: new MemoryLimiter(),
    retry: { attempts: 1 },
    onRateLimit: () => limited++,
    fetch: (url, init) => {
      if (requests++ >= (options.failAfter ?? Number.POSITIVE_INFINITY))
        return Promise.reject(new TypeError('The network is gone'));
      return sandbox.fetch(new Request(url, init));
    },
  });
  return { pk, limited: () => limited };
}

/** A system that has nothing yet. */
const emptyWorld = {
  systems: [
    {
      id: 'target',
      uuid: '00000000-0000-4000-8000-0000000000aa',
      token: 'target-token',
      created: '2020-01-01T00:00:00Z',
    },
  ],
};

async function textOf(chunks: AsyncIterable<string>): Promise<string> {
  let text = '';
  for await (const chunk of chunks) text += chunk;
  return text;
}

const exportOf = (pk: PluralKit, system?: string) => simulate(() => textOf(exportSystem(pk, system)));

/** What two exports of one content have in common: all but ids and times of creation. */
function contentOf(text: string) {
  const { system, settings, members, groups, switches } = readExportFile(text);
  const names = new Map(members.map(({ id, fields }) => [id, fields.name]));
  const named = (ids: readonly string[]) => ids.map((id) => names.get(id));
  const byName = <Item extends { name?: string | null | undefined }>(items: Item[]) =>
    items.sort((first, second) => String(first.name).localeCompare(String(second.name)));
  return {
    system: { ...system.fields, privacy: system.privacy },
    settings,
    members: byName(members.map(({ fields, privacy }) => ({ ...fields, privacy }))),
    groups: byName(
      groups.map(({ fields, privacy, members: list }) => ({
        ...fields,
        privacy,
        members: named(list).sort(),
      })),
    ),
    switches: switches.map(({ timestamp, members: list }) => ({ timestamp, members: named(list) })),
  };
}

describe('exportSystem', () => {
  test('writes all of the own system in the form of the bot, and stays within the limits', async () => {
    const sandbox = createSandbox({ rateLimits: 'server' });
    const { pk, limited } = clientOf(sandbox, 'harbor');
    const progress: Progress[] = [];
    const text = await simulate(() =>
      textOf(exportSystem(pk, '@me', { onProgress: (one) => progress.push(one) })),
    );
    const file = JSON.parse(text);
    expect(Object.keys(file).slice(0, 3)).toEqual(['version', 'id', 'uuid']);
    expect(file).toMatchObject({ version: 2, id: 'harbor', accounts: [], config: { member_limit: 1000 } });
    expect(file.members.length).toBeGreaterThan(3);
    expect(file.members[0]).not.toHaveProperty('system');
    expect(file.members[0].privacy).toBeTruthy();
    const ids = file.members.map(({ id }: { id: string }) => id);
    expect(file.groups.flatMap(({ members }: { members: string[] }) => members).length).toBeGreaterThan(0);
    for (const { members } of file.groups) expect(ids).toEqual(expect.arrayContaining(members));
    expect(file.switches.length).toBeGreaterThan(1);
    expect(Object.keys(file.switches[0])).toEqual(['timestamp', 'members']);
    expect(text).not.toContain(sandbox.tokens.harbor);
    expect(progress.at(-1)).toEqual({
      part: 'switches',
      done: file.switches.length,
      total: file.switches.length,
    });
    expect(limited()).toBe(0);
    expect(readExportFile(text).omitted).toEqual([]);
  });

  test.each([
    ['that reads all', ['read:all'], []],
    ['that reads all but members', ['read:system', 'read:groups', 'read:switches'], ['members']],
    [
      'that reads nothing private',
      ['publicread:all'],
      ['system', 'settings', 'members', 'groups', 'switches'],
    ],
  ] as const)('tells before it writes what a key %s does not see', async (_name, scopes, parts) => {
    const sandbox = createSandbox();
    const { token } = await sandbox.createKey({ system: 'harbor', scopes });
    const pk = new PluralKit({ token, userAgent, limiter: new MemoryLimiter(), fetch: sandbox.fetch });
    const told: unknown[] = [];
    const pieces = exportSystem(pk, '@me', {
      onPublicOnly: (limited) => told.push(...limited.map(({ part }) => part)),
    });
    await pieces.next();
    expect(told).toEqual(parts);
    await pieces.return();
  });

  test('writes what others may see, and tells what they may not', async () => {
    const sandbox = createSandbox();
    await sandbox.fetch(
      new Request('https://api.pluralkit.me/v2/systems/@me', {
        method: 'PATCH',
        headers: {
          Authorization: sandbox.tokens.harbor ?? '',
          'Content-Type': 'application/json',
          'User-Agent': userAgent,
        },
        body: JSON.stringify({
          privacy: { member_list_privacy: 'private', front_history_privacy: 'private' },
        }),
      }),
    );
    const { pk } = clientOf(sandbox);
    const parts: string[] = [];
    const text = await textOf(exportSystem(pk, 'harbor', { onPrivate: (part) => parts.push(part) }));
    expect(parts.sort()).toEqual(['members', 'switches']);
    expect(JSON.parse(text)).toMatchObject({ id: 'harbor', members: [], switches: [], privacy: null });
  });

  test('is what the bot imports, and what a sandbox starts from', async () => {
    const text = await exportOf(clientOf(createSandbox(), 'harbor').pk);
    const account = '466378653216014359';
    const sandbox = createSandbox({
      world: { systems: [{ name: 'Empty', token: 'target-token', accounts: [account] }] },
    });
    const { members, groups, switches } = sandbox.bot.import(account, JSON.parse(text));
    expect([members.updated, groups.updated, switches.skipped]).toEqual([0, 0, 0]);
    const [id = ''] = Object.keys(sandbox.tokens);
    expect(contentOf(sandbox.bot.export(id))).toEqual(contentOf(text));
    const again = createSandbox();
    expect(again.load(JSON.parse(text))).toEqual([]);
    expect(contentOf(again.bot.export('harbor'))).toEqual(contentOf(text));
  });

  test('fails rather than writing part of a file', async () => {
    const { pk } = clientOf(createSandbox(), 'harbor', { failAfter: 4 });
    await expect(textOf(exportSystem(pk))).rejects.toMatchObject({ name: 'NetworkError' });
  });
});

describe('importSystem', () => {
  const run = (pk: PluralKit, text: string, options?: ImportOptions) =>
    simulate(() => importSystem(pk, readExportFile(text), options));

  test('makes an empty system equal to the exported one', async () => {
    const source = createSandbox();
    const text = await exportOf(clientOf(source, 'harbor').pk);
    const sandbox = createSandbox({
      rateLimits: 'server',
      world: emptyWorld,
    });
    const { pk, limited } = clientOf(sandbox, 'target');
    const progress: Progress[] = [];
    const { changes, done } = await run(pk, text, { onProgress: (one) => progress.push(one) });
    expect(done).toBe(changes.length);
    expect(contentOf(await exportOf(pk))).toEqual(contentOf(text));
    expect(limited()).toBe(0);
    expect(progress).toHaveLength(done);
    expect(progress.at(-1)).toMatchObject({ part: 'switches' });
    // Once more there is nothing to do.
    const before = JSON.stringify(sandbox.world());
    expect(await run(pk, text)).toEqual({ changes: [], done: 0 });
    expect(JSON.stringify(sandbox.world())).toBe(before);
  });

  test('rejects an API key that does not see all of the system, before any request', async () => {
    const sandbox = createSandbox();
    const { token } = await sandbox.createKey({ system: 'harbor', scopes: ['write:members', 'read:system'] });
    const { pk } = clientOf(sandbox);
    await expect(importSystem(pk.with({ token }), readExportFile('{"switches":[]}'))).rejects.toThrow(
      'The API key lacks read:groups, read:switches, read:fronters, which the import needs to read the whole system',
    );
    expect(sandbox.requests()).toEqual([]);
  });

  test('changes nothing in a dry run, or where it is not confirmed', async () => {
    const sandbox = createSandbox();
    const { pk } = clientOf(sandbox, 'harbor');
    const file = JSON.parse(await exportOf(pk));
    file.members[0].pronouns = 'new/new';
    file.members.push({ id: 'zzzzz', name: 'New name' });
    const world = JSON.stringify(sandbox.world());
    const { changes } = await run(pk, JSON.stringify(file), { dryRun: true });
    expect(changes).toEqual([
      {
        part: 'members',
        action: 'update',
        name: file.members[0].name,
        index: 0,
        patch: { pronouns: 'new/new' },
      },
      {
        part: 'members',
        action: 'create',
        name: 'New name',
        index: file.members.length - 1,
        patch: { name: 'New name' },
      },
    ]);
    expect(await run(pk, JSON.stringify(file), { confirm: () => false })).toMatchObject({ done: 0 });
    expect(JSON.stringify(sandbox.world())).toBe(world);
  });

  test('continues where it was stopped', async () => {
    const text = await exportOf(clientOf(createSandbox(), 'harbor').pk);
    const sandbox = createSandbox({
      world: emptyWorld,
    });
    let error: unknown;
    let tries = 0;
    do {
      const { pk } = clientOf(sandbox, 'target', { failAfter: 10 });
      error = await run(pk, text).then(
        () => undefined,
        (reason: unknown) => reason,
      );
      if (error !== undefined && !(error instanceof ImportError)) throw error;
    } while (error !== undefined && ++tries < 50);
    expect(tries).toBeGreaterThan(2);
    expect(contentOf(await exportOf(clientOf(sandbox, 'target').pk))).toEqual(contentOf(text));
  });

  test('tells of each change that the server rejects, and makes the others', async () => {
    const { pk } = clientOf(createSandbox(), 'harbor');
    const file = JSON.parse(await exportOf(pk));
    file.members[0].color = 'no color';
    file.members[1].pronouns = 'new/new';
    file.groups[0].members.push('absent');
    const error = await rejection(run(pk, JSON.stringify(file)));
    if (!(error instanceof ImportError)) throw error;
    expect(error).toMatchObject({ message: '2 of 3 changes failed', done: 1, pending: 0 });
    expect(error.failed.map(({ change }) => change.part)).toEqual(['members', 'groups']);
    expect((await pk.members.get(file.members[1].id)).pronouns).toBe('new/new');
  });

  test('takes a file of Tupperbox, twice the same', async () => {
    const sandbox = createSandbox();
    const { pk } = clientOf(sandbox, 'harbor');
    const text = JSON.stringify({
      tuppers: [
        { name: 'Twin', brackets: ['t:', ''] },
        { name: 'Twin', brackets: ['u:', ''] },
      ],
    });
    expect(await run(pk, text)).toMatchObject({ done: 2 });
    expect(await run(pk, text)).toEqual({ changes: [], done: 0 });
  });
});
