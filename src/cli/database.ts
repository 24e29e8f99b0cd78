import { openSqliteStorage, type SqliteStorage, StorageError } from '../sandbox/node/sqlite-storage.ts';
import { CommandError } from './command.ts';

/**
 * Opens the file of `--db`.
 *
 * @throws {CommandError} saying why it cannot be used
 */
export function openDatabase(file: string): SqliteStorage {
  try {
    return openSqliteStorage(file);
  } catch (error) {
    if (error instanceof StorageError) throw new CommandError(`Cannot use ${file}: ${error.message}`);
    throw error;
  }
}
