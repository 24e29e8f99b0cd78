/**
 * What the calls of operations name in the sandbox's built-in world, and how a call is noted.
 */
import type { errorCodes, OperationId } from '../../generated/v2/operations.ts';

export type Outcome = keyof typeof errorCodes | '200' | '204';

/** A system of the built-in world, a key that opens no more of one than all see, a token that nobody has, or none. */
export type Caller = 'harbor' | 'veiled' | 'relays' | 'nooks' | 'key' | 'unknown' | 'nobody';

export type Values = Readonly<Record<string, unknown>>;
export type Row = readonly [
  outcome: Outcome,
  as: Caller,
  path: Values,
  sent?: { query?: Values; body?: unknown },
];

export const guild = '900000000000000001';
export const otherGuild = '900000000000000009';
export const unknown = { system: 'zzzzzz', member: 'zzzzzz', group: 'zzzzzz', switch: crypto.randomUUID() };
/** Of harbor: its latest switch, the one before, and another system's. */
export const [latest, earlier, foreign] = ['13', '12', '21'].map(
  (end) => `5a4db0c5-0000-4000-8003-0000000000${end}`,
);
export const nonsense = { privacy: { name_privacy: 'nonsense' } };
export const long = 'x'.repeat(101);

export const harbor = { systemRef: 'harbor' };
export const veiled = { systemRef: 'veiled' };
export const me = { systemRef: '@me' };
export const noSystem = { systemRef: unknown.system };
export const marina = { memberRef: 'marina' };
export const signal = { memberRef: 'signal' };
export const noMember = { memberRef: unknown.member };
export const crew = { groupRef: 'crewww' };
export const shift = { groupRef: 'shiftt' };
export const noGroup = { groupRef: unknown.group };

/** The rows of operations that have others than those that only read. */
export type Rows = Readonly<Partial<Record<OperationId, readonly Row[]>>>;
