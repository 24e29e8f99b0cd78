import { pipeline } from 'node:stream/promises';
import { exportSystem, type PublicOnly } from '../backup/export-system.ts';
import { callApi } from './api-call.ts';
import type { ExportCommandOptions } from './export.ts';
import { bar } from './progress.ts';
import { writeNote } from './terminal.ts';
import { writeFileWhole } from './write-file.ts';

/**
 * Exports a system.
 *
 * @returns the exit code
 * @throws {CommandError} where the server does not respond or the file can't be written
 */
export function runExport({ system, out }: ExportCommandOptions): Promise<number> {
  return callApi('export', system === '@me', async (pk, signal, progress) => {
    const hidden: string[] = [];
    const text = exportSystem(pk, system, {
      signal,
      onPrivate: (part) => hidden.push(part),
      onPublicOnly: (parts) => {
        progress.end();
        writeNote(describePublicOnly(parts));
      },
      onProgress: (one) => progress.show(bar(one)),
    });
    if (out === undefined) await pipeline(text, process.stdout, { end: false });
    else await writeFileWhole(out, text);
    progress.end();
    for (const part of hidden) writeNote(`The ${part} are private and not in the export.`);
    return 0;
  });
}

/** What the export lacks, and why. */
function describePublicOnly(parts: readonly PublicOnly[]): string {
  const scopes = parts.flatMap(({ scope }) => scope ?? []);
  const why =
    scopes.length === 0
      ? 'The system is not that of the token'
      : `The API key lacks ${[...new Set(scopes)].join(', ')}`;
  const names = parts.map(({ part }) => part).join(', ');
  return `${why}: of ${names}, only what is public is in the export.`;
}
