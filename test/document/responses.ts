/**
 * Holds recorded responses against the document.
 */

import type { Exchange, RecordedResponse } from '../../scripts/lib/recordings.ts';
import { type Contract, describeErrors, mediaTypeOf, type Operation } from './contract.ts';
import { routingRuleFor } from './routing.ts';

export type ResponseVerdict =
  | { readonly kind: 'valid'; readonly operation: Operation }
  | {
      readonly kind: 'invalid';
      readonly operation: Operation | undefined;
      readonly faults: readonly string[];
    }
  /** Belongs to no operation, and is what the rule of that name expects. */
  | { readonly kind: 'routing'; readonly rule: string }
  /** A 500: a defect of the server, where a clear 400 or 404 is right. */
  | { readonly kind: 'defect'; readonly operation: Operation };

export function judgeResponse(exchange: Exchange, contract: Contract): ResponseVerdict {
  const { request, response } = exchange;
  const rule = routingRuleFor(exchange, contract);
  if (rule) {
    if (rule.expects(response, exchange, contract)) return { kind: 'routing', rule: rule.name };
    const faults = [`status ${response.status}, against the routing rule “${rule.name}”`];
    return { kind: 'invalid', operation: undefined, faults };
  }
  const operation = operationOf(exchange, contract);
  if (!operation) {
    return { kind: 'invalid', operation, faults: [`no operation for ${request.method} ${request.path}`] };
  }
  if (response.status === 500 && !operation.responses.has(500)) return { kind: 'defect', operation };
  const faults = faultsOf(response, operation);
  if (faults.length > 0) return { kind: 'invalid', operation, faults };
  return { kind: response.status === 500 ? 'defect' : 'valid', operation };
}

function operationOf({ request }: Exchange, contract: Contract): Operation | undefined {
  const match = contract.match(request.method, request.path);
  return match && contract.operations.get(match.operation.operationId);
}

/**
 * The media type of a response. Version 1 sends its generic errors with no Content-Type: they count as the JSON that
 * they are.
 */
export function recordedMediaType({ type, body }: RecordedResponse): string | undefined {
  if (type !== undefined) return mediaTypeOf(type);
  return body === undefined ? undefined : 'application/json';
}

function faultsOf(response: RecordedResponse, operation: Operation): readonly string[] {
  const bodies = operation.responses.get(response.status);
  if (!bodies) return [`status ${response.status} is not documented`];
  const mediaType = recordedMediaType(response);
  if (response.body === undefined) {
    return bodies.size === 0 ? [] : ['the body is empty, and one is documented'];
  }
  if (bodies.size === 0) return ['no body is documented'];
  const body = mediaType && bodies.get(mediaType);
  if (!body) return [`content type ${mediaType} is not documented for status ${response.status}`];
  return describeErrors(body.checkClosed(response.body));
}
