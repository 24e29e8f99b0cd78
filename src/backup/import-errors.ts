import type { Change } from './plan.ts';

/** One change that the server rejected, or that needs another one that failed. */
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

  constructor(failed: readonly FailedChange[], done: number, pending: number, cause?: unknown) {
    super(describeFailure(failed.length, done, pending), { cause });
    this.failed = failed;
    this.done = done;
    this.pending = pending;
  }
}

function describeFailure(failed: number, done: number, pending: number): string {
  const total = failed + done + pending;
  if (failed === 0) return `onProgress failed after ${done} of ${total} changes`;
  return `${failed} of ${total} changes failed${pending > 0 ? `; ${pending} were not tried` : ''}`;
}

/** An API key lacks scopes that an import needs. Nothing was changed. */
export class MissingScopeError extends Error {
  override readonly name = 'MissingScopeError';
  /** Such as `write:members`. */
  declare readonly scopes: readonly string[];

  constructor(scopes: readonly string[], purpose: string) {
    super(`The API key lacks ${scopes.join(', ')}, which the import needs ${purpose}`);
    this.scopes = scopes;
  }
}

/** A change that was not tried, because it needs a member or group that was not created. */
export class NotCreatedError extends Error {
  override readonly name = 'NotCreatedError';
}
