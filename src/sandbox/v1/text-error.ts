import { ApiError } from '../operations/errors.ts';
import type { Reply } from '../operations/reply.ts';
import type { Report } from '../validation/report.ts';

/** An error response as version 1 puts it: a sentence as plain text. */
export class TextError extends Error {
  override readonly name = 'TextError';
  readonly status: number;

  constructor(status: number, message: string) {
    super(message);
    this.status = status;
  }
}

/** Version 1 tells of the first fault only. */
export function throwFirst(report: Report): void {
  const { first } = report;
  if (first === undefined) {
    report.throwIfAny();
    return;
  }
  const { field, error } = first;
  throw new TextError(
    400,
    error.max_length === undefined
      ? error.message
      : `Field ${field} is too long (${error.actual_length} > ${error.max_length}).`,
  );
}

/** The response to what an operation threw; errors of the API itself carry no type here. */
export function replyToTextError(error: unknown): Reply {
  if (error instanceof TextError) {
    return { status: error.status, type: 'text/plain; charset=utf-8', body: error.message };
  }
  if (error instanceof ApiError) {
    return error.status === 401 ? { status: 401 } : { status: error.status, body: JSON.stringify(error) };
  }
  throw error;
}
