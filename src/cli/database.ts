import type { SqliteStorage } from '../sandbox/node/sqlite-storage.ts';
import { CommandError } from './command.ts';

/**
 * Opens the file of `--db`.
 *
 * @throws {CommandError} saying why it cannot be used
 */
export async function openDatabase(file: string): Promise<SqliteStorage> {
  const { openSqliteStorage, StorageError } = await loadStorage();
  try {
    return openSqliteStorage(file);
  } catch (error) {
    if (error instanceof StorageError) throw new CommandError(`Cannot use ${file}: ${error.message}`);
    throw error;
  }
}

/** Loaded only where it is needed: older versions of Node.js have no SQLite. */
async function loadStorage() {
  try {
    return await import('../sandbox/node/sqlite-storage.ts');
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ERR_UNKNOWN_BUILTIN_MODULE'))
      throw error;
    throw new CommandError(`--db needs Node.js 22.13 or newer; this is ${process.versions.node}`);
  }
}
