import type { DatabaseSync } from 'node:sqlite';
import type { KeptRecord, KeptState, StateChanges, Storage } from '../storage/storage.ts';

/** Marks a file as the state of a sandbox. */
const applicationId = 0x504b5342;
/** Of the tables below. */
const formatVersion = 1;

const tables = `
  CREATE TABLE start (world TEXT NOT NULL);
  CREATE TABLE record (
    kind TEXT NOT NULL,
    key TEXT NOT NULL,
    system TEXT,
    content TEXT NOT NULL,
    UNIQUE (kind, key)
  );
  PRAGMA application_id = ${applicationId};
  PRAGMA user_version = ${formatVersion};`;

const upsert = `
  INSERT INTO record (kind, key, system, content) VALUES (?, ?, ?, ?)
  ON CONFLICT (kind, key) DO UPDATE SET system = excluded.system, content = excluded.content`;

/** A file that cannot hold the state of a sandbox; the message says why. */
export class StorageError extends Error {
  override readonly name = 'StorageError';
}

/** Keeps the state of a sandbox in a file. */
export interface SqliteStorage extends Storage {
  /** Lets others open the file. */
  close(): void;
}

/**
 * Opens a file of SQLite as the storage of a sandbox, and makes it where it is not there.
 *
 * Each write is one transaction, on the disk when it returns: it outlives the process however that ends, and a power
 * cut. Nobody else can open the file meanwhile, since two sandboxes would not see each other's changes.
 *
 * @param file - its path
 * @throws {StorageError} where it cannot be opened, is in use, or holds something else
 */
export function openSqliteStorage(file: string): SqliteStorage {
  const database = open(file);
  const put = database.prepare(upsert);
  const remove = database.prepare('DELETE FROM record WHERE kind = ? AND key = ?');

  function replaceStart(world: object): void {
    database.exec('DELETE FROM start; DELETE FROM record;');
    database.prepare('INSERT INTO start (world) VALUES (?)').run(JSON.stringify(world));
  }

  return {
    read: () => read(database),
    write({ start, written, deleted }: StateChanges) {
      transact(database, () => {
        if (start !== undefined) replaceStart(start);
        for (const { kind, key, system, content } of written)
          put.run(kind, key, system, JSON.stringify(content));
        for (const { kind, key } of deleted) remove.run(kind, key);
      });
    },
    close: () => database.close(),
  };
}

function open(file: string): DatabaseSync {
  const { DatabaseSync } = loadSqlite();
  try {
    const database = new DatabaseSync(file);
    try {
      prepare(database);
    } catch (error) {
      database.close();
      throw error;
    }
    return database;
  } catch (error) {
    throw error instanceof StorageError ? error : new StorageError(describe(error), { cause: error });
  }
}

/** Loaded only where it is used: older versions of Node.js lack it, and others print a warning. */
function loadSqlite() {
  const sqlite = process.getBuiltinModule?.('node:sqlite');
  if (sqlite === undefined) {
    throw new StorageError(
      `node:sqlite is missing: it needs Node.js 22.13 or newer; this is ${process.versions.node}`,
    );
  }
  return sqlite;
}

function prepare(database: DatabaseSync): void {
  // The lock comes first: without it another process could still get in.
  database.exec('PRAGMA locking_mode = EXCLUSIVE; PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;');
  transact(database, () => {
    const isEmpty = numberOf(database, 'SELECT count(*) AS value FROM sqlite_schema') === 0;
    if (isEmpty) {
      database.exec(tables);
      return;
    }
    if (numberOf(database, 'SELECT application_id AS value FROM pragma_application_id') !== applicationId) {
      throw new StorageError('it is a database of something else');
    }
    if (numberOf(database, 'SELECT user_version AS value FROM pragma_user_version') !== formatVersion) {
      throw new StorageError('it was written by another version of this program');
    }
  });
}

function read(database: DatabaseSync): KeptState | undefined {
  const start = database.prepare('SELECT world FROM start').get();
  if (start === undefined) return undefined;
  const records = database.prepare('SELECT kind, key, system, content FROM record ORDER BY rowid').all();
  return { start: parse(start.world), records: records.map(toRecord) };
}

function toRecord({ kind, key, system, content }: Readonly<Record<string, unknown>>): KeptRecord {
  return {
    kind: String(kind),
    key: String(key),
    system: system === null ? null : String(system),
    content: parse(content),
  };
}

function parse(text: unknown): unknown {
  return JSON.parse(String(text));
}

function transact(database: DatabaseSync, change: () => void): void {
  database.exec('BEGIN IMMEDIATE');
  try {
    change();
    database.exec('COMMIT');
  } catch (error) {
    if (database.isTransaction) database.exec('ROLLBACK');
    throw error;
  }
}

function numberOf(database: DatabaseSync, query: string): unknown {
  return database.prepare(query).get()?.value;
}

function describe(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  if (error.message === 'database is locked') return 'another sandbox or program has it open';
  return error.message;
}
