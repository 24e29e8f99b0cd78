import { existsSync, rmSync, statSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import type { DatabaseSync } from 'node:sqlite';
import { pathToFileURL } from 'node:url';
import { isObject } from '../../models/is-object.ts';
import type { KeptRecord, KeptState, StateChanges, Storage } from '../storage/storage.ts';

/** Marks a file as the state of a sandbox. */
const applicationId = 0x504b5342;
/** Of the tables below. */
const formatVersion = 2;

const columns = `
  kind TEXT NOT NULL,
  key TEXT NOT NULL,
  system TEXT`;

/** The start, which `reset` goes back to, and the changes since; a change without content is a deletion. */
const tables = `
  CREATE TABLE start (${columns}, content TEXT NOT NULL, UNIQUE (kind, key));
  CREATE TABLE change (${columns}, content TEXT, UNIQUE (kind, key));
  PRAGMA application_id = ${applicationId};
  PRAGMA user_version = ${formatVersion};`;

const addStart = 'INSERT INTO start (kind, key, system, content) VALUES (?, ?, ?, ?)';
const putChange = `
  INSERT INTO change (kind, key, system, content) VALUES (?, ?, ?, ?)
  ON CONFLICT (kind, key) DO UPDATE SET system = excluded.system, content = excluded.content`;
const forgetChange = 'DELETE FROM change WHERE kind = ?1 AND key = ?2';
/** Deletions are stored only for records of the start. */
const addDeletion = `
  INSERT INTO change (kind, key) SELECT kind, key FROM start WHERE kind = ?1 AND key = ?2`;

/** A longer log of writes is cut once its content is in the file, in bytes. */
const longestLog = 4_000_000;

/** A file that cannot hold the state of a sandbox; the message says why. */
export class StorageError extends Error {
  override readonly name = 'StorageError';
}

/** Keeps the state of a sandbox in a file. */
export interface SqliteStorage extends Storage {
  /** Closes the file, so that others can open it. */
  close(): void;
}

/**
 * Opens a file of SQLite as the storage of a sandbox. Where it is not there, the first write makes it: that of the sandbox
 * as it opens.
 *
 * Each write is one transaction, on the disk when it returns: it outlives the process however that ends, and a power
 * cut. From then on nobody else can open the file, since two sandboxes would not see each other's changes.
 *
 * @param file - its path
 * @throws {StorageError} where it cannot be opened, is in use, or holds something else, which stays as it is
 */
export function openSqliteStorage(file: string): SqliteStorage {
  if (typeof file !== 'string') throw new TypeError('The file must be a path, as a string');
  if (file === '') throw new StorageError('its path is empty');
  // An absolute path, so that no name means a database in memory or a URI.
  const path = resolve(file);
  let database = told(() => (isOwnFile(path) ? openOwn(path) : undefined));
  return {
    read() {
      const own = database;
      return own && told(() => read(own));
    },
    write(changes) {
      const own = database;
      if (own === undefined) database = told(() => create(path, changes));
      else told(() => transact(own, () => write(own, changes)));
    },
    close: () => database?.close(),
  };
}

/** Loaded only where it is used: older versions of Node.js lack it, and others print a warning. */
function loadSqlite() {
  const sqlite = process.getBuiltinModule?.('node:sqlite');
  if (sqlite === undefined) {
    throw new StorageError(
      `node:sqlite is missing: it needs Node.js 22.15 or newer; this is ${process.versions.node}`,
    );
  }
  return sqlite;
}

/**
 * Tells whether a file is one of a sandbox, without changing it: not even its journal mode, or the log of a program that
 * has it open.
 *
 * @returns false where there is none, or an empty one
 * @throws {StorageError} where it is another
 */
function isOwnFile(path: string): boolean {
  const { DatabaseSync } = loadSqlite();
  if (!existsSync(dirname(path))) throw new StorageError('its folder does not exist');
  if (!existsSync(path)) return false;
  if (statSync(path).isDirectory()) throw new StorageError('it is a folder');
  if (statSync(path).size === 0) return false;
  const url = pathToFileURL(path);
  url.searchParams.set('immutable', '1');
  const database = new DatabaseSync(url, { readOnly: true });
  try {
    if (pragma(database, 'application_id') !== applicationId) {
      throw new StorageError('it is a database of something else');
    }
    if (pragma(database, 'user_version') !== formatVersion) {
      throw new StorageError('it was written by another version of this program');
    }
  } finally {
    database.close();
  }
  return true;
}

function openOwn(path: string): DatabaseSync {
  const { DatabaseSync } = loadSqlite();
  const database = new DatabaseSync(path);
  try {
    // The lock comes first, or another process could still open it.
    database.exec('PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE; COMMIT;');
    useLog(database);
  } catch (error) {
    database.close();
    throw error;
  }
  return database;
}

/** Makes the file; on failure, it is removed. */
function create(path: string, changes: StateChanges): DatabaseSync {
  const { DatabaseSync } = loadSqlite();
  const wasThere = existsSync(path);
  const database = new DatabaseSync(path);
  let isLocked = false;
  try {
    database.exec('PRAGMA locking_mode = EXCLUSIVE; PRAGMA synchronous = FULL;');
    transact(database, () => {
      isLocked = true;
      if (database.prepare('SELECT 1 FROM sqlite_schema').get() !== undefined) {
        throw new StorageError('another sandbox or program has made it meanwhile');
      }
      database.exec(tables);
      write(database, changes);
    });
    // Only now, so that the file itself, not only its log, has the application id from the start.
    useLog(database);
  } catch (error) {
    const isEmpty = isLocked && statSync(path).size === 0;
    database.close();
    if (isEmpty && !wasThere) rmSync(path, { force: true });
    throw error;
  }
  return database;
}

function useLog(database: DatabaseSync): void {
  database.exec(
    `PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA journal_size_limit = ${longestLog};`,
  );
}

function write(database: DatabaseSync, { start, isReset, written, deleted }: StateChanges): void {
  if (start !== undefined) database.exec('DELETE FROM start');
  if (isReset) database.exec('DELETE FROM change');
  putAll(database, addStart, start ?? []);
  putAll(database, putChange, written);
  if (deleted.length === 0) return;
  const statements = [forgetChange, addDeletion].map((statement) => database.prepare(statement));
  for (const { kind, key } of deleted) for (const statement of statements) statement.run(kind, key);
}

function putAll(database: DatabaseSync, statement: string, records: readonly Required<KeptRecord>[]): void {
  if (records.length === 0) return;
  const put = database.prepare(statement);
  for (const { kind, key, system, content } of records) put.run(kind, key, system, JSON.stringify(content));
}

function read(database: DatabaseSync): KeptState {
  const records = (table: 'start' | 'change') =>
    database.prepare(`SELECT kind, key, system, content FROM ${table} ORDER BY rowid`).all().map(toRecord);
  return { start: records('start'), changed: records('change') };
}

function toRecord(row: Readonly<Record<string, unknown>>): KeptRecord {
  const kind = String(row.kind);
  const key = String(row.key);
  const system = row.system === null ? null : String(row.system);
  return {
    kind,
    key,
    system,
    ...(row.content !== null && { content: parse(row.content, `${kind} ${key}`) }),
  };
}

function parse(text: unknown, name: string): object {
  let content: unknown;
  try {
    content = JSON.parse(String(text));
  } catch {
    throw new StorageError(`the content of ${name} is no JSON`);
  }
  if (!isObject(content)) throw new StorageError(`the content of ${name} is no object`);
  return content;
}

function transact(database: DatabaseSync, change: () => void): void {
  database.exec('BEGIN EXCLUSIVE');
  try {
    change();
    database.exec('COMMIT');
  } catch (error) {
    if (database.isTransaction) database.exec('ROLLBACK');
    throw error;
  }
}

function pragma(database: DatabaseSync, name: string): unknown {
  return database.prepare(`SELECT ${name} AS value FROM pragma_${name}`).get()?.value;
}

/** @throws {StorageError} in the place of an error of SQLite or the system */
function told<Result>(step: () => Result): Result {
  try {
    return step();
  } catch (error) {
    const isTheirs = error instanceof Error && 'code' in error;
    throw isTheirs ? new StorageError(describe(error), { cause: error }) : error;
  }
}

function describe({ message }: Error): string {
  return message === 'database is locked' ? 'another sandbox or program has it open' : message;
}
