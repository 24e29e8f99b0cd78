import fc from 'fast-check';
import { operations } from '../../generated/v2/operations.ts';
import {
  groupRules,
  memberGuildRules,
  memberRules,
  systemGuildRules,
  systemRules,
} from '../../src/sandbox/validation/models.ts';
import { settingsRules } from '../../src/sandbox/validation/settings.ts';
import { recordedWorld } from './support.ts';

/** A request as the fuzz test sends it. */
export interface FuzzRequest {
  readonly method: string;
  /** Path and query. */
  readonly target: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | null;
}

/* Requests of every operation, from those that the document describes to those that nobody would send. */

const { systems, messages } = recordedWorld;
const members = systems.flatMap((system) => system.members);
const groups = systems.flatMap((system) => system.groups);
const both = <E extends { id: string; uuid: string }>(entities: readonly E[]) =>
  entities.flatMap(({ id, uuid }) => [id, id.toUpperCase(), uuid]);
const nonsense = [
  'zzzzz',
  '00000000-0000-4000-8000-000000000999',
  '123',
  '%00',
  '%E0%A4%A',
  'a%2Fb',
  '..',
  '@ME',
  '-',
  '%F0%9F%8E%89',
];

const guilds = ['466707357099884544', '466707357099884545', '1', '99999999999999999999999', 'abc'];
const parameterValues: Readonly<Record<string, readonly string[]>> = {
  systemRef: ['@me', '@me', ...both(systems), ...systems.flatMap(({ accounts }) => accounts)],
  memberRef: both(members),
  groupRef: both(groups),
  switchRef: systems.flatMap(({ switches }) => switches.map(({ id }) => id)),
  guild_id: guilds,
  channel_id: ['1', 'x', ''],
  message_id: messages.flatMap(({ id, original }) => [id, original ?? '0']),
  before: ['2023-01-03T00:00:00.123456Z', '2023-01-03', '', 'now', '-9999-01-01T00:00:00Z'],
  limit: ['0', '1', '100', '101', '-1', '1.5', '', '9'.repeat(400)],
  with_members: ['true', 'False', '1', ''],
};

const timestamps = [
  '2020-01-01T00:00:00Z',
  '2021-06-01T12:00:00.123456789Z',
  '9999-12-31T23:59:59.9999999Z',
  '-4712-01-01T00:00:00Z',
  'Feb 30, 2022',
  '2022-02-30',
  '01/02/2022 10:00 PM',
];
const texts = [
  '',
  ' ',
  'a',
  'ff7000',
  '2000-02-29',
  'https://example.com/x.png',
  'https://[',
  'public',
  'private',
  'Europe/Berlin',
  'member',
  'latch',
  '\0',
  '\ud800',
  '🎉'.repeat(50),
  'x'.repeat(1001),
  '__proto__',
  'constructor',
  '5',
  'true',
];

const scalar = fc.oneof(
  fc.constantFrom<unknown>(...texts, ...timestamps, ...both(members), ...both(groups)),
  fc.constantFrom<unknown>(null, true, false, 0, -1, 5, 1.5, 1e21, 2 ** 53, 1.2345678901234567e19, -0.5),
  fc.string({ unit: 'binary', maxLength: 30 }),
);
const value = fc.oneof(
  { weight: 8, arbitrary: scalar },
  { weight: 1, arbitrary: fc.array(scalar, { maxLength: 4 }) },
  {
    weight: 1,
    arbitrary: fc.array(fc.record({ prefix: scalar, suffix: scalar }, { requiredKeys: [] }), {
      maxLength: 3,
    }),
  },
  { weight: 1, arbitrary: fc.jsonValue({ maxDepth: 3 }) },
);

const rules = {
  ...systemRules,
  ...memberRules,
  ...groupRules,
  ...settingsRules,
  ...systemGuildRules,
  ...memberGuildRules,
};
const privacyKeys = [systems[0], members[0], groups[0]].flatMap((entity) =>
  Object.keys(entity?.privacy ?? {}),
);
const otherKeys = [
  'privacy',
  'members',
  'timestamp',
  'autoproxy_mode',
  'autoproxy_member',
  'id',
  'unknown',
  '__proto__',
  'toString',
];
const keys = [...Object.keys(rules), ...privacyKeys, ...otherKeys];

const privacy = fc.dictionary(
  fc.constantFrom(...privacyKeys),
  fc.constantFrom('public', 'private', '', null, 'x', 5),
  { maxKeys: 4 },
);
const object = fc
  .tuple(
    fc.dictionary(fc.constantFrom(...keys), value, { maxKeys: 5 }),
    fc.option(privacy, { nil: undefined }),
    fc.option(scalar, { nil: undefined }),
  )
  .map(([fields, privacyOfIt, name]) => ({
    ...fields,
    ...(privacyOfIt !== undefined && { privacy: privacyOfIt }),
    ...(name !== undefined && { name }),
  }));
const references = fc.array(
  fc.constantFrom<unknown>(...both(members), ...both(groups), ...nonsense, null, 5),
  { maxLength: 5 },
);
const switchBody = fc.record(
  { members: references, timestamp: fc.constantFrom<unknown>(...timestamps, null, '', 5) },
  { requiredKeys: ['members'] },
);

const json = fc.oneof(
  { weight: 6, arbitrary: object },
  { weight: 3, arbitrary: references },
  { weight: 3, arbitrary: switchBody },
  { weight: 2, arbitrary: privacy },
  { weight: 1, arbitrary: value },
);
const rawBody = fc.oneof(
  fc.constantFrom(
    '',
    '{',
    '[',
    '{"a":',
    "{'name':'a'}",
    '{name:1,}',
    '/*',
    '"\\ud800"',
    '\ufeff{}',
    'null',
    '{"name":"a"}}}',
    '{"__proto__":{"x":1}}',
    '['.repeat(5000),
    '{"a":'.repeat(5000),
  ),
  fc.string({ unit: 'binary', maxLength: 40 }),
);
const body = fc.oneof(
  { weight: 10, arbitrary: json.map((one) => JSON.stringify(one)) },
  { weight: 1, arbitrary: rawBody },
);

const token = fc.constantFrom(
  ...systems.map((system) => system.token ?? 'nobody'),
  ...systems.map((system) => system.token ?? ''),
  'Bearer x',
  '',
);
const type = fc.oneof(
  { weight: 12, arbitrary: fc.constant('application/json') },
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
  { weight: 30, arbitrary: fc.constant('fuzz') },
  { weight: 1, arbitrary: fc.constant('') },
);
const headers = fc.tuple(token, type, userAgent).map(([authorization, contentType, agent]) => ({
  Authorization: authorization,
  'Content-Type': contentType,
  'User-Agent': agent,
}));

const known = fc.constantFrom(...Object.values(operations)).chain((operation) => {
  const pick = (name: string) =>
    fc.oneof(
      { weight: 8, arbitrary: fc.constantFrom(...(parameterValues[name] ?? ['x'])) },
      { weight: 1, arbitrary: fc.constantFrom(...nonsense) },
    );
  const path = fc.tuple(...operation.parameters.path.map(pick));
  const query = fc.tuple(...operation.parameters.query.map((name) => fc.option(pick(name))));
  return fc.record({ path, query, headers, body }).map((parts): FuzzRequest => {
    const values = [...parts.path];
    const template = `${operation.unstable ? '' : '/v2'}${operation.path}`;
    const search = operation.parameters.query.flatMap((name, index) => {
      const given = parts.query[index];
      return given == null ? [] : [`${name}=${encodeURIComponent(given)}`];
    });
    const suffix = search.length === 0 ? '' : `?${search.join('&')}`;
    return {
      method: operation.method,
      target: template.replace(/\{\w+\}/g, () => values.shift() ?? 'x') + suffix,
      headers: parts.headers,
      body: operation.hasBody ? parts.body : null,
    };
  });
});

const segment = fc.oneof(
  fc.constantFrom(
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
    ...nonsense,
  ),
  fc.webSegment(),
);
const unknown = fc.record({
  method: fc.constantFrom('GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'HEAD', 'OPTIONS', 'PROPFIND'),
  target: fc.array(segment, { maxLength: 6 }).map((segments) => `/${segments.join('/')}`),
  headers,
  body: fc.constant(null),
});

export const fuzzRequest: fc.Arbitrary<FuzzRequest> = fc.oneof(
  { weight: 9, arbitrary: known },
  { weight: 1, arbitrary: unknown },
);
