import { ownerScopes } from '../../generated/v2/methods.ts';
import { emit } from '../client/events.ts';
import { isOfOne } from '../client/failures.ts';
import type { PluralKit } from '../client/pluralkit.ts';
import { assertClient } from '../models/assert-client.ts';
import { checkOptions, is, type OptionChecks } from '../models/check-options.ts';
import type { ExportFile } from '../models/export/index.ts';
import { hasScope } from '../models/has-scope.ts';
import { isObject } from '../models/is-object.ts';
import type { WebAbortSignal } from '../models/web-types.ts';
import { type FailedChange, ImportError, MissingScopeError, NotCreatedError } from './import-errors.ts';
import { type Change, planImport } from './plan.ts';
import type { Part, Progress } from './progress.ts';
import { createWriter, scopesOf } from './writer.ts';

export interface ImportOptions {
  readonly signal?: WebAbortSignal | undefined;
  readonly onProgress?: ((progress: Progress) => void) | undefined;
  /**
   * Makes no changes, and only returns them.
   *
   * @default false
   */
  readonly dryRun?: boolean | undefined;
  /** Called with all changes before the first one is made; false ends the import. */
  readonly confirm?: ((changes: readonly Change[]) => boolean | Promise<boolean>) | undefined;
}

const checks: OptionChecks<ImportOptions> = {
  signal: is.signal,
  onProgress: is.function,
  dryRun: is.flag,
  confirm: is.function,
};

export interface ImportResult {
  /** The differences between the file and the system, in order. */
  readonly changes: readonly Change[];
  /** How many of them were made: all, or none in a dry run or where it was not confirmed. */
  readonly done: number;
}

/**
 * Writes an export into the caller's own system: fields that differ are set, members and groups that are missing are made,
 * members are added to groups, and switches at other times are added. Nothing is deleted. Members and groups are found by id, else
 * by exact name.
 *
 * Where the file has only what is public of an object (`publicOnly`), nothing is cleared or renamed. Settings that the API
 * does not return (`card_show_color_hex`) can't be compared: they are set together with others only.
 *
 * It makes only what is missing: an import that was stopped goes on where it was when it is called again. All requests are
 * paced: three changes a second, so that 5,000 switches take half an hour. The bot's `pk;import` is faster.
 *
 * What the API can't set is ignored: message counts, the times of creation, accounts, the webhook, and the autoproxy of members.
 *
 * Do not run two imports into one system at the same time: both would create what is missing.
 *
 * @param file - the result of `readExportFile`
 * @throws ImportError where changes failed, with each of them, or where `onProgress` threw; what reading the system throws;
 * before any change MissingScopeError where an API key lacks scopes for the import; before any request TypeError where an
 * option or the file is wrong, and TypeError or RangeError where a timestamp is invalid
 * @example
 * const { changes } = await importSystem(pk, readExportFile(text), { dryRun: true });
 */
export async function importSystem(
  pk: PluralKit,
  file: ExportFile,
  options: ImportOptions = {},
): Promise<ImportResult> {
  assertClient(pk);
  checkOptions(options, checks);
  if (!isExportFile(file)) throw new TypeError('file must be the result of readExportFile');
  const { signal, onProgress, dryRun = false, confirm } = options;
  // What a key can't see would be created again.
  assertScopes(pk, ownerScopes, 'to read the whole system');
  const owner = pk.with({ view: 'owner' });
  const plan = await planImport(owner, file, { signal });
  const { changes } = plan;
  if (dryRun || changes.length === 0) return { changes, done: 0 };
  assertScopes(pk, scopesOf(changes), 'to make the changes');
  if (confirm && !(await confirm(changes))) return { changes, done: 0 };
  const writer = createWriter(owner, file, plan, { signal });
  const failed: FailedChange[] = [];
  const count = counter(changes);
  let done = 0;
  for (const [index, change] of changes.entries()) {
    const pending = changes.length - index - 1;
    try {
      await writer(change);
      done++;
    } catch (error) {
      failed.push({ change, error });
      if (!(isOfOne(error) || error instanceof NotCreatedError))
        throw new ImportError(failed, done, pending, error);
    }
    try {
      emit(onProgress, count(change));
    } catch (error) {
      throw new ImportError(failed, done, pending, error);
    }
  }
  if (failed.length > 0) throw new ImportError(failed, done, 0, failed.at(-1)?.error);
  return { changes, done };
}

/** A file that was parsed only has neither `format` nor `fields`. */
function isExportFile(file: unknown): boolean {
  return isObject(file) && 'format' in file && isObject(file.system) && 'fields' in file.system;
}

/** @throws MissingScopeError */
function assertScopes({ key }: PluralKit, scopes: readonly string[], purpose: string): void {
  const missing = key ? scopes.filter((scope) => !hasScope(key.scopes, scope)) : [];
  if (missing.length > 0) throw new MissingScopeError(missing, purpose);
}

/** Returns a function that counts changes by part. */
function counter(changes: readonly Change[]): (change: Change) => Progress {
  const totals = new Map<Part, number>();
  for (const { part } of changes) totals.set(part, (totals.get(part) ?? 0) + 1);
  const counts = new Map<Part, number>();
  return ({ part }) => {
    const done = (counts.get(part) ?? 0) + 1;
    counts.set(part, done);
    return { part, done, total: totals.get(part) ?? done };
  };
}
