import type { Targets } from '../gateway/references.ts';
import { unsupportedMediaType } from '../gateway/responses.ts';
import type { Route } from '../gateway/routes.ts';
import type { Exchange } from '../journal/journal.ts';
import { parseJson } from '../json/parse.ts';
import { JsonSyntaxError } from '../json/syntax-error.ts';
import type { JsonToken } from '../json/token.ts';
import type { Access } from '../keys/access.ts';
import type { Store } from '../store/store.ts';
import { Call, type Services } from './call.ts';
import { badRequest, forbidden, payloadTooLarge, unauthorized } from './errors.ts';
import type { Bytes, Reply } from './reply.ts';

/** A request that the gateway has let through to the API. */
export interface ForwardedRequest {
  readonly route: Route;
  readonly store: Store;
  readonly access: Access;
  readonly parameters: Readonly<Record<string, string>>;
  readonly targets: Targets;
  /** Path and query, as they came. */
  readonly target: string;
  readonly contentType: string;
  /** The body; null where it is too large, undefined where the operation takes none. */
  readonly bytes: Bytes | null | undefined;
  readonly exchange: Exchange;
}

/** Bytes of a body that the API takes. */
export const largestBody = 1_000_000;
const jsonType = /^(application\/([^;]*\+)?json|text\/json)\s*(;|$)/i;
const decoder = new TextDecoder();

/**
 * Handles a request as the API behind the gateway: checks its content type, body and the key's scopes, and runs the operation.
 *
 * @throws {ApiError} as the operation does
 */
export function runOperation(request: ForwardedRequest, services: Services): Reply {
  const { route, store, access, parameters, targets, target, contentType, bytes, exchange } = request;
  if (route.tokenFirst && access.viewer === undefined) throw unauthorized();
  if (route.hasBody && !jsonType.test(contentType)) return unsupportedMediaType(newTraceId(services));
  const body = bytes === undefined ? null : parseBody(bytes, exchange);
  if (route.keyNeed !== null && !access.allows(route.keyNeed)) throw forbidden();
  const part = route.part ?? 'all';
  return route.handler(new Call({ store, services, access, part, parameters, targets, target, body }));
}

/** @throws {ApiError} 413 where the body is too large, 400 where it is no JSON */
function parseBody(bytes: Bytes | null, exchange: Exchange): JsonToken {
  if (bytes === null) throw payloadTooLarge();
  const text = decoder.decode(bytes);
  exchange.requestBody = text;
  try {
    return parseJson(text);
  } catch (error) {
    if (error instanceof JsonSyntaxError) throw badRequest();
    throw error;
  }
}

function newTraceId({ ids }: Services): string {
  const hex = () => ids.uuid().replaceAll('-', '');
  return `00-${hex()}-${hex().slice(0, 16)}-00`;
}
