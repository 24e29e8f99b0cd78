import { errorNames } from '../../generated/v2/error-names.ts';
import type { ErrorCodeName } from '../../generated/v2/operations.ts';
import { isObject } from '../models/is-object.ts';
import {
  type FailedRequest,
  type FieldError,
  ForbiddenError,
  NotFoundError,
  PluralKitError,
  RateLimitedError,
  ServerError,
  UnauthorizedError,
  ValidationError,
} from './errors.ts';
import { mapValues } from './map-values.ts';
import { retryAfterOf } from './rate-limit.ts';

const classes: Readonly<Record<number, typeof PluralKitError>> = {
  400: ValidationError,
  401: UnauthorizedError,
  403: ForbiddenError,
  404: NotFoundError,
  429: RateLimitedError,
};

/**
 * Makes an error from a response.
 *
 * @param body - parsed where it is JSON
 * @param missingScope - the scope that an API key lacks, where that is the reason
 * @param hint - what the caller may have done wrong
 */
export function errorOf(
  request: FailedRequest,
  { status, headers }: Response,
  body: unknown,
  missingScope: string | null,
  hint: string | false,
): PluralKitError {
  const { code: told, message, title, errors } = isObject(body) ? body : {};
  const code = typeof told === 'number' ? told : null;
  const fields = readFields(errors);
  const details = Object.entries(fields).map(
    ([field, problems]) => `${field}: ${problems.map((problem) => problem.message).join(' ')}`,
  );
  const sentence = [
    [message, title, `The server responded with ${status}`]
      .find((text) => typeof text === 'string')
      ?.replace(/\.$/, ''),
    ...details,
    missingScope && `The API key lacks the scope ${missingScope}`,
    hint,
  ];
  const Class = classes[status] ?? (status < 500 ? PluralKitError : ServerError);
  return new Class(sentence.filter(Boolean).join(' – '), {
    request,
    status,
    code,
    // A proxy's response has no name: it is not JSON, or has another code, such as the status.
    codeName: isObject(body) ? codeNameOf(code || `${code ?? '00'}${status}`) : null,
    errors: fields,
    ...(status === 403 && { missingScope }),
    ...(status === 429 && { retryAfter: retryAfterOf(body, headers) }),
  });
}

/** @param key - as {@link errorNames} has it */
function codeNameOf(key: string | number): ErrorCodeName | null {
  const [, name] = new RegExp(` ${key}([A-Za-z]+)`).exec(errorNames) ?? [];
  // The table holds no other names.
  return (name as ErrorCodeName | undefined) ?? null;
}

/** The problems of each field, where the body has them in the documented form. */
function readFields(errors: unknown): Record<string, FieldError[]> {
  return mapValues(isObject(errors) ? errors : {}, (problems) =>
    Array.isArray(problems) ? problems.filter(isFieldError) : [],
  );
}

function isFieldError(value: unknown): value is FieldError {
  return isObject(value) && typeof value.message === 'string';
}
