/**
 * The reports of the contract tests, for a terminal.
 */
import type { AnswerVerdict } from './answers.ts';
import type { Coverage, Point } from './coverage.ts';
import { describeExchange, type LocatedExchange } from './exchanges.ts';
import { groupBy, heading, indent, number, outOf, percent, table } from './report.ts';
import { agrees, type LeftOut, type RequestVerdict } from './requests.ts';

export interface JudgedAnswer {
  readonly exchange: LocatedExchange;
  readonly verdict: AnswerVerdict;
}

export function answersReport(version: string, judged: readonly JudgedAnswer[]): string {
  const valid = judged.filter(({ verdict }) => verdict.kind === 'valid');
  const invalid = judged.filter(({ verdict }) => verdict.kind === 'invalid');
  const defects = judged.filter(({ verdict }) => verdict.kind === 'defect');
  const routing = judged.flatMap(({ verdict }) => (verdict.kind === 'routing' ? [verdict.rule] : []));
  const ofOperations = valid.length + invalid.length;
  return [
    heading(`Recorded answers of ${version}`),
    `${outOf(valid.length, ofOperations)} answers of operations are as the document says`,
    ...(invalid.length > 0 ? [byOperation(judged), ...invalid.map(describeInvalid)] : []),
    ...(routing.length > 0
      ? [`${number(routing.length)} answers belong to no operation:`, counted(routing)]
      : []),
    ...(defects.length > 0
      ? [
          `${number(defects.length)} answers are known defects of the server (500 where 400 or 404 is right):`,
          counted(defects.map(({ exchange }) => describeDefect(exchange))),
        ]
      : []),
  ].join('\n');
}

function byOperation(judged: readonly JudgedAnswer[]): string {
  const groups = groupBy(judged, ({ verdict }) =>
    'operation' in verdict ? (verdict.operation?.operationId ?? 'no operation') : 'routing',
  );
  const rows = [...groups].map(([operation, group]) => {
    const wrong = group.filter(({ verdict }) => verdict.kind === 'invalid').length;
    return [operation, outOf(group.length - wrong, group.length)];
  });
  return indent(table([['operation', 'as documented'], ...rows]));
}

export function describeInvalid({ exchange, verdict }: JudgedAnswer): string {
  const faults = verdict.kind === 'invalid' ? verdict.faults : [];
  return indent([describeExchange(exchange), ...faults.map((fault) => indent(fault, 4))].join('\n'));
}

function describeDefect({ request }: LocatedExchange): string {
  return `${request.method} ${request.path.replace(/[0-9a-f-]{36}|\d{17,}/g, '…')} ${JSON.stringify(request.body) ?? ''}`;
}

/** `12 × text`, the most frequent first. */
function counted(texts: readonly string[]): string {
  const rows = [...groupBy(texts, (text) => text)]
    .map(([text, group]) => [number(group.length), text] as const)
    .sort(([, one], [, other]) => one.localeCompare(other));
  const width = Math.max(...rows.map(([count]) => count.length));
  return indent(rows.map(([count, text]) => `${count.padStart(width)} × ${text}`).join('\n'));
}

export interface Disagreement {
  readonly verdict: RequestVerdict;
  /** Undefined where nothing explains it. */
  readonly reason: string | undefined;
}

export interface RequestsSummary {
  readonly version: string;
  readonly verdicts: readonly RequestVerdict[];
  readonly leftOut: readonly LeftOut[];
  readonly disagreements: readonly Disagreement[];
}

/** The scenario of values that the server turns from one JSON type into another: no schema says so. */
export function isCoercion({ exchange }: RequestVerdict): boolean {
  return exchange.scenario.name.endsWith('formats/coercion');
}

export function agreementOf(verdicts: readonly RequestVerdict[]): number {
  return verdicts.filter(agrees).length / verdicts.length;
}

export function requestsReport({ version, verdicts, leftOut, disagreements }: RequestsSummary): string {
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
      ['refused & invalid', ...count(false, false).map(number)],
      ['refused & valid', ...count(false, true).map(number)],
      [
        'agreement',
        ...Object.values(columns).map((column) => percent(column.filter(agrees).length, column.length)),
      ],
    ]),
    'Left out, since the answer says nothing about the schema:',
    counted(leftOut),
    ...(disagreements.length > 0 ? ['Disagreements:', ...describeDisagreements(disagreements)] : []),
  ].join('\n');
}

function describeDisagreements(disagreements: readonly Disagreement[]): string[] {
  const groups = groupBy(disagreements, ({ verdict, reason }) => {
    const kind = verdict.taken ? 'taken & invalid' : 'refused & valid';
    return `${kind}: ${reason ?? 'NO REASON KNOWN'}`;
  });
  return [...groups]
    .sort(([one], [other]) => one.localeCompare(other))
    .map(([title, group]) => {
      const examples = group.slice(0, 3).map(({ verdict }) => describeExchange(verdict.exchange));
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
    'Not seen:',
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
