/**
 * For each operation, a call for each way in which it can end, in the sandbox's built-in world.
 */
import { type OperationId, operations } from '../../generated/v2/operations.ts';
import type { MockRequest } from '../document/mock.ts';
import { rows } from './proxy-rows.ts';
import {
  type Caller,
  crew,
  guild,
  harbor,
  marina,
  me,
  noGroup,
  noMember,
  noSystem,
  type Outcome,
  type Row,
  type Values,
} from './proxy-values.ts';

export type { Caller, Outcome } from './proxy-values.ts';

export interface Call extends MockRequest {
  readonly outcome: Outcome;
  readonly as: Caller;
  readonly headers?: Readonly<Record<string, string>>;
}

/** The rows of an operation that only reads: a success, and the reference of its path that names nothing. */
function plainRows(id: OperationId): readonly Row[] {
  const { parameters, successes, errors } = operations[id];
  const known: Values = { ...harbor, ...marina, ...crew, guild_id: guild };
  const unknownReferences: Values = { ...noSystem, ...noMember, ...noGroup };
  const success = successes[0] === 204 ? '204' : '200';
  const pick = (values: Values) => Object.fromEntries(parameters.path.map((name) => [name, values[name]]));
  const notFound = errors.map(({ name }) => name).find((name) => name.endsWith('NotFound'));
  const first = parameters.path[0];
  return [
    [success, 'harbor', pick(known)],
    ...(notFound === undefined
      ? []
      : [
          [
            notFound,
            'harbor',
            pick({ ...known, [String(first)]: unknownReferences[String(first)] }),
          ] as const,
        ]),
    ...(first === 'systemRef' ? [['Unauthorized', 'unknown', pick({ ...known, ...me })] as const] : []),
  ];
}

/** The calls of an operation; those that go wrong for all alike are made of the first that goes well. */
export function callsOf(id: OperationId): Call[] {
  const calls = (rows[id] ?? plainRows(id)).map(
    ([outcome, as, path, { query = {}, body } = {}]): Call => ({ outcome, as, path, query, body }),
  );
  const [usual] = calls;
  if (usual === undefined) throw new TypeError(`There is no call of ${id}`);
  const { hasBody, errors } = operations[id];
  const rejected: Call[] = [{ ...usual, outcome: 'RateLimitError' }];
  if (errors.some(({ name }) => name === 'Forbidden'))
    rejected.push({ ...usual, outcome: 'Forbidden', as: 'key' });
  if (hasBody) {
    // Neither a list nor an object that says anything
    const body = Array.isArray(usual.body) ? {} : [];
    rejected.push({ ...usual, outcome: 'BadRequest', body });
    rejected.push({ ...usual, outcome: 'ProblemDetails', headers: { 'Content-Type': 'text/plain' } });
  }
  return [...calls, ...rejected];
}
