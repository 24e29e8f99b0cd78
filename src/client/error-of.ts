import { errorNames } from '../../generated/v2/error-names.ts';
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
import { isObject } from './json.ts';

const classes: Readonly<Record<number, typeof PluralKitError>> = {
  400: ValidationError,
  401: UnauthorizedError,
  404: NotFoundError,
};

/**
 * Makes an error of an answer.
 *
 * @param body - parsed where it is JSON
 * @param missingScope - the scope that an API key lacks, where that is the reason
 */
export function errorOf(
  request: FailedRequest,
  status: number,
  body: unknown,
  retryAfter: number,
  missingScope: string | null,
): PluralKitError {
  const { code, message, title, errors } = isObject(body) ? body : {};
  const fields = readFields(errors);
  const failure: Failure = {
    request,
    status,
    ...(typeof code === 'number' && { code }),
    codeName: errorNames[Number(code) || status],
    errors: fields,
  };
  const text = String(message ?? title ?? `The server answered ${status}`).replace(/\.$/, '');
  const details = Object.entries(fields).map(
    ([field, problems]) => `${field}: ${problems.map((problem) => problem.message).join(' ')}`,
  );
  const sentence = [text, ...details].join(' – ');
  if (status === 403) return new ForbiddenError(sentence, failure, missingScope);
  if (status === 429) return new RateLimitedError(sentence, failure, retryAfter);
  const Class = classes[status] ?? (status < 500 ? PluralKitError : ServerError);
  return new Class(sentence, failure);
}

/** The fields with what is wrong with each, as far as it is told in the way that is known. */
function readFields(errors: unknown): Record<string, FieldError[]> {
  const fields: Record<string, FieldError[]> = {};
  for (const [field, problems] of Object.entries(isObject(errors) ? errors : {})) {
    fields[field] = Array.isArray(problems) ? problems.filter(isFieldError) : [];
  }
  return fields;
}

function isFieldError(value: unknown): value is FieldError {
  return isObject(value) && typeof value.message === 'string';
}
