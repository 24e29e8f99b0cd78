import { describe, expect, test, vi } from 'vitest';
import {
  exportSystem,
  ImportError,
  importSystem,
  MissingScopeError,
  readExportFile,
} from '../../src/backup/index.ts';
import { createSandbox } from '../../src/sandbox/index.ts';
import { rejection } from '../client/helpers.ts';
import { simulate } from '../client/simulation.ts';
import { rejectingListener, unhandledDuring } from '../support/unhandled.ts';
import { clientOf } from './support.ts';

const token = 'target-token';
const world = { systems: [{ id: 'target', token }] };
const timestamp = '2021-01-02T03:04:05.678901Z';

async function failureOf(work: Promise<unknown>): Promise<ImportError> {
  const error = await rejection(work);
  if (error instanceof ImportError) return error;
  throw error;
}

describe('a failing import', () => {
  test('says before the first change which scopes of the changes an API key lacks', async () => {
    const sandbox = createSandbox({ world });
    const key = await sandbox.createKey({ system: 'target', scopes: ['read:all', 'write:groups'] });
    const file = readExportFile({
      members: [{ id: 'aaaaa', name: 'A' }],
      groups: [{ name: 'G' }],
      switches: [{ timestamp, members: ['aaaaa'] }],
    });
    const before = JSON.stringify(sandbox.world());
    const pk = clientOf(sandbox, key.token);
    const error = await rejection(importSystem(pk, file));
    expect(error).toBeInstanceOf(MissingScopeError);
    expect(error).toMatchObject({
      scopes: ['write:members', 'write:switches'],
      message: 'The API key lacks write:members, write:switches, which the import needs to make the changes',
    });
    expect(JSON.stringify(sandbox.world())).toBe(before);
    expect(await importSystem(pk, file, { dryRun: true })).toMatchObject({ done: 0 });
  });

  test.each([403, 404, 400])('ends at the first response %i of a proxy', async (status) => {
    const sandbox = createSandbox({ world });
    const fetch = (url: string, init: RequestInit) =>
      init.method === 'POST' ? new Response('<html>', { status }) : sandbox.fetch(new Request(url, init));
    const file = readExportFile({ switches: [], members: [{ name: 'A' }, { name: 'B' }, { name: 'C' }] });
    const pk = clientOf(sandbox, token).with({ fetch: async (url, init) => fetch(url, init) });
    const error = await failureOf(simulate(() => importSystem(pk, file)));
    expect(error).toMatchObject({ done: 0, pending: 2, cause: { status, code: null } });
  });

  test('ends at the first response that concerns more than one change', async () => {
    const sandbox = createSandbox({ world });
    sandbox.faults.add({ operation: 'createMember', status: 403 });
    const file = readExportFile({ switches: [], members: [{ name: 'A' }, { name: 'B' }, { name: 'C' }] });
    const error = await failureOf(simulate(() => importSystem(clientOf(sandbox, token), file)));
    expect(error).toMatchObject({ done: 0, pending: 2, message: '1 of 3 changes failed; 2 were not tried' });
  });

  test('names the member or group that was not created, or is not in the file', async () => {
    const long = `Long ${'name '.repeat(1000)}`;
    const file = readExportFile({
      members: [{ id: 'cccccc', name: 'Cedric', color: 'no colour' }],
      groups: [
        { name: 'G', members: ['cccccc'] },
        { name: long, members: ['absent'] },
      ],
      switches: [{ timestamp, members: ['absent'] }],
    });
    const pk = clientOf(createSandbox({ world }), token);
    const { failed, done, pending } = await failureOf(simulate(() => importSystem(pk, file)));
    expect([done, pending]).toEqual([1, 0]);
    expect(failed.slice(1).map(({ error }) => String(error))).toEqual([
      'NotCreatedError: The member Cedric was not created',
      expect.stringMatching(/^PluralKitError|^ValidationError/),
      expect.stringMatching(/^NotCreatedError: The group Long (name ){19}…? ?was not created$/),
      'NotCreatedError: The file has no member absent',
    ]);
  });

  test('is not one of a process where async listeners reject', async () => {
    const sandbox = createSandbox();
    const pk = clientOf(sandbox);
    sandbox.faults.add({ operation: 'listMembers', status: 403 });
    const called: string[] = [];
    const listener = (name: string) => () => {
      called.push(name);
      return rejectingListener();
    };
    const listeners = {
      onProgress: listener('progress'),
      onPrivate: listener('private'),
      onPublicOnly: listener('public only'),
    };
    const file = readExportFile({ switches: [], members: [{ name: 'A' }] });
    const unhandled = await unhandledDuring(async () => {
      await simulate(async () => {
        for await (const _piece of exportSystem(pk, 'harbor', listeners));
      });
      called.push('import');
      const target = clientOf(createSandbox({ world }), token);
      await simulate(() => importSystem(target, file, { onProgress: listener('progress') }));
    });
    expect([...new Set(called)].sort()).toEqual(['import', 'private', 'progress', 'public only']);
    expect(called.at(-1)).toBe('progress');
    expect(unhandled).toEqual([]);
  });

  test.each([
    [1, 'onProgress failed after 1 of 3 changes'],
    [3, 'onProgress failed after 3 of 3 changes'],
  ])('tells what was made where onProgress throws at change %d', async (at, message) => {
    const sandbox = createSandbox({ world });
    const file = readExportFile({ switches: [], members: [{ name: 'A' }, { name: 'B' }, { name: 'C' }] });
    const cause = new Error('full');
    let calls = 0;
    const onProgress = () => {
      if (++calls === at) throw cause;
    };
    const error = await failureOf(
      simulate(() => importSystem(clientOf(sandbox, token), file, { onProgress })),
    );
    expect(error).toMatchObject({ message, cause, failed: [], done: at, pending: 3 - at });
  });

  test.each([{ switches: [] }, '{"switches":[]}', null])(
    'rejects %j, as it is no file that was read',
    async (file) => {
      const sandbox = createSandbox({ world });
      const work = Reflect.apply(importSystem, undefined, [clientOf(sandbox, token), file]);
      await expect(work).rejects.toThrow(new TypeError('file must be the result of readExportFile'));
      expect(sandbox.requests()).toEqual([]);
    },
  );
});

test.each([
  ['a page', '<html>Attention required</html>'],
  ['its own JSON', '{"code":403,"message":"Forbidden"}'],
])('an export does not take the 403 of a proxy for private members: %s', async (_, body) => {
  const sandbox = createSandbox();
  const pk = clientOf(sandbox).with({
    fetch: async (url, init) =>
      url.endsWith('/members') ? new Response(body, { status: 403 }) : sandbox.fetch(new Request(url, init)),
  });
  const onPrivate = vi.fn();
  const work = async () => {
    for await (const _piece of exportSystem(pk, 'harbor', { onPrivate }));
  };
  expect(await rejection(simulate(work))).toMatchObject({ name: 'ForbiddenError', codeName: null });
  expect(onPrivate).not.toHaveBeenCalled();
});
