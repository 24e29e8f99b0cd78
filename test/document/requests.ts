/**
 * Holds recorded requests against the document: does it allow what the server took, and forbid what it rejected?
 */
import type { ErrorObject } from 'ajv/dist/2020.js';
import { isObject, type Json } from '../../scripts/lib/recordings.ts';
import type { Contract, Operation, Parameter } from './contract.ts';
import type { LocatedExchange } from './exchanges.ts';

export interface RequestVerdict {
  readonly exchange: LocatedExchange;
  readonly operation: Operation;
  /** Whether the server took the request. Only 400s (and 500s, which should be) for the request itself reject it. */
  readonly taken: boolean;
  /** Why the document forbids it; empty when it does not. */
  readonly errors: readonly ErrorObject[];
}

/** Why an exchange says nothing about what may be sent. */
export type Omitted =
  | 'belongs to no operation'
  | 'the body is no JSON'
  | 'rejected for its content type (415)'
  | 'rejected for the caller, the reference or the state of things';

/**
 * Whether server and document agree on a request: its parameters, and its body where the operation takes one. Omitted is
 * what the server rejected for other reasons, since it may not have looked at the body.
 */
export function judgeRequest(exchange: LocatedExchange, contract: Contract): RequestVerdict | Omitted {
  const { request, response } = exchange;
  const match = contract.match(request.method, request.path);
  const operation = match && contract.operations.get(match.operation.operationId);
  if (!operation) return 'belongs to no operation';
  if (response.status === 415) return 'rejected for its content type (415)';
  const taken = takenOrRejected(exchange);
  if (taken === undefined) return 'rejected for the caller, the reference or the state of things';
  const sent = { path: match.path, query: Object.fromEntries(match.query) };
  const errors = operation.parameters.flatMap((parameter) => checkParameter(parameter, sent));
  if (operation.requestBodies.size === 0) return { exchange, operation, taken, errors };
  const body = operation.requestBodies.get('application/json');
  if (!body) throw new TypeError(`${operation.operationId} takes no JSON`);
  const json = bodyOf(exchange);
  return json
    ? { exchange, operation, taken, errors: [...errors, ...body.checkOpen(json.value)] }
    : 'the body is no JSON';
}

/** Undefined where the error response says nothing about what was sent. */
function takenOrRejected({ response: { status, body } }: LocatedExchange): boolean | undefined {
  if (status >= 200 && status < 300) return true;
  // A defect of the server: 400 is right there
  if (status === 500) return false;
  if (status !== 400) return undefined;
  // Version 1 says in plain text what is wrong with a body, and that the limit of members is reached
  const aboutTheRequest =
    typeof body === 'string'
      ? !/ limit reached /.test(body)
      : isObject(body) && (body.code === 0 || body.code === 40001);
  return aboutTheRequest ? false : undefined;
}

function bodyOf({ request }: LocatedExchange): { readonly value: unknown } | undefined {
  if (request.raw === undefined) return request.body === undefined ? undefined : { value: request.body };
  try {
    return { value: JSON.parse(request.raw) };
  } catch {
    return undefined;
  }
}

function checkParameter(
  parameter: Parameter,
  sent: Readonly<Record<string, Readonly<Record<string, string>>>>,
): readonly ErrorObject[] {
  const text = sent[parameter.in]?.[parameter.name];
  if (text !== undefined) {
    return parameter.check(parameterValue(text, parameter)).map((error) => ({
      ...error,
      instancePath: `/${parameter.in}/${parameter.name}`,
    }));
  }
  if (!parameter.required || !['path', 'query'].includes(parameter.in)) return [];
  const message = `must have required parameter '${parameter.name}'`;
  return [{ keyword: 'required', instancePath: `/${parameter.in}`, schemaPath: '', params: {}, message }];
}

/** A text as the JSON that the schema means: `5` and `true` are no texts where it takes numbers and booleans. */
function parameterValue(text: string, { schema }: Parameter): Json {
  const type = isObject(schema) ? schema.type : undefined;
  const types = Array.isArray(type) ? type : [type];
  if ((types.includes('integer') || types.includes('number')) && /^-?\d+(?:\.\d+)?$/.test(text))
    return Number(text);
  if (types.includes('boolean') && /^(?:true|false)$/.test(text)) return text === 'true';
  return text;
}

export function isOmitted(verdict: RequestVerdict | Omitted): verdict is Omitted {
  return typeof verdict === 'string';
}

export function isVerdict(verdict: RequestVerdict | Omitted): verdict is RequestVerdict {
  return !isOmitted(verdict);
}

export function agrees({ taken, errors }: RequestVerdict): boolean {
  return taken === (errors.length === 0);
}
