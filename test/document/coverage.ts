/**
 * How much of what the document says is seen in recordings.
 */
import { errorSchemas, findErrorSchema } from '../../scripts/lib/errors.ts';
import type { Contract, Operation } from './contract.ts';
import type { LocatedExchange } from './exchanges.ts';
import { judgeResponse, recordedMediaType } from './responses.ts';

/** Something that the document says can happen. */
export interface Point {
  readonly kind: 'operation' | 'response' | 'error';
  readonly version: Contract['version'];
  readonly operation: Operation;
  readonly status?: number;
  /** Undefined where the response has no body. */
  readonly mediaType?: string;
  /** Name of the error's schema. */
  readonly error?: string;
}

/** Why points are not seen; by rule. */
export interface UnseenReason {
  readonly reason: string;
  readonly covers: (point: Point, seen: readonly Point[]) => boolean;
}

export interface Coverage {
  readonly documented: readonly Point[];
  readonly seen: readonly Point[];
  /** Responses that have errors are told by these. */
  readonly unseen: readonly { readonly point: Point; readonly reason: string | undefined }[];
  /** Reasons that explain nothing (any more). */
  readonly stale: readonly UnseenReason[];
}

export function coverageOf(
  contracts: readonly { readonly contract: Contract; readonly exchanges: readonly LocatedExchange[] }[],
  reasons: readonly UnseenReason[],
): Coverage {
  const documented = contracts.flatMap(({ contract }) => documentedPoints(contract));
  const names = new Set(
    contracts.flatMap(({ contract, exchanges }) =>
      exchanges.flatMap((exchange) => seenPoints(exchange, contract).map(nameOf)),
    ),
  );
  const seen = documented.filter((point) => names.has(nameOf(point)));
  const unseen = documented
    .filter((point) => !names.has(nameOf(point)) && !isToldByErrors(point, documented))
    .map((point) => ({ point, reason: reasons.find(({ covers }) => covers(point, seen))?.reason }));
  const stale = reasons.filter(({ reason }) => !unseen.some((entry) => entry.reason === reason));
  return { documented, seen, unseen, stale };
}

/** A response that is not seen needs no reason of its own where its errors have theirs. */
function isToldByErrors(
  { kind, operation, status, mediaType }: Point,
  documented: readonly Point[],
): boolean {
  return (
    kind === 'response' &&
    documented.some(
      (other) =>
        other.kind === 'error' &&
        other.operation === operation &&
        other.status === status &&
        other.mediaType === mediaType,
    )
  );
}

function documentedPoints({ version, document, operations }: Contract): Point[] {
  return [...operations.values()].flatMap((operation) => {
    const responses = [...operation.responses].flatMap(([status, bodies]): Point[] => {
      const response: Point = { kind: 'response', version, operation, status };
      return bodies.size === 0
        ? [response]
        : [...bodies.keys()].map((mediaType) => ({ ...response, mediaType }));
    });
    const errors = errorSchemas(document, operation.definition).flatMap(
      ({ status, mediaType, name }): Point[] =>
        name === null ? [] : [{ kind: 'error', version, operation, status, mediaType, error: name }],
    );
    return [{ kind: 'operation', version, operation }, ...responses, ...errors];
  });
}

function seenPoints(exchange: LocatedExchange, contract: Contract): Point[] {
  const verdict = judgeResponse(exchange, contract);
  if (verdict.kind !== 'valid' && verdict.kind !== 'defect') return [];
  const { version, document } = contract;
  const { operation } = verdict;
  const { status, body } = exchange.response;
  const mediaType = recordedMediaType(exchange.response);
  const seen: Point[] = [{ kind: 'operation', version, operation }];
  if (mediaType === undefined) return [...seen, { kind: 'response', version, operation, status }];
  seen.push({ kind: 'response', version, operation, status, mediaType });
  const errors = errorSchemas(document, operation.definition).filter(
    (error) => error.status === status && error.mediaType === mediaType,
  );
  const name = findErrorSchema(errors, body)?.name;
  if (name) seen.push({ kind: 'error', version, operation, status, mediaType, error: name });
  return seen;
}

/** `v2 getMember 404 application/json MemberNotFound`. */
export function nameOf({ version, operation, kind, status, mediaType, error }: Point): string {
  if (kind === 'operation') return `${version} ${operation.operationId}`;
  return [version, operation.operationId, status, mediaType ?? 'no body', error].filter(Boolean).join(' ');
}
