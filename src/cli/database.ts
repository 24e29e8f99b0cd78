import { openSqliteStorage, type SqliteStorage, StorageError } from '../sandbox/node/sqlite-storage.ts';
import { WorldError } from '../sandbox/world/problems.ts';
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
    throw databaseError(file, error);
  }
}

/** Turns an error about the content of a database into one line. */
export function databaseError(file: string, error: unknown): unknown {
  if (error instanceof StorageError) return new CommandError(`Cannot use ${file}: ${error.message}`);
  if (!(error instanceof WorldError)) return error;
  const [{ path = '', problem = '' } = {}, ...others] = error.problems;
  const more = others.length === 0 ? '' : ` (and ${others.length} more problems)`;
  return new CommandError(`Cannot use ${file}: ${path} ${problem}${more}`);
}
