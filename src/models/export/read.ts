import { isObject } from '../is-object.ts';
import { parseTimestamp } from '../timestamp.ts';
import type { ExportFile } from './export-file.ts';
import { ExportFileError, type FileNote, Notes } from './notes.ts';
import { parseJsonKeepingDigits } from './parse.ts';
import { readPluralKit } from './pluralkit.ts';
import { readTupperbox } from './tupperbox.ts';

/** Whether a parsed file is an export: one of PluralKit has `switches`, one of Tupperbox has `tuppers`. */
export function isExportFile(value: unknown): value is Readonly<Record<string, unknown>> {
  return isObject(value) && (Object.hasOwn(value, 'switches') || Object.hasOwn(value, 'tuppers'));
}

/** The readable part of an export. */
export interface ReadExport {
  readonly file: ExportFile;
  /** Values of a wrong type, which are absent in `file`. */
  readonly faults: readonly FileNote[];
}

/**
 * Reads an export of PluralKit or Tupperbox as far as possible.
 *
 * @param file - the text of the file; or what `parseJsonKeepingDigits` made of it
 * @throws ExportFileError where the file is of another type
 * @throws SyntaxError where the text is no JSON
 */
export function readExport(file: unknown): ReadExport {
  const value = typeof file === 'string' ? parseJsonKeepingDigits(file) : file;
  if (!isExportFile(value)) throw new ExportFileError([{ path: '', message: 'File type is unknown.' }]);
  const notes = new Notes();
  const read = Object.hasOwn(value, 'switches') ? readPluralKit(value, notes) : readTupperbox(value, notes);
  return { file: { ...read, omitted: notes.omitted }, faults: notes.faults };
}

/**
 * Reads an export of PluralKit or Tupperbox into one form.
 *
 * @param file - the text of the file; or what `parseJsonKeepingDigits` made of it
 * @throws ExportFileError where the file is of another type or has values of wrong types: it names all of them
 * @throws SyntaxError where the text is no JSON
 */
export function readExportFile(file: unknown): ExportFile {
  const { file: read, faults } = readExport(file);
  const all = [...faults, ...faultsOfTimestamps(read, faults)];
  if (all.length > 0) throw new ExportFileError(all);
  return read;
}

/** Faults of texts that are no timestamps. Those that are not even texts have been noted before. */
function faultsOfTimestamps({ switches }: ExportFile, faults: readonly FileNote[]): readonly FileNote[] {
  const noted = new Set(faults.map(({ path }) => path));
  return switches.flatMap(({ timestamp }, index) => {
    const path = `switches[${index}].timestamp`;
    if (noted.has(path) || isTimestamp(timestamp)) return [];
    return { path, message: 'must be a timestamp such as 2021-01-02T03:04:05.678901Z' };
  });
}

function isTimestamp(text: string): boolean {
  try {
    parseTimestamp(text);
    return true;
  } catch {
    return false;
  }
}
