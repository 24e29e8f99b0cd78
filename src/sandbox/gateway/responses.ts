import { ApiError } from '../operations/errors.ts';
import type { Reply } from '../operations/reply.ts';

const rateLimitHeaders = [
  'X-RateLimit-Limit',
  'X-RateLimit-Remaining',
  'X-RateLimit-Reset',
  'X-RateLimit-Scope',
];

/** On every answer. */
const commonHeaders: Readonly<Record<string, string>> = {
  'X-PluralKit-Version': '44f244b4',
  'Access-Control-Allow-Origin': '*',
  'Access-Control-Expose-Headers': ['X-PluralKit-Version', ...rateLimitHeaders].join(', '),
};

/** What browsers ask for before they let a page send a request. */
const preflightHeaders: Readonly<Record<string, string>> = {
  'Access-Control-Allow-Methods': '*',
  'Access-Control-Allow-Credentials': 'true',
  'Access-Control-Allow-Headers': 'Content-Type, Authorization, User-Agent, Prefer, sentry-trace',
  'Access-Control-Max-Age': '86400',
};

const encoder = new TextEncoder();

type ReplyHeaders = Readonly<Record<string, string>>;

/** The headers of an answer: those that all have, its type, and its own. */
export function headersOf({ type }: Reply, headers: ReplyHeaders = {}): ReplyHeaders {
  return { ...commonHeaders, ...headers, ...(type !== undefined && { 'Content-Type': type }) };
}

/** @param headers - as `headersOf` gives them */
export function respond(reply: Reply, headers: ReplyHeaders = headersOf(reply)): Response {
  const { status, type, body = null } = reply;
  // A text would be given a type of its own, bytes are not.
  const content = type === undefined && typeof body === 'string' ? encoder.encode(body) : body;
  return new Response(content, { status, headers });
}

/** The answer to OPTIONS. */
export function respondToPreflight(): Response {
  const reply = { status: 200 };
  return respond(reply, headersOf(reply, preflightHeaders));
}

function errorReply(error: ApiError): Reply {
  return { status: error.status, type: 'application/json', body: JSON.stringify(error) };
}

/** What the gateway says of paths that are no longer, or not yet, there. */
export function gatewayText(status: number, message: string): Reply {
  return { status, type: 'text/plain; charset=utf-8', body: JSON.stringify({ message, code: 0 }) };
}

/** @param traceId - a trace id as W3C describes it */
export function unsupportedMediaType(traceId: string): Reply {
  const type = 'https://tools.ietf.org/html/rfc9110#section-15.5.16';
  const body = JSON.stringify({ type, title: 'Unsupported Media Type', status: 415, traceId });
  return { status: 415, type: 'application/problem+json; charset=utf-8', body };
}

/** The answer to what an operation threw: only errors of the API are let out. */
export function replyToError(error: unknown): Reply {
  if (error instanceof ApiError) return errorReply(error);
  throw error;
}
