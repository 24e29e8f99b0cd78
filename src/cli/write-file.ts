import { randomUUID } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { realpath, rename, rm, stat } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';
import { CommandError, unwritable } from './command.ts';

/**
 * Writes a file that only its owner may read. An interrupted run leaves the old file, and no partial one. What is no regular
 * file, such as a FIFO or a device, is written to.
 *
 * @throws {CommandError} where it can't be written
 */
export async function writeFileWhole(path: string, text: AsyncIterable<string>): Promise<void> {
  try {
    const target = await unlessMissing(realpath(path));
    const isReplaced = target === undefined || (await stat(target)).isFile();
    if (isReplaced) await replaceFile(target ?? path, text);
    else await pipeline(text, createWriteStream(target));
  } catch (error) {
    if (error instanceof Error && 'syscall' in error)
      throw new CommandError(`Cannot write ${path}: ${reasonOf(error)}`, { exitCode: unwritable });
    throw error;
  }
}

/** The whole message names the temporary file, which nobody has asked for. */
function reasonOf(error: Error): string {
  if ('code' in error && error.code === 'ENOENT') return 'its folder does not exist';
  return error.message.replace(/, \w+ '.*/s, '');
}

/** The name of the temporary file can't be guessed, so that nobody can place a link there, and two runs never share it. */
async function replaceFile(path: string, text: AsyncIterable<string>): Promise<void> {
  const part = `${path}.${randomUUID()}.part`;
  try {
    await pipeline(text, createWriteStream(part, { flags: 'wx', flush: true, mode: 0o600 }));
    await rename(part, path);
  } catch (error) {
    await rm(part, { force: true }).catch(() => undefined);
    throw error;
  }
}

async function unlessMissing(reading: Promise<string>): Promise<string | undefined> {
  try {
    return await reading;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  }
}
