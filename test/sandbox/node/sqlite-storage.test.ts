import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { expect, onTestFinished, test } from 'vitest';
import { createSandbox, type Sandbox, system } from '../../../src/sandbox/index.ts';
import {
  openSqliteStorage,
  type SqliteStorage,
  StorageError,
} from '../../../src/sandbox/node/sqlite-storage.ts';

function temporaryFile(): string {
  const directory = mkdtempSync(join(tmpdir(), 'pluralkit-storage-'));
  onTestFinished(() => rmSync(directory, { recursive: true }));
  return join(directory, 'sandbox.db');
}

function open(file: string): SqliteStorage {
  const storage = openSqliteStorage(file);
  onTestFinished(() => {
    try {
      storage.close();
    } catch {
      // The test has closed it.
    }
  });
  return storage;
}

async function patch(sandbox: Sandbox, path: string, body: object): Promise<number> {
  const headers = {
    Authorization: sandbox.tokens.harbor ?? '',
    'Content-Type': 'application/json',
    'User-Agent': 'test',
  };
  return (await sandbox.fetch(path, { method: 'PATCH', headers, body: JSON.stringify(body) })).status;
}

test('a new file keeps nothing', () => {
  expect(open(temporaryFile()).read()).toBeUndefined();
});

test('what is written is there when the file is opened again', async () => {
  const file = temporaryFile();
  const first = open(file);
  const sandbox = createSandbox({ storage: first });
  expect(await patch(sandbox, '/v2/members/marina', { name: 'Mari ⚓ \u0001' })).toBe(200);
  first.close();
  expect(createSandbox({ storage: open(file) }).world()).toEqual(sandbox.world());
});

test('a large world is kept whole and in order', () => {
  const file = temporaryFile();
  const first = open(file);
  const world = system().withMembers(1000).withGroups(20).withSwitches(500).world();
  const sandbox = createSandbox({ storage: first, world });
  first.close();
  expect(createSandbox({ storage: open(file) }).world()).toEqual(sandbox.world());
});

test('a write that fails in its midst leaves nothing behind', () => {
  const file = temporaryFile();
  const storage = open(file);
  const sandbox = createSandbox({ storage });
  const before = storage.read();
  const good = { kind: 'member', key: 'x', system: null, content: { name: 'Good' } } as const;
  const bad = { kind: 'member', key: 'y', system: null, content: { toJSON: () => 1n } } as const;
  expect(() => storage.write({ start: sandbox.world(), written: [good, bad], deleted: [] })).toThrow(
    TypeError,
  );
  expect(storage.read()).toEqual(before);
  storage.write({ start: undefined, written: [good], deleted: [] });
  expect(storage.read()?.records).toHaveLength((before?.records.length ?? 0) + 1);
});

test('a file that is open is locked for other processes', () => {
  const file = temporaryFile();
  open(file);
  expect(() => openSqliteStorage(file)).toThrow(new StorageError('another sandbox or program has it open'));
});

test('a file that is open is locked for other processes from the first moment, before anything is written', () => {
  const file = temporaryFile();
  open(file).close();
  open(file);
  expect(() => openSqliteStorage(file)).toThrow(StorageError);
});

test('other files are rejected, and left as they are', () => {
  const text = temporaryFile();
  writeFileSync(text, 'This is no database, but a letter to a friend.\n'.repeat(100));
  expect(() => openSqliteStorage(text)).toThrow(new StorageError('file is not a database'));

  const foreign = temporaryFile();
  const database = new DatabaseSync(foreign);
  database.exec('CREATE TABLE record (note TEXT); INSERT INTO record VALUES (1)');
  database.close();
  expect(() => openSqliteStorage(foreign)).toThrow(new StorageError('it is a database of something else'));
  const again = new DatabaseSync(foreign);
  expect(again.prepare('SELECT count(*) AS count FROM record').get()).toEqual({ count: 1 });
  again.close();
});

test('a file that was written before API keys were kept opens, and keeps them from then on', async () => {
  const file = temporaryFile();
  const member = {
    id: 'pipppp',
    uuid: '5a4db0c5-0000-4000-8000-000000000002',
    created: '2020-01-01T00:00:00Z',
    name: 'Pip',
  };
  const uuid = '5a4db0c5-0000-4000-8000-000000000001';
  const alone = { id: 'exmpl', uuid, created: '2020-01-01T00:00:00Z', token: 'made-up', name: 'Kept' };
  const database = new DatabaseSync(file);
  database.exec(`
    CREATE TABLE start (world TEXT NOT NULL);
    CREATE TABLE record (
      kind TEXT NOT NULL,
      key TEXT NOT NULL,
      system TEXT,
      content TEXT NOT NULL,
      UNIQUE (kind, key)
    );
    PRAGMA application_id = 1347113794;
    PRAGMA user_version = 1;`);
  database.prepare('INSERT INTO start VALUES (?)').run(JSON.stringify({ systems: [alone] }));
  const put = database.prepare('INSERT INTO record VALUES (?, ?, ?, ?)');
  put.run('system', uuid, null, JSON.stringify(alone));
  put.run('member', member.uuid, uuid, JSON.stringify(member));
  database.close();

  const storage = open(file);
  const sandbox = createSandbox({ storage });
  expect(sandbox.world()).toMatchObject({ systems: [{ name: 'Kept', members: [{ name: 'Pip' }] }] });
  expect(sandbox.keys()).toEqual([]);
  const { token } = await sandbox.createKey({ system: 'exmpl', scopes: ['identify'] });
  storage.close();
  const again = createSandbox({ storage: open(file) });
  const headers = { Authorization: `Bearer ${token}`, 'User-Agent': 'test' };
  expect((await again.fetch('/v2/systems/@me', { headers })).status).toBe(200);
});

test('a file of another version of the format is rejected', () => {
  const file = temporaryFile();
  open(file).close();
  const database = new DatabaseSync(file);
  database.exec('PRAGMA user_version = 2');
  database.close();
  expect(() => openSqliteStorage(file)).toThrow('it was written by another version of this program');
});

test('a folder that is not there is said to be no place for it', () => {
  expect(() => openSqliteStorage('/nowhere/sandbox.db')).toThrow(
    new StorageError('unable to open database file'),
  );
});
