import { errorNames } from '../../generated/v2/error-names.ts';
import type { ErrorCodeName, errorCodes } from '../../generated/v2/operations.ts';
import { thereIsNo, wordOf } from '../models/nearest.ts';

/** A problem of one field of a body. Lengths are UTF-16 code units. */
export interface FieldError {
  readonly message: string;
  readonly max_length?: number;
  readonly actual_length?: number;
}

/** The request that failed. It never holds a token. */
export interface FailedRequest {
  readonly method: string;
  /** With the query, without the server's base path. */
  readonly path: string;
}

/** The facts of a failure. */
export interface Failure {
  readonly request: FailedRequest;
  readonly status?: number;
  readonly code?: number | null;
  readonly codeName?: ErrorCodeName | null;
  readonly errors?: Readonly<Record<string, readonly FieldError[]>>;
  /** Only for a {@link ForbiddenError}. */
  readonly missingScope?: string | null;
  /** Only for a {@link RateLimitedError}. */
  readonly retryAfter?: number;
  readonly cause?: unknown;
}

/**
 * A failed call of the API. Its subclasses distinguish failures by meaning, {@link isPluralKitError} by the name of their
 * code.
 */
export class PluralKitError extends Error {
  override readonly name: string = 'PluralKitError';
  /** The HTTP status; null where no response came. */
  declare readonly status: number | null;
  /** The API's own code; null where the response has none, such as that of a proxy. */
  declare readonly code: number | null;
  /**
   * The name that the document gives to the code, or to the status of a response with code 0. Null where the response is not
   * the API's own: a proxy may respond with 403 or 429, too.
   */
  declare readonly codeName: ErrorCodeName | null;
  /** The problems by field of the body. Fields within `privacy` are beside all others. */
  declare readonly errors: Readonly<Record<string, readonly FieldError[]>>;
  declare readonly request: FailedRequest;

  constructor(message: string, { cause, ...known }: Failure) {
    const { request, status, code } = known;
    super(
      `${message} (${[`${request.method} ${request.path}`, status, code].filter(Boolean).join(', ')})`,
      // Node.js prints a cause that is undefined, too.
      cause === undefined ? cause : { cause },
    );
    Object.assign(this, { status: null, code: null, codeName: null, errors: {}, ...known });
  }

  /** For logs: all facts but the stack and the cause. */
  toJSON(): object {
    return { ...this, message: this.message };
  }
}

/** 404: the object does not exist, or is hidden from the caller. */
export class NotFoundError extends PluralKitError {
  override readonly name = 'NotFoundError';
}

/** 401: the token is missing or wrong. */
export class UnauthorizedError extends PluralKitError {
  override readonly name = 'UnauthorizedError';
}

/** 403: it is private, or belongs to another system, or an API key lacks a scope. */
export class ForbiddenError extends PluralKitError {
  override readonly name = 'ForbiddenError';
  /** The scope that the client's API key lacks for the request, such as `write:members`. */
  declare readonly missingScope: string | null;
}

/** 400: the body or the reference is invalid; see `errors`. */
export class ValidationError extends PluralKitError {
  override readonly name = 'ValidationError';
}

/** 429: too many requests, and all retries are used up. */
export class RateLimitedError extends PluralKitError {
  override readonly name = 'RateLimitedError';
  /** Milliseconds until the server would take the next request. */
  declare readonly retryAfter: number;
}

/** The server failed (5xx), or the response is not one of this API: empty, no JSON, or a redirect. */
export class ServerError extends PluralKitError {
  override readonly name = 'ServerError';
}

/** No response: there was no connection, or it broke. */
export class NetworkError extends PluralKitError {
  override readonly name = 'NetworkError';
}

/** No response in time. */
export class TimeoutError extends PluralKitError {
  override readonly name = 'TimeoutError';
}

/** The call's signal was aborted; its reason is the `cause`. */
export class AbortedError extends PluralKitError {
  override readonly name = 'AbortedError';
}

type CodeOf<Name extends ErrorCodeName> = (typeof errorCodes)[Name];

/** An error with a known code. */
export type NamedError<Name extends ErrorCodeName> = Name extends ErrorCodeName
  ? PluralKitError & {
      readonly codeName: Name;
      readonly code: CodeOf<Name>['code'];
      readonly status: CodeOf<Name>['status'];
    }
  : never;

/** Split at the first use: bots ask for each message that is not found. */
let knownNames: readonly string[] | undefined;

/**
 * Tells whether an exception is an error of this API, and which one.
 *
 * @param error - anything
 * @param codeNames - the names that count; without any, every error of this API does
 * @throws TypeError where there is no error of a name
 * @example
 * if (isPluralKitError(error, 'MemberNotFound')) return null;
 */
export function isPluralKitError(error: unknown): error is PluralKitError;
export function isPluralKitError<const Name extends ErrorCodeName>(
  error: unknown,
  ...codeNames: readonly Name[]
): error is NamedError<Name>;
export function isPluralKitError(error: unknown, ...codeNames: readonly ErrorCodeName[]): boolean {
  knownNames ??= errorNames.match(/[a-z]+/gi) ?? [];
  for (const name of codeNames)
    if (!knownNames.includes(name)) throw new TypeError(thereIsNo('error name', wordOf(name), knownNames));
  if (!(error instanceof PluralKitError)) return false;
  return codeNames.length === 0 || (error.codeName !== null && codeNames.includes(error.codeName));
}
