/**
 * The reports of the contract tests, for a terminal.
 */

import { groupBy } from '../../scripts/lib/group-by.ts';
import { isObject } from '../../scripts/lib/recordings.ts';
import type { Coverage, Point } from './coverage.ts';
import { describeExchange, type LocatedExchange } from './exchanges.ts';
import { heading, indent, number, outOf, percent, table } from './report.ts';
import { reasonFor } from './request-reasons.ts';
import { agrees, isOmitted, isVerdict, type Omitted, type RequestVerdict } from './requests.ts';
import type { ResponseVerdict } from './responses.ts';

export interface JudgedResponse {
  readonly exchange: LocatedExchange;
  readonly verdict: ResponseVerdict;
}

export function responsesReport(version: string, judged: readonly JudgedResponse[]): string {
  const valid = judged.filter(({ verdict }) => verdict.kind === 'valid');
  const invalid = judged.filter(({ verdict }) => verdict.kind === 'invalid');
  const defects = judged.filter(({ verdict }) => verdict.kind === 'defect');
  const routing = judged.flatMap(({ verdict }) => (verdict.kind === 'routing' ? [verdict.rule] : []));
  const ofOperations = valid.length + invalid.length;
  return [
    heading(`Recorded responses of ${version}`),
    `${outOf(valid.length, ofOperations)} responses of operations are as the document says`,
    ...(invalid.length > 0 ? [byOperation(judged), ...listInvalid(invalid)] : []),
    ...(routing.length > 0 ? [`Belong to no operation: ${number(routing.length)}`, counted(routing)] : []),
    ...(defects.length > 0
      ? [
          `Known defects of the server, a 500 where a 400 or 404 is right: ${number(defects.length)}`,
          indent(listDefects(defects)),
        ]
      : []),
  ].join('\n');
}

/** The first ones, since one fault of the document shows in many responses. */
function listInvalid(invalid: readonly JudgedResponse[]): string[] {
  const shown = 30;
  const rest = invalid.length - shown;
  return [
    ...invalid.slice(0, shown).map(describeInvalid),
    ...(rest > 0 ? [`  … and ${number(rest)} more`] : []),
  ];
}

function byOperation(judged: readonly JudgedResponse[]): string {
  const groups = groupBy(judged, ({ verdict }) =>
    'operation' in verdict ? (verdict.operation?.operationId ?? 'no operation') : 'routing',
  );
  const rows = [...groups].map(([operation, group]) => {
    const wrong = group.filter(({ verdict }) => verdict.kind === 'invalid').length;
    return [operation, outOf(group.length - wrong, group.length)];
  });
  return indent(table([['operation', 'as documented'], ...rows]));
}

export function describeInvalid({ exchange, verdict }: JudgedResponse): string {
  const faults = verdict.kind === 'invalid' ? verdict.faults : [];
  return indent([describeExchange(exchange), ...faults.map((fault) => indent(fault, 4))].join('\n'));
}

/** By operation and field, the values that bring a 500 about: `updateMember tts: null, "yes"`. */
function listDefects(defects: readonly JudgedResponse[]): string {
  const groups = groupBy(defects, ({ exchange: { request }, verdict }) => {
    const operation = verdict.kind === 'defect' ? verdict.operation.operationId : '';
    const fields = isObject(request.body) ? Object.keys(request.body).join(' & ') : 'query';
    return `${operation} ${fields}`;
  });
  return [...groups]
    .map(([title, group]) => {
      const values = group.map(({ exchange: { request } }) =>
        isObject(request.body)
          ? Object.values(request.body)
              .map((value) => JSON.stringify(value))
              .join(' & ')
          : request.path.replace(/^.*\?/, ''),
      );
      return `${title}: ${[...new Set(values)].join(', ')}`;
    })
    .sort()
    .join('\n');
}

/** `12 × text`, the most frequent first. */
function counted(texts: readonly string[]): string {
  const rows = [...groupBy(texts, (text) => text)]
    .map(([text, group]) => [number(group.length), text] as const)
    .sort(([, one], [, other]) => one.localeCompare(other));
  const width = Math.max(...rows.map(([count]) => count.length));
  return indent(rows.map(([count, text]) => `${count.padStart(width)} × ${text}`).join('\n'));
}

/** The scenario of values that the server turns from one JSON type into another: no schema says so. */
export function isCoercion({ exchange }: RequestVerdict): boolean {
  return exchange.scenario.name.endsWith('formats/coercion');
}

export function agreementOf(verdicts: readonly RequestVerdict[]): number {
  return verdicts.filter(agrees).length / verdicts.length;
}

export function requestsReport(version: string, judged: readonly (RequestVerdict | Omitted)[]): string {
  const verdicts = judged.filter(isVerdict);
  const disagreements = verdicts.filter((verdict) => !agrees(verdict));
  const withBody = verdicts.filter(({ operation }) => operation.requestBodies.size > 0);
  const columns = {
    'with a body': withBody,
    'but for coercion': withBody.filter((verdict) => !isCoercion(verdict)),
    'with none': verdicts.filter(({ operation }) => operation.requestBodies.size === 0),
  };
  const count = (taken: boolean, valid: boolean): readonly number[] =>
    Object.values(columns).map(
      (column) =>
        column.filter((verdict) => verdict.taken === taken && (verdict.errors.length === 0) === valid).length,
    );
  return [
    heading(`Recorded requests of ${version}`),
    table([
      ['', ...Object.keys(columns)],
      ['taken & valid', ...count(true, true).map(number)],
      ['taken & invalid', ...count(true, false).map(number)],
      ['rejected & invalid', ...count(false, false).map(number)],
      ['rejected & valid', ...count(false, true).map(number)],
      [
        'agreement',
        ...Object.values(columns).map((column) => percent(column.filter(agrees).length, column.length)),
      ],
    ]),
    'Omitted, since the response says nothing about the schema:',
    counted(judged.filter(isOmitted)),
    ...(disagreements.length > 0 ? ['Disagreements:', ...describeDisagreements(disagreements)] : []),
  ].join('\n');
}

function describeDisagreements(disagreements: readonly RequestVerdict[]): string[] {
  const groups = groupBy(disagreements, (verdict) => {
    const kind = verdict.taken ? 'taken & invalid' : 'rejected & valid';
    return `${kind}: ${reasonFor(verdict) ?? 'NO REASON KNOWN'}`;
  });
  return [...groups]
    .sort(([one], [other]) => one.localeCompare(other))
    .map(([title, group]) => {
      const examples = group.slice(0, 3).map(({ exchange }) => describeExchange(exchange));
      return indent([`${number(group.length)} × ${title}`, indent(examples.join('\n'), 4)].join('\n'));
    });
}

export function coverageReport({ documented, seen, unseen, stale }: Coverage): string {
  const kinds: readonly [Point['kind'], string][] = [
    ['operation', 'operations'],
    ['response', 'responses (operation × status × media type)'],
    ['error', 'errors (operation × code)'],
  ];
  const rows = (['v2', 'v1'] as const).flatMap((version) =>
    kinds.map(([kind, title]) => {
      const fits = (point: Point) => point.kind === kind && point.version === version;
      const [some, all] = [seen.filter(fits).length, documented.filter(fits).length];
      return [`${version} ${title}`, outOf(some, all), percent(some, all)];
    }),
  );
  const reasons = groupBy(unseen, ({ reason }) => reason ?? 'NO REASON KNOWN');
  return [
    heading('What recordings show of the document'),
    table(rows),
    unseen.some(({ reason }) => reason === undefined)
      ? 'Not seen, and not all with a reason:'
      : 'Not seen, each for a reason:',
    ...[...reasons].map(([reason, group]) =>
      indent(
        `${number(group.length)} × ${reason}\n${indent(listPoints(group.map(({ point }) => point)), 4)}`,
      ),
    ),
    ...stale.map(({ reason }) => `This reason explains nothing: ${reason}`),
  ].join('\n');
}

/** By what is not seen, the operations that lack it: `404 SystemNotFound: getSystem, listMembers`. */
function listPoints(points: readonly Point[]): string {
  const groups = groupBy(points, ({ version, status, error, mediaType }) =>
    [version, status ?? 'operation', error ?? (status && (mediaType ?? 'no body'))].filter(Boolean).join(' '),
  );
  return [...groups]
    .map(([what, group]) => {
      const operations = group.map(({ operation }) => operation.operationId);
      const shown = operations.length > 12 ? `${operations.length} operations` : operations.join(', ');
      return `${what}: ${shown}`;
    })
    .join('\n');
}
