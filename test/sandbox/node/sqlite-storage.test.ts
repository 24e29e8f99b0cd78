import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { expect, onTestFinished, test } from 'vitest';
import { createSandbox, type Sandbox, system, WorldError } from '../../../src/sandbox/index.ts';
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
  const storage = open(temporaryFile());
  createSandbox({ storage });
  const before = storage.read();
  const good = { kind: 'member', key: 'x', system: null, content: { name: 'Good' } } as const;
  const bad = { kind: 'member', key: 'y', system: null, content: { toJSON: () => 1n } } as const;
  const all = { start: [good], isReset: true, written: [good, bad], deleted: [] };
  expect(() => storage.write(all)).toThrow(TypeError);
  expect(storage.read()).toEqual(before);
  storage.write({ isReset: false, written: [good], deleted: [] });
  expect(storage.read()?.changed).toHaveLength((before?.changed.length ?? 0) + 1);
});

test('a file that is open is locked for others', () => {
  const file = temporaryFile();
  createSandbox({ storage: open(file) });
  const inUse = new StorageError('another sandbox or program has it open');
  expect(() => openSqliteStorage(file)).toThrow(inUse);
});

test('of two that find no file, one makes it and the others fail', () => {
  const file = temporaryFile();
  const [first, second, third] = [open(file), open(file), open(file)];
  createSandbox({ storage: first });
  expect(() => createSandbox({ storage: second })).toThrow('another sandbox or program has it open');
  first.close();
  expect(() => createSandbox({ storage: third })).toThrow('another sandbox or program has made it meanwhile');
  expect(open(file).read()).toBeDefined();
});

test('nothing is written before the sandbox opens', () => {
  const file = temporaryFile();
  const storage = open(file);
  expect(() => createSandbox({ storage, world: JSON.parse('{"systems": 1}') })).toThrow(WorldError);
  storage.close();
  expect(readdirSync(dirname(file))).toEqual([]);
});

test('text is rejected, and left as it is', () => {
  const file = temporaryFile();
  const text = 'This is no database, but a letter to a friend.\n'.repeat(100);
  writeFileSync(file, text);
  expect(() => openSqliteStorage(file)).toThrow(new StorageError('file is not a database'));
  expect(readFileSync(file, 'utf8')).toBe(text);
});

test.for(['DELETE', 'WAL', 'WAL, and still open'])(
  'a database of another program is rejected, and left as it is to the byte (%s)',
  (mode) => {
    const file = temporaryFile();
    const folder = dirname(file);
    const contents = () => readdirSync(folder).map((name) => [name, readFileSync(join(folder, name), 'hex')]);
    const database = new DatabaseSync(file);
    database.exec(`PRAGMA journal_mode = ${mode.split(',')[0]}; CREATE TABLE record (note TEXT)`);
    if (!mode.includes('open')) database.close();
    const before = contents();
    expect(() => openSqliteStorage(file)).toThrow(new StorageError('it is a database of something else'));
    expect(contents()).toEqual(before);
    if (database.isOpen) database.close();
  },
);

test('a file of another version of the format is rejected, and left as it is', () => {
  const file = temporaryFile();
  const storage = open(file);
  createSandbox({ storage });
  storage.close();
  const database = new DatabaseSync(file);
  database.exec('PRAGMA user_version = 1');
  database.close();
  const before = readFileSync(file);
  expect(() => openSqliteStorage(file)).toThrow('it was written by another version of this program');
  expect(readFileSync(file).equals(before)).toBe(true);
});

test('an empty path is rejected, and names of databases in memory are paths of files', () => {
  expect(() => openSqliteStorage('')).toThrow(new StorageError('its path is empty'));
  const folder = dirname(temporaryFile());
  const before = process.cwd();
  process.chdir(folder);
  try {
    createSandbox({ storage: open(':memory:') });
  } finally {
    process.chdir(before);
  }
  expect(existsSync(join(folder, ':memory:'))).toBe(true);
});

test.each([
  ['{', 'JSON'],
  ['null', 'object'],
  ['"text"', 'object'],
])('content %s is reported with its record', (content, missing) => {
  const file = temporaryFile();
  const storage = open(file);
  createSandbox({ storage });
  storage.close();
  const database = new DatabaseSync(file);
  database.prepare("UPDATE start SET content = ? WHERE kind = 'message'").run(content);
  database.close();
  expect(() => createSandbox({ storage: open(file) })).toThrow(
    new RegExp(`^the content of message \\d+ is no ${missing}$`),
  );
});

test('a folder in the place of the file is reported', () => {
  expect(() => openSqliteStorage(import.meta.dirname)).toThrow('it is a folder');
});

test('a missing folder is reported', () => {
  expect(() => openSqliteStorage('/nowhere/sandbox.db')).toThrow(
    new StorageError('its folder does not exist'),
  );
});
