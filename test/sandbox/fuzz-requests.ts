import fc from 'fast-check';
import { operations } from '../../generated/v2/operations.ts';
import { fetchMethods } from '../support/http-methods.ts';
import { bodyFor } from './fuzz-bodies.ts';
import { nonsense, ownerToken, parameterValues, systems } from './fuzz-values.ts';

/** A request as the fuzz test sends it. */
export interface FuzzRequest {
  readonly method: string;
  /** Path and query. */
  readonly target: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | null;
}

/* Requests of every operation, from those that the document describes to those that nobody would send. */

const token = fc.constantFrom(...systems.map((system) => system.token ?? 'nobody'), 'Bearer x', '');
const type = fc.oneof(
  { weight: 30, arbitrary: fc.constant('application/json') },
  {
    weight: 1,
    arbitrary: fc.constantFrom(
      'text/plain',
      'application/merge-patch+json',
      'multipart/form-data',
      'application/json; charset=x',
    ),
  },
);
const userAgent = fc.oneof(
  { weight: 40, arbitrary: fc.constant('fuzz') },
  { weight: 1, arbitrary: fc.constant('') },
);
const headers = fc.record({ Authorization: token, 'Content-Type': type, 'User-Agent': userAgent });

function parameter(name: string): fc.Arbitrary<string> {
  return fc.oneof(
    { weight: 15, arbitrary: fc.constantFrom(...(parameterValues[name] ?? ['x'])) },
    { weight: 1, arbitrary: fc.constantFrom(...nonsense) },
  );
}

function requestOf(operation: (typeof operations)[keyof typeof operations]): fc.Arbitrary<FuzzRequest> {
  const { parameters, method } = operation;
  const parts = {
    path: fc.tuple(...parameters.path.map(parameter)),
    query: fc.tuple(...parameters.query.map((name) => fc.option(parameter(name), { freq: 3 }))),
    headers,
    asOwner: fc.oneof({ weight: 3, arbitrary: fc.constant(true) }, fc.constant(false)),
    body: operation.hasBody ? bodyFor(operation.id) : fc.constant(null),
  };
  return fc.record(parts).map(({ path, query, body, ...rest }) => {
    const values = [...path];
    const template = `${operation.unstable ? '' : '/v2'}${operation.path}`;
    const search = parameters.query.flatMap((name, index) => {
      const given = query[index];
      return given == null ? [] : [`${name}=${encodeURIComponent(given)}`];
    });
    const owner = rest.asOwner ? ownerToken(path) : undefined;
    return {
      method,
      target: `${template.replace(/\{\w+\}/g, () => values.shift() ?? 'x')}?${search.join('&')}`.replace(
        /\?$/,
        '',
      ),
      headers: owner === undefined ? rest.headers : { ...rest.headers, Authorization: owner },
      body,
    };
  });
}

const known = fc.oneof(...Object.values(operations).map(requestOf));

const words = [
  'v1',
  'v2',
  'v3',
  'systems',
  'members',
  'groups',
  'switches',
  'messages',
  'private',
  's',
  '@me',
  'alices',
  '',
];
const segment = fc.oneof(fc.constantFrom(...words, ...nonsense), fc.webSegment());
const unknown = fc.record({
  method: fc.constantFrom(...fetchMethods),
  target: fc.array(segment, { maxLength: 6 }).map((segments) => `/${segments.join('/')}`),
  headers,
  body: fc.constant(null),
});

export const fuzzRequest: fc.Arbitrary<FuzzRequest> = fc.oneof(
  { weight: 9, arbitrary: known },
  { weight: 1, arbitrary: unknown },
);
