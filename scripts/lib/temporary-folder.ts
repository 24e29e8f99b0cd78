import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ProgramError } from './program.ts';

const folders = new Set<string>();

/**
 * A new folder, which is removed at the end of the program where nobody has removed it before.
 *
 * @throws ProgramError where it can't be made
 */
export function temporaryFolder(): string {
  if (folders.size === 0) process.once('exit', removeAll);
  const folder = makeFolder();
  folders.add(folder);
  return folder;
}

function makeFolder(): string {
  try {
    return mkdtempSync(join(tmpdir(), 'pluralkit-openapi-'));
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new ProgramError(`No temporary folder can be made: ${reason}
Set TMPDIR to a folder that exists and is writable, with room left.`);
  }
}

function removeAll(): void {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
}
