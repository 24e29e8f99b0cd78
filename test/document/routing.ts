/**
 * Responses that belong to no operation: they come from the server's routing, before any operation is found, and the
 * document tells of them in its guide. Each rule says which requests it is about and what their response must be.
 */
import type { Exchange, RecordedResponse } from '../../scripts/lib/recordings.ts';
import { type Contract, mediaTypeOf } from './contract.ts';

export interface RoutingRule {
  readonly name: string;
  /** Measured on the real gateway after the recordings were made. */
  readonly unrecorded?: true;
  /** Whether the rule is about the request. The first such rule decides. */
  readonly appliesTo: (exchange: Exchange, contract: Contract) => boolean;
  /** Whether the response is the one that the rule gives. */
  readonly expects: (response: RecordedResponse, exchange: Exchange, contract: Contract) => boolean;
}

const methods = ['GET', 'PUT', 'POST', 'DELETE', 'PATCH'];

export const routingRules: readonly RoutingRule[] = [
  {
    name: 'OPTIONS gets 200 on any path, for CORS',
    appliesTo: ({ request }) => request.method === 'OPTIONS',
    expects: (response) => isEmpty(response, 200),
  },
  {
    name: 'Version 1 is gone: 410',
    appliesTo: ({ request }) => request.path.startsWith('/v1'),
    expects: (response) => isMessage(response, 410, 'Unsupported API version'),
  },
  {
    name: 'A path of version 1 under /v2: 400',
    appliesTo: ({ request }) => /^\/v2\/(?:[sm](?:[/?]|$)|(?:a|msg)\/)/.test(request.path),
    expects: (response) => isMessage(response, 400, 'Invalid path for API version'),
  },
  {
    name: 'The root redirects to the documentation: 303',
    unrecorded: true,
    appliesTo: ({ request }) => request.method === 'GET' && /^\/?(\?|$)/.test(request.path),
    expects: (response) => isEmpty(response, 303),
  },
  {
    name: 'Any other prefix: 400',
    appliesTo: ({ request }) => !/^\/(v2|private)/.test(request.path),
    expects: (response) => isMessage(response, 400, 'Unsupported API version'),
  },
  {
    name: 'A path that no operation has: 404, unless the reference in it gets a response first',
    appliesTo: ({ request }, contract) => allowedMethods(request.path, contract).length === 0,
    expects: (response) => isEmpty(response, 404) || isReferenceError(response),
  },
  {
    name: 'A path whose escapes are no UTF-8, or stand for NUL: 400, before everything else',
    unrecorded: true,
    appliesTo: ({ request }) => !isReadable(request.path),
    expects: ({ status, body }) => status === 400 && codeOf(body) === 0,
  },
  {
    name: 'A method that the path does not have: 405 with Allow, unless the reference is rejected first',
    appliesTo: ({ request }, contract) => !allowedMethods(request.path, contract).includes(request.method),
    expects: (response, { request }, contract) =>
      isReferenceError(response) ||
      (isEmpty(response, 405) && sameMethods(response.allow, allowedMethods(request.path, contract))),
  },
  {
    name: 'No User-Agent: 400 with no body, unless the reference is rejected first',
    appliesTo: ({ request }) => request.headers?.['user-agent'] === null,
    expects: (response) => isReferenceError(response) || isEmpty(response, 400),
  },
];

/** The rule that an exchange falls under; undefined when it belongs to an operation. */
export function routingRuleFor(exchange: Exchange, contract: Contract): RoutingRule | undefined {
  // Version 1 was recorded from the server alone, without the proxy that routes
  if (contract.version === 'v1') return undefined;
  return routingRules.find(({ appliesTo }) => appliesTo(exchange, contract));
}

/** Methods that the document has on a path; a GET can be asked for its head too. */
function allowedMethods(path: string, contract: Contract): string[] {
  const found = methods.filter((method) => contract.match(method, path));
  return found.includes('GET') ? [...found, 'HEAD'] : found;
}

function sameMethods(allow: string | undefined, expected: readonly string[]): boolean {
  const allowed = allow?.split(',').map((method) => method.trim()) ?? [];
  return allowed.sort().join() === [...expected].sort().join();
}

function isReadable(path: string): boolean {
  try {
    return !decodeURIComponent(path.replace(/\?.*/s, '')).includes('\0');
  } catch {
    return false;
  }
}

function isEmpty({ status, body, type }: RecordedResponse, expected: number): boolean {
  return status === expected && body === undefined && type === undefined;
}

function isMessage({ status, body, type }: RecordedResponse, expected: number, message: string): boolean {
  const isText = type !== undefined && mediaTypeOf(type) === 'text/plain';
  return status === expected && isText && JSON.stringify(body) === JSON.stringify({ message, code: 0 });
}

/** The token and the references in the path are looked at before the route. */
function isReferenceError({ status, body }: RecordedResponse): boolean {
  return status === 401 || (status === 404 && [20001, 20002, 20004].includes(Number(codeOf(body))));
}

function codeOf(body: RecordedResponse['body']): unknown {
  return body !== null && typeof body === 'object' && !Array.isArray(body) ? body.code : undefined;
}
