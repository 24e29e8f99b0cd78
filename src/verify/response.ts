import { isObject } from '../models/is-object.ts';
import type { CheckBody } from './body.ts';
import { type Difference, safeName } from './difference.ts';
import type { DocumentedOperation, DocumentedResponse } from './documented.ts';

/** A response, as it is compared with the document. */
export interface ReceivedResponse {
  readonly status: number;
  readonly headers: Headers;
  /** Parsed; undefined where there is none. */
  readonly body: unknown;
}

/** Other headers, such as those of a proxy in front of the API, are ignored. */
const ownHeaders = /^(x-pluralkit-|x-ratelimit-|access-control-|retry-after)/;

/** Lists how a response differs from the documented ones of the operation. */
export function checkResponse(
  { status, headers, body }: ReceivedResponse,
  operation: DocumentedOperation,
  checkBody: CheckBody,
): readonly Difference[] {
  const documented = operation.responses.get(status);
  if (documented === undefined) return [{ kind: 'undocumented', place: `status ${status}` }];
  return [
    ...checkHeaders(status, headers, documented),
    ...checkContent(headers, body, documented, checkBody),
  ].map((difference) =>
    status < 400 ? difference : { ...difference, place: `${status} ${difference.place}` },
  );
}

function checkHeaders(
  status: number,
  headers: Headers,
  { headers: documented }: DocumentedResponse,
): readonly Difference[] {
  const names = [...documented.keys()].map((name) => name.toLowerCase());
  const undocumented = [...headers.keys()].filter((name) => ownHeaders.test(name) && !names.includes(name));
  // Some headers are missing where the gateway responds before it counts the request.
  const missing = status < 400 ? [...documented.keys()].filter((name) => !headers.has(name)) : [];
  const wrong = [...documented].filter(([name, schema]) => !fits(headers.get(name), schema));
  return [
    ...undocumented.map((name): Difference => ({ kind: 'undocumented', place: `header ${safeName(name)}` })),
    ...missing.map((name): Difference => ({ kind: 'missing', place: `header ${name}` })),
    ...wrong.map(([name]): Difference => ({ kind: 'value', place: `header ${name}` })),
  ];
}

/** Whether the text of a header is of the type, and has the pattern, of its schema. */
function fits(text: string | null, schema: unknown): boolean {
  if (text === null || !isObject(schema)) return true;
  if (schema.type === 'integer' && !/^-?\d+$/.test(text)) return false;
  if (typeof schema.const === 'string' && schema.const !== text) return false;
  return typeof schema.pattern !== 'string' || new RegExp(schema.pattern, 'u').test(text);
}

function checkContent(
  headers: Headers,
  body: unknown,
  { bodies }: DocumentedResponse,
  checkBody: CheckBody,
): readonly Difference[] {
  if (bodies.size === 0) return body === undefined ? [] : [{ kind: 'undocumented', place: 'body' }];
  if (body === undefined) return [{ kind: 'missing', place: 'body' }];
  const mediaType = (headers.get('Content-Type') ?? '').split(';', 1)[0]?.trim().toLowerCase() ?? '';
  const schema = bodies.get(mediaType);
  if (schema === undefined) {
    return [{ kind: 'undocumented', place: 'header Content-Type', actual: safeName(mediaType) }];
  }
  return checkBody(schema, body);
}
