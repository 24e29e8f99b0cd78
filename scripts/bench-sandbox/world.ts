/**
 * The world that is measured: one system with a hundred members and a hundred switches.
 */
import { type FullWorld, system } from '../../src/sandbox/index.ts';

const size = 100;

export function makeWorld(): FullWorld {
  return system({ id: 'benchy' }).withMembers(size).withGroups(3).withSwitches(size).world();
}

const [benchy] = makeWorld().systems;
const [member] = benchy?.members ?? [];

export const token: string = benchy?.token ?? '';

export interface Case {
  readonly name: string;
  readonly method: 'GET' | 'PATCH';
  /** Below the base path, which not all contenders have. */
  readonly path: string;
  readonly body?: string;
  /** Where the document tells of it; its response holds as much as the sandbox's. */
  readonly template: string;
}

export const cases: readonly [Case, ...Case[]] = [
  { name: 'one member', method: 'GET', path: `/members/${member?.id}`, template: '/members/{memberRef}' },
  {
    name: `list of ${size} members`,
    method: 'GET',
    path: '/systems/@me/members',
    template: '/systems/{systemRef}/members',
  },
  {
    name: `history of ${size} switches`,
    method: 'GET',
    path: '/systems/@me/switches',
    template: '/systems/{systemRef}/switches',
  },
  {
    name: 'PATCH of a member',
    method: 'PATCH',
    path: `/members/${member?.id}`,
    body: JSON.stringify({ pronouns: 'they/them' }),
    template: '/members/{memberRef}',
  },
];

/** The headers of every request. */
export const requestHeaders: Readonly<Record<string, string>> = {
  Authorization: token,
  'User-Agent': 'pluralkit-openapi bench',
  Accept: 'application/json',
};
