import { recordedWorld } from './support.ts';

/* Values that requests of the fuzz test are made of. */

export const { systems, messages } = recordedWorld;
export const members = systems.flatMap((system) => system.members);
export const groups = systems.flatMap((system) => system.groups);

const both = <E extends { id: string; uuid: string }>(entities: readonly E[]) =>
  entities.flatMap(({ id, uuid }) => [id, uuid]);
const anyCase = (references: readonly string[]) => references.flatMap((one) => [one, one.toUpperCase()]);

export const memberReferences = both(members);
export const groupReferences = both(groups);

export const nonsense: readonly string[] = [
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

/** Values of parameters in path and query. */
export const parameterValues: Readonly<Record<string, readonly string[]>> = {
  systemRef: ['@me', '@me', '@me', ...anyCase(both(systems)), ...systems.flatMap(({ accounts }) => accounts)],
  memberRef: anyCase(memberReferences),
  groupRef: anyCase(groupReferences),
  switchRef: systems.flatMap(({ switches }) => switches.map(({ id }) => id)),
  guild_id: ['466707357099884544', '466707357099884544', '466707357099884545', '1', '9'.repeat(23), 'abc'],
  channel_id: ['1', 'x', ''],
  message_id: messages.flatMap(({ id, original }) => [id, original ?? '0']),
  before: ['2023-01-03T00:00:00.123456Z', '2023-01-03', '', 'now', '-9999-01-01T00:00:00Z'],
  limit: ['0', '1', '100', '101', '-1', '1.5', '', '9'.repeat(400)],
  with_members: ['true', 'False', '1', ''],
};

/** The token of the system that a path is about; undefined where that is nobody's or the caller's own. */
export function ownerToken(path: readonly string[]): string | undefined {
  const names = path.map((value) => value.toLowerCase());
  const owner = systems.find(({ id, uuid, accounts, members: own, groups: ownGroups, switches }) => {
    const references = [...both(own), ...both(ownGroups), ...switches.map((logged) => logged.id)];
    return names.some((name) => [id, uuid, ...accounts, ...references].includes(name));
  });
  return owner?.token ?? undefined;
}

export const timestamps: readonly string[] = [
  '2020-01-01T00:00:00Z',
  '2021-06-01T12:00:00.123456789Z',
  '9999-12-31T23:59:59.9999999Z',
  '-4712-01-01T00:00:00Z',
  '2022-03-04T05:06:07Z',
  'Feb 30, 2022',
  '2022-02-30',
  '01/02/2022 10:00 PM',
];

export const texts: readonly string[] = [
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
  'off',
  'front',
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

export const rawBodies: readonly string[] = [
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
];
