import type { SandboxResponse } from '../http/messages.ts';
import { ApiError, internalServerError } from '../operations/errors.ts';
import type { Reply } from '../operations/reply.ts';
import { type Headers, headersOf } from './common-headers.ts';

/** Statuses whose responses have no body; nor a type and a length of one. */
const statusesWithoutBody: ReadonlySet<number> = new Set([204, 205, 304]);

/**
 * A reply as it is sent, without the body that a fault or an example may give to a status that has none.
 *
 * @param headers - those that the gateway adds to this response
 */
export function responseTo(reply: Reply, headers: Headers = {}): SandboxResponse {
  if (statusesWithoutBody.has(reply.status)) {
    const { type: _, body: __, ...rest } = reply;
    return { status: reply.status, headers: headersOf(rest, headers) };
  }
  const { status, body } = reply;
  return { status, headers: headersOf(reply, headers), ...(body !== undefined && { body }) };
}

function errorReply(error: ApiError): Reply {
  return { status: error.status, type: 'application/json', body: JSON.stringify(error) };
}

/** The gateway's response to paths outside its versions. */
export function gatewayText(status: number, message: string): Reply {
  return { status, type: 'text/plain; charset=utf-8', body: JSON.stringify({ message, code: 0 }) };
}

/** The response where the gateway cannot reach the API. */
export function failedReply(): Reply {
  return errorReply(internalServerError());
}

/** @param traceId - a trace id as W3C describes it */
export function unsupportedMediaType(traceId: string): Reply {
  const type = 'https://tools.ietf.org/html/rfc9110#section-15.5.16';
  const body = JSON.stringify({ type, title: 'Unsupported Media Type', status: 415, traceId });
  return { status: 415, type: 'application/problem+json; charset=utf-8', body };
}

/** The response to an exception of an operation; other errors than the API's are defects. */
export function replyToError(error: unknown): Reply {
  if (error instanceof ApiError) return errorReply(error);
  throw error;
}
