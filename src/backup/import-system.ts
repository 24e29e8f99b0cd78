import { ForbiddenError, isPluralKitError, NotFoundError, ValidationError } from '../client/errors.ts';
import type { PluralKit } from '../client/pluralkit.ts';
import { checkOptions, is, type OptionChecks } from '../models/check-options.ts';
import type { ExportFile } from '../models/export/index.ts';
import { type Change, type ImportPlan, planImport } from './plan.ts';
import type { Part, Progress } from './progress.ts';

export interface ImportOptions {
  readonly signal?: AbortSignal | undefined;
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

/** One change that the server rejected. */
export interface FailedChange {
  readonly change: Change;
  readonly error: unknown;
}

/** An import that is not complete. What was done stays done; the same import again makes what is missing. */
export class ImportError extends Error {
  override readonly name = 'ImportError';
  declare readonly failed: readonly FailedChange[];
  /** How many changes were made. */
  declare readonly done: number;
  /** How many were not tried, since they would have failed, too. */
  declare readonly pending: number;

  constructor(failed: readonly FailedChange[], done: number, pending: number) {
    const stopped = pending > 0 ? `; ${pending} were not tried` : '';
    super(`${failed.length} of ${failed.length + done + pending} changes failed${stopped}`, {
      cause: failed.at(-1)?.error,
    });
    this.failed = failed;
    this.done = done;
    this.pending = pending;
  }
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
 * @param file - of `readExportFile`
 * @throws ImportError where a change failed, with each of them; what reading the system throws; before any request TypeError
 * where an option is wrong, or where an API key can't see all of the system, as what it can't see would be created again,
 * and TypeError or RangeError where a timestamp is invalid
 * @example
 * const { changes } = await importSystem(pk, readExportFile(text), { dryRun: true });
 */
export async function importSystem(
  pk: PluralKit,
  file: ExportFile,
  options: ImportOptions = {},
): Promise<ImportResult> {
  checkOptions(options, checks);
  const { signal, onProgress, dryRun = false, confirm } = options;
  const owner = pk.with({ view: 'owner' });
  const plan = await planImport(owner, file, { signal });
  const { changes } = plan;
  if (dryRun || changes.length === 0 || (confirm && !(await confirm(changes)))) return { changes, done: 0 };
  const writer = createWriter(owner, file, plan, { signal });
  const failed: FailedChange[] = [];
  const count = counter(changes);
  let done = 0;
  for (const [index, change] of changes.entries()) {
    try {
      await writer(change);
      done++;
    } catch (error) {
      failed.push({ change, error });
      const isOfChange =
        error instanceof ValidationError || error instanceof NotFoundError || error instanceof ForbiddenError;
      if (!isOfChange) throw new ImportError(failed, done, changes.length - index - 1);
    }
    onProgress?.(count(change));
  }
  if (failed.length > 0) throw new ImportError(failed, done, 0);
  return { changes, done };
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

/** Makes changes, and remembers the ids of what was made. */
function createWriter(
  pk: PluralKit,
  file: ExportFile,
  plan: ImportPlan,
  options: { readonly signal: AbortSignal | undefined },
): (change: Change) => Promise<unknown> {
  const members = new Map(plan.members);
  const groups = new Map(plan.groups);
  const indexes = new Map(file.members.map(({ id }, index) => [id, index]));
  const memberIds = (ids: readonly string[]) =>
    ids.map((id) => members.get(indexes.get(id) ?? -1) ?? missing(`the member ${id}`));
  return async (change) => {
    switch (change.part) {
      case 'system':
        return pk.systems.update('@me', change.patch, options);
      case 'settings':
        return pk.settings.updateSystem('@me', change.patch, options);
      case 'members': {
        const own = members.get(change.index);
        if (own) return pk.members.update(own, change.patch, options);
        const made = await pk.members.create({ ...change.patch, name: change.name }, options);
        members.set(change.index, made.id);
        return made;
      }
      case 'groups': {
        const own = groups.get(change.index);
        if (change.action === 'create') {
          const made = await pk.groups.create({ ...change.patch, name: change.name }, options);
          groups.set(change.index, made.id);
          return made;
        }
        if (!own) return missing(`the group ${change.name}`);
        return 'patch' in change
          ? pk.groups.update(own, change.patch, options)
          : pk.groups.addMembers(own, memberIds(change.members), options);
      }
      case 'switches': {
        const body = { members: memberIds(change.members), timestamp: change.name };
        try {
          return await pk.switches.create('@me', body, options);
        } catch (error) {
          // Another program has registered it meanwhile.
          if (isPluralKitError(error, 'SameSwitchTimestamp')) return;
          throw error;
        }
      }
    }
  };
}

/** The error for an object that could not be created, or that the file lacks. */
function missing(what: string): never {
  const request = { method: 'GET', path: '/systems/@me' };
  throw new NotFoundError(`The system does not have ${what}`, { request });
}
