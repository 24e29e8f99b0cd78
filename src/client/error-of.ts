import { errorNames } from '../../generated/v2/error-names.ts';
import type { ErrorCodeName } from '../../generated/v2/operations.ts';
import { isObject } from '../models/is-object.ts';
import {
  type FailedRequest,
  type Failure,
  type FieldError,
  ForbiddenError,
  NotFoundError,
  PluralKitError,
  RateLimitedError,
  ServerError,
  UnauthorizedError,
  ValidationError,
} from './errors.ts';

const classes: Readonly<Record<number, typeof PluralKitError>> = {
  400: ValidationError,
  401: UnauthorizedError,
  404: NotFoundError,
};

/**
 * Makes an error of a response.
 *
 * @param body - parsed where it is JSON
 * @param missingScope - the scope that an API key lacks, where that is the reason
 * @param hint - what the caller may have done wrong
 */
export function errorOf(
  request: FailedRequest,
  status: number,
  body: unknown,
  retryAfter: number,
  missingScope: string | null,
  hint: string | undefined,
): PluralKitError {
  const { code, message, title, errors } = isObject(body) ? body : {};
  const fields = readFields(errors);
  const failure: Failure = {
    request,
    status,
    ...(typeof code === 'number' && { code }),
    codeName: codeNameOf(body, status),
    errors: fields,
  };
  const text = String(message ?? title ?? `The server responded with ${status}`).replace(/\.$/, '');
  const details = Object.entries(fields).map(
    ([field, problems]) => `${field}: ${problems.map((problem) => problem.message).join(' ')}`,
  );
  const sentence = [text, ...details, ...(hint ? [hint] : [])].join(' – ');
  if (status === 403) return new ForbiddenError(sentence, failure, missingScope);
  if (status === 429) return new RateLimitedError(sentence, failure, retryAfter);
  const Class = classes[status] ?? (status < 500 ? PluralKitError : ServerError);
  return new Class(sentence, failure);
}

/** A proxy's response has no name: it is no JSON, or has another code. */
function codeNameOf(body: unknown, status: number): ErrorCodeName | undefined {
  if (!isObject(body)) return undefined;
  const { code } = body;
  if (code === undefined) return errorNames[-status];
  // Other small numbers are statuses, as proxies repeat them.
  return code === 0 ? errorNames[status] : Number(code) > 999 ? errorNames[Number(code)] : undefined;
}

/** The fields with what is wrong with each, as far as the body says so in the documented form. */
function readFields(errors: unknown): Record<string, FieldError[]> {
  const fields = Object.entries(isObject(errors) ? errors : {});
  return Object.fromEntries(
    fields.map(([field, problems]) => [field, Array.isArray(problems) ? problems.filter(isFieldError) : []]),
  );
}

function isFieldError(value: unknown): value is FieldError {
  return isObject(value) && typeof value.message === 'string';
}
