import {
  ExportFileError,
  type FileNote,
  isExportFile,
  type ReadExport,
  readExport,
} from '../../models/export/index.ts';
import { assertFewWithoutIds } from './limit.ts';
import { WorldError, type WorldProblem } from './problems.ts';
import { systemShape } from './world.ts';

/** Settings that a world knows. */
const knownSettings = new Set(Object.keys(Object(systemShape.schema.properties).settings.properties));

/** An export in the form of a system in a world. */
export interface ExportedSystem {
  readonly system: object;
  /** What of the file has a wrong type. */
  readonly problems: readonly WorldProblem[];
  /** What of the file a world does not take. */
  readonly omitted: readonly FileNote[];
}

/** Whether a value is an export of a system, as the bot or Tupperbox makes it. */
export function isExport(value: unknown): boolean {
  return isExportFile(value) && !('systems' in value);
}

/**
 * Gives an export the form of a system in a world. The webhook is omitted: a sandbox must not post to it.
 *
 * @throws {WorldError} where the value is no export
 */
export function exportedSystem(value: unknown): ExportedSystem {
  const { file, faults } = readExported(value);
  const { fields, privacy, webhook_url, publicOnly: _, ...identity } = file.system;
  const settings = Object.entries(withoutNulls(file.settings));
  const unknown = settings.filter(([key]) => !knownSettings.has(key));
  return {
    system: {
      ...withoutNulls(identity),
      ...fields,
      privacy: withoutNulls(privacy),
      accounts: file.accounts,
      settings: Object.fromEntries(settings.filter(([key]) => knownSettings.has(key))),
      members: file.members.map(entity),
      groups: file.groups.map(({ members, ...group }) => ({ ...entity(group), members })),
      switches: file.switches,
    },
    problems: faults.map(({ path, message }) => ({ path, problem: message })),
    omitted: [
      ...file.omitted,
      ...unknown.map(([key]) => ({ path: `config.${key}`, message: 'The API has no such setting.' })),
      ...(webhook_url === null
        ? []
        : [{ path: 'webhook_url', message: 'A sandbox does not post to the webhook of a real system.' }]),
    ],
  };
}

/**
 * Reads what can be read of an export.
 *
 * @throws {WorldError} where the file is no export, or has too many faults or records without ids
 */
export function readExported(value: unknown): ReadExport {
  assertFewWithoutIds(value);
  try {
    return readExport(value);
  } catch (error) {
    if (!(error instanceof ExportFileError)) throw error;
    const [first, ...others] = error.faults.map(({ path, message }) => ({ path, problem: message }));
    if (first === undefined || first.path === '')
      throw new WorldError(
        '',
        `is no export: ${error.message} An export of PluralKit has switches, one of Tupperbox tuppers.`,
        [],
        'The file',
      );
    throw new WorldError(first.path, first.problem, others);
  }
}

function entity<
  Entity extends { readonly fields: object; readonly privacy: object; readonly publicOnly?: true },
>({ fields, privacy, publicOnly: _, ...own }: Entity) {
  return { ...withoutNulls(own), ...fields, privacy: withoutNulls(privacy) };
}

/** Null means what the default does. */
function withoutNulls(value: object): object {
  return Object.fromEntries(Object.entries(value).filter(([, given]) => given !== null));
}

/** What a world does not take of a value that is an export. */
export function omittedFromWorld(value: unknown): readonly FileNote[] {
  return isExport(value) ? exportedSystem(value).omitted : [];
}
