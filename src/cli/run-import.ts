import { ImportError, MissingScopeError } from '../backup/import-errors.ts';
import { importSystem } from '../backup/import-system.ts';
import type { Change } from '../backup/plan.ts';
import { isPluralKitError } from '../client/errors.ts';
import { type ExportFile, ExportFileError, readExportFile } from '../models/export/index.ts';
import { shorten } from '../models/shorten.ts';
import { callApi, explainShortly, hintsOf } from './api-call.ts';
import { CommandError } from './command.ts';
import { confirm } from './confirm.ts';
import type { ImportCommandOptions } from './import.ts';
import { bar } from './progress.ts';
import { readText } from './read-text.ts';
import { printable, writeError, writeLine, writeNote } from './terminal.ts';

/**
 * Imports a file.
 *
 * @returns the exit code
 * @throws {CommandError} where the file or the server can't be read, or a change failed
 */
export async function runImport({ file, dryRun, yes }: ImportCommandOptions): Promise<number> {
  const content = await readExport(file);
  notePublicOnly(content);
  return callApi('import', true, async (pk, signal, progress) => {
    try {
      const { changes, done } = await importSystem(pk, content, {
        signal,
        dryRun,
        onProgress: (one) => progress.show(bar(one)),
        confirm: async (planned) => {
          show(planned, content);
          return yes || ask(planned.length, signal);
        },
      });
      progress.end();
      if (dryRun) show(changes, content);
      else if (changes.length === 0) writeLine('There is nothing to change.');
      else if (done > 0) writeLine(`${done} changes made.`);
      else writeNote('Not confirmed: nothing was changed.');
      return dryRun || done === changes.length ? 0 : 1;
    } catch (error) {
      progress.end();
      if (error instanceof MissingScopeError) throw new CommandError(error.message);
      if (!(error instanceof ImportError)) throw error;
      for (const { change, error: reason } of error.failed)
        if (!signal.aborted) writeError(`${printable(describe(change))}: ${printable(messageOf(reason))}`);
      if (error.pending > 0) writeError(`${error.done} changes made. Run it again to continue.`);
      if (signal.aborted) throw error;
      throw new CommandError([error.message, ...hintsOf(error.cause)].join('\n'));
    }
  });
}

async function readExport(path: string): Promise<ExportFile> {
  try {
    return readExportFile(await readText(path));
  } catch (error) {
    if (error instanceof SyntaxError) throw new CommandError(`${path} is no JSON: ${error.message}`);
    if (error instanceof ExportFileError) throw new CommandError(`${path}: ${error.message}`);
    throw new CommandError(`Cannot read ${path}: ${messageOf(error)}`);
  }
}

/** Says what the file can't restore, as it was not seen when the file was written. */
function notePublicOnly({ system, members, groups }: ExportFile): void {
  const parts = Object.entries({ system: [system], members, groups });
  const limited = parts.flatMap(([part, items]) =>
    items.some(({ publicOnly }) => publicOnly) ? [part] : [],
  );
  if (limited.length === 0) return;
  writeNote(
    `The file has only what is public of ${limited.join(', ')}: there, nothing is cleared or renamed.`,
  );
}

function show(changes: readonly Change[], { omitted }: ExportFile): void {
  for (const change of changes) writeLine(printable(describe(change)));
  for (const { path, message } of omitted)
    writeLine(printable(`not imported: ${shorten(path)} (${message})`));
  writeLine(`${changes.length} changes`);
}

function describe(change: Change): string {
  const { part, action } = change;
  const name = shorten(change.name);
  if ('patch' in change && action === 'update')
    return `update ${part} ${name}: ${Object.keys(change.patch).join(', ')}`;
  if ('members' in change && part === 'groups')
    return `add to group ${name}: ${change.members.map(shorten).join(', ')}`;
  return `${action} ${part} ${name}`;
}

/** @throws {CommandError} where the standard input is no terminal */
function ask(count: number, signal: AbortSignal): Promise<boolean> {
  if (!process.stdin.isTTY)
    throw new CommandError('There is no terminal to confirm the changes: use --yes, or --dry-run.');
  return confirm(`Make these ${count} changes?`, signal);
}

function messageOf(error: unknown): string {
  if (isPluralKitError(error)) return explainShortly(error);
  return error instanceof Error ? error.message : String(error);
}
