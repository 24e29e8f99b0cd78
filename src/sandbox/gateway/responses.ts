import { ApiError, internalServerError } from '../operations/errors.ts';
import type { Reply } from '../operations/reply.ts';
import { type Headers, headersOf } from './common-headers.ts';

const encoder = new TextEncoder();

/** Statuses whose responses have no body; nor a type and a length of one. */
const statusesWithoutBody: ReadonlySet<number> = new Set([204, 205, 304]);

/** A reply as it can be sent: a fault or an example may give a body to a status that has none. */
export function sendable(reply: Reply): Reply {
  const { type: _, body: __, ...rest } = reply;
  return statusesWithoutBody.has(reply.status) ? rest : reply;
}

/** @param headers - as `headersOf` gives them */
export function respond(reply: Reply, headers: Headers = headersOf(reply)): Response {
  const { status, type, body = null } = reply;
  // A text would be given a type of its own, bytes are not.
  const content = type === undefined && typeof body === 'string' ? encoder.encode(body) : body;
  return new Response(content, { status, headers });
}

function errorReply(error: ApiError): Reply {
  return { status: error.status, type: 'application/json', body: JSON.stringify(error) };
}

/** What the gateway says of paths outside the versions that it serves. */
export function gatewayText(status: number, message: string): Reply {
  return { status, type: 'text/plain; charset=utf-8', body: JSON.stringify({ message, code: 0 }) };
}

/** The response where the gateway cannot reach what stands behind it. */
export function failedReply(): Reply {
  return errorReply(internalServerError());
}

/** @param traceId - a trace id as W3C describes it */
export function unsupportedMediaType(traceId: string): Reply {
  const type = 'https://tools.ietf.org/html/rfc9110#section-15.5.16';
  const body = JSON.stringify({ type, title: 'Unsupported Media Type', status: 415, traceId });
  return { status: 415, type: 'application/problem+json; charset=utf-8', body };
}

/** The response to what an operation threw: only errors of the API are let out. */
export function replyToError(error: unknown): Reply {
  if (error instanceof ApiError) return errorReply(error);
  throw error;
}
