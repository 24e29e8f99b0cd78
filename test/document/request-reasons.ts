/**
 * Why the document forbids what the server takes, or allows what it rejects: what JSON Schema cannot say, or what would
 * mislead if it were said.
 */
import type { ErrorObject } from 'ajv/dist/2020.js';
import { isObject } from '../../scripts/lib/recordings.ts';
import type { RequestVerdict } from './requests.ts';

export interface RequestReason {
  readonly reason: string;
  readonly covers: (verdict: RequestVerdict) => boolean;
}

export const requestReasons: readonly RequestReason[] = [
  {
    reason:
      'Coercion: numbers, texts and booleans are turned into one another; careful callers send the type that is meant',
    covers: taken(
      (error, value) => isScalar(value) && isAboutType(error, value) && !isAt('proxy_switch')(error),
    ),
  },
  {
    reason: 'Any unknown `proxy_switch` is taken as `off`; careful callers send a known one',
    covers: taken(isAt('proxy_switch')),
  },
  {
    reason: 'What is no object in a list of proxy tags is dropped; there is no use in sending it',
    covers: taken(({ instancePath }) => /^\/proxy_tags\/\d+$/.test(instancePath)),
  },
  {
    reason: 'An empty `limit` counts as none; careful callers omit it',
    covers: taken(({ instancePath }) => instancePath === '/query/limit'),
  },
  {
    reason:
      'Autoproxy: which member may be set, and whether one must be, hangs on the mode that is set already',
    covers: ({ taken, operation }) => !taken && operation.operationId === 'updateAutoproxySettings',
  },
  {
    reason: 'UTF-16: the server counts code units, JSON Schema characters; an emoji is two units or more',
    covers: (verdict) =>
      !verdict.taken &&
      invalidFields(verdict).some(([, { max_length: limit }]) => limit !== undefined) &&
      /[\u{10000}-\u{10ffff}]/u.test(JSON.stringify(verdict.exchange.request.body)),
  },
  {
    reason: 'Proxy tags: prefix and suffix have a limit together, and no schema can add lengths up',
    covers: (verdict) => !verdict.taken && invalidFields(verdict).some(([field]) => field === 'proxy_tags'),
  },
  {
    reason: 'Ids over 64 bits: a pattern can limit digits, not values',
    covers: ({ taken, exchange }) => !taken && /\/\d{19,}(?:[/?]|$)/.test(exchange.request.path),
  },
  {
    reason:
      'The same reference twice fails only where it is not in the list yet, which no schema can say; elsewhere it is valid',
    covers: ({ taken, exchange }) =>
      !taken &&
      /\/(?:groups|members)\/(?:add|overwrite)$/.test(exchange.request.path) &&
      hasDuplicates(exchange.request.body),
  },
];

export function reasonFor(verdict: RequestVerdict): string | undefined {
  return requestReasons.find(({ covers }) => covers(verdict))?.reason;
}

/** Covers a request that the server took although the document forbids it, where all errors are of one kind. */
function taken(isOfKind: (error: ErrorObject, value: unknown) => boolean): RequestReason['covers'] {
  return ({ taken, errors, exchange }) =>
    taken && errors.every((error) => isOfKind(error, valueAt(exchange.request.body, error.instancePath)));
}

function hasDuplicates(body: unknown): boolean {
  return Array.isArray(body) && new Set(body).size < body.length;
}

function isAt(field: string): (error: ErrorObject) => boolean {
  return ({ instancePath }) => instancePath.split('/')[1] === field;
}

function isScalar(value: unknown): boolean {
  return ['string', 'number', 'boolean'].includes(typeof value);
}

/** A wrong type brings errors of compositions along; a text is a matter of its form where more than `type` is wrong. */
function isAboutType({ keyword }: ErrorObject, value: unknown): boolean {
  return keyword === 'type' || (typeof value !== 'string' && ['anyOf', 'oneOf', 'format'].includes(keyword));
}

function valueAt(body: unknown, pointer: string): unknown {
  let value = body;
  for (const key of pointer.split('/').slice(1)) {
    value = isObject(value) || Array.isArray(value) ? Reflect.get(value, key) : undefined;
  }
  return value;
}

/** What an error response with code 40001 says of each field. */
function invalidFields({
  exchange,
}: RequestVerdict): (readonly [field: string, error: Record<string, unknown>])[] {
  const { body } = exchange.response;
  const errors = isObject(body) && isObject(body.errors) ? body.errors : {};
  return Object.entries(errors).flatMap(([field, list]) =>
    (Array.isArray(list) ? list : []).flatMap((error: unknown) =>
      isObject(error) ? [[field, error] as const] : [],
    ),
  );
}
