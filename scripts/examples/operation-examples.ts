/**
 * Chooses the examples of one operation from its recorded exchanges.
 */
import { isDeepStrictEqual } from 'node:util';
import { mediaTypeOf, type Operation } from '../../test/document/contract.ts';
import type { LocatedExchange } from '../../test/document/exchanges.ts';
import { type Document, resolveReference } from '../lib/document.ts';
import { errorSchemas, findErrorSchema } from '../lib/errors.ts';
import { isObject, type Json } from '../lib/recordings.ts';
import { calm, filledFields, mostFrequent, mostTelling, shortest } from './choose.ts';
import type { Viewer } from './viewer.ts';

export interface Example {
  readonly summary: string;
  readonly value: Json;
}

export type NamedExamples = Record<string, Example>;

/** By media type; of responses by status first. */
export interface OperationExamples {
  request?: Record<string, NamedExamples>;
  responses?: Record<string, Record<string, NamedExamples>>;
}

export interface SeenExchange extends LocatedExchange {
  readonly viewer: Viewer;
}

/** An exchange whose response has a body. */
interface SeenResponse {
  readonly exchange: SeenExchange;
  readonly body: Json;
}

/** An object hides much where other callers lack more than the privacy settings, which they never see. */
const muchPrivate = 13;
const muchMissing = 10;

const summaries = {
  owner: 'As its owner sees it',
  other: 'As others see it',
  hidden: 'As others see it where much is private',
  everyone: 'As everyone sees it',
  sparse: 'With as little as there can be',
  empty: 'Empty',
  changed: 'What the owner gets',
  typical: 'Typical',
  minimal: 'As little as possible',
  clear: 'Clear a field',
} as const;

export function operationExamples(
  document: Document,
  operation: Operation,
  exchanges: readonly SeenExchange[],
): OperationExamples {
  const examples: OperationExamples = {};
  const typical = addRequests(examples, operation, exchanges);
  for (const [status, bodies] of operation.responses) {
    for (const [mediaType, { checkClosed }] of bodies) {
      const responses = calm(
        exchanges.filter(
          ({ response }) => response.status === status && mediaTypeOf(response.type ?? '') === mediaType,
        ),
      ).flatMap((exchange): SeenResponse[] => {
        const { body } = exchange.response;
        return body !== undefined && checkClosed(body).length === 0 ? [{ exchange, body }] : [];
      });
      const named =
        status >= 400
          ? errorExamples(document, operation, status, mediaType, responses)
          : successExamples(responses, typical);
      if (Object.keys(named).length === 0) continue;
      examples.responses ??= {};
      examples.responses[status] = { ...examples.responses[status], [mediaType]: named };
    }
  }
  return examples;
}

/** Adds request bodies that the server accepted and the document allows, and returns the exchange of the typical one. */
function addRequests(
  examples: OperationExamples,
  operation: Operation,
  exchanges: readonly SeenExchange[],
): SeenExchange | undefined {
  const [mediaType, body] = [...operation.requestBodies][0] ?? [];
  if (mediaType === undefined || body === undefined) return undefined;
  const sent = ({ request }: SeenExchange): Json => request.body ?? null;
  const taken = calm(
    exchanges.filter(
      ({ request, response }) =>
        response.status < 300 && request.body !== undefined && body.checkClosed(request.body).length === 0,
    ),
  );
  const [typical] = mostTelling(taken, sent);
  if (typical === undefined) return undefined;
  const named: NamedExamples = {};
  const add = (name: 'typical' | 'minimal' | 'clear', exchange: SeenExchange | undefined) => {
    const value = exchange && sent(exchange);
    const known = Object.values(named).some((example) => isDeepStrictEqual(example.value, value));
    if (value !== undefined && !known) named[name] = { summary: summaries[name], value };
  };
  const small = shortest(taken, sent);
  add('typical', typical);
  add(
    'minimal',
    small.find((exchange) => isFilled(sent(exchange))),
  );
  add(
    'clear',
    small.find((exchange) => operation.method === 'PATCH' && clears(sent(exchange))),
  );
  examples.request = { [mediaType]: named };
  return typical;
}

/** Whether every field has a value, and there is at least one. */
function isFilled(body: Json): boolean {
  const values = typeof body === 'object' && body !== null ? Object.values(body) : [];
  return values.length > 0 && values.every((value) => value !== '' && filledFields(value).size > 0);
}

function clears(body: Json): boolean {
  return typeof body === 'object' && body !== null && Object.values(body).includes(null);
}

/** One example for each error that the operation documents with the status, by the name of its schema. */
function errorExamples(
  document: Document,
  operation: Operation,
  status: number,
  mediaType: string,
  responses: readonly SeenResponse[],
): NamedExamples {
  const schemas = errorSchemas(document, operation.definition).filter(
    (error) => error.status === status && error.mediaType === mediaType,
  );
  const named: NamedExamples = {};
  for (const error of schemas) {
    const own = responses.filter(({ body }) => findErrorSchema(schemas, body) === error);
    // A validation error is best shown with several problems; other error responses hardly vary.
    const hasDetails = own.some(({ body }) => isObject(body) && 'errors' in body);
    const [best] = (hasDetails ? mostTelling : mostFrequent)(own, ({ body }) => body);
    if (best === undefined) continue;
    const { title } = resolveReference(document, error.schema);
    named[error.name ?? 'example'] = {
      summary: typeof title === 'string' ? title : (error.name ?? String(status)),
      value: best.body,
    };
  }
  return named;
}

function successExamples(
  responses: readonly SeenResponse[],
  typical: SeenExchange | undefined,
): NamedExamples {
  const asked = responses.find(({ exchange }) => exchange === typical);
  if (asked) return { owner: { summary: summaries.changed, value: asked.body } };

  const filled = responses.filter(({ body }) => !isEmpty(body));
  const seenBy = (viewer: Viewer) => filled.filter(({ exchange }) => exchange.viewer === viewer);
  const bodyOf = ({ body }: SeenResponse) => body;
  const owners = mostTelling(seenBy('owner'), bodyOf);
  const others = mostTelling(seenBy('other'), bodyOf);
  // The same object as its owner and as others see it, and an object of which others see much, to show the difference.
  const [other] = others;
  const samePath = ({ exchange }: SeenResponse) => exchange.request.path === other?.exchange.request.path;
  const owner = owners.find(samePath) ?? owners[0];
  const named: NamedExamples = {};
  if (owner && other && JSON.stringify(owner.body) === JSON.stringify(other.body)) {
    named.everyone = { summary: summaries.everyone, value: owner.body };
  } else {
    if (owner) named.owner = { summary: summaries.owner, value: owner.body };
    if (other) named.other = { summary: summaries.other, value: other.body };
    const hidden = mostHidden(seenBy('owner'), others);
    if (hidden) named.hidden = { summary: summaries.hidden, value: hidden.body };
    const sparse = other && sparsest(other, others);
    if (sparse && sparse !== hidden) named.sparse = { summary: summaries.sparse, value: sparse.body };
  }
  const [empty] = shortest(
    responses.filter(({ body }) => isEmpty(body)),
    bodyOf,
  );
  if (empty) named.empty = { summary: summaries.empty, value: empty.body };
  return named;
}

/** The object with the largest difference between what its owner and what others see, where it is large. */
function mostHidden(own: readonly SeenResponse[], others: readonly SeenResponse[]): SeenResponse | undefined {
  const hidden = (response: SeenResponse) => {
    const owner = own.find(({ exchange }) => exchange.request.path === response.exchange.request.path);
    return owner ? filledFields(owner.body).size - filledFields(response.body).size : 0;
  };
  return largest(others.filter(isSingle), hidden, muchPrivate);
}

/** The object with the fewest values. */
function sparsest(usual: SeenResponse, responses: readonly SeenResponse[]): SeenResponse | undefined {
  const missing = ({ body }: SeenResponse) => filledFields(usual.body).size - filledFields(body).size;
  return largest(responses.filter(isSingle), missing, muchMissing);
}

function largest(
  responses: readonly SeenResponse[],
  sizeOf: (response: SeenResponse) => number,
  least: number,
): SeenResponse | undefined {
  const size = Math.max(least, ...responses.map(sizeOf));
  return responses.find((response) => sizeOf(response) === size);
}

function isSingle({ body }: SeenResponse): boolean {
  return !Array.isArray(body);
}

/** A list without entries, or a switch without members. */
function isEmpty(body: Json): boolean {
  if (Array.isArray(body)) return body.length === 0;
  const members = typeof body === 'object' && body !== null ? body.members : undefined;
  return Array.isArray(members) && members.length === 0;
}
