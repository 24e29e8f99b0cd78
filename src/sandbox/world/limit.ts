import { isObject } from '../../models/is-object.ts';
import { WorldError } from './problems.ts';

/**
 * How many records of a world may leave their ids to be made up. A record takes up to 25 microseconds to load; with its ids it has
 * 40 bytes or more, but without them 3 are enough, so that a small body could hold hundreds of thousands.
 */
export const mostWithoutIds = 25_000;

/** The lists of a system or an export, and what a record of each has where it isn't counted. */
const listsOfSystem: readonly RecordList[] = [
  ['members', ['id', 'uuid']],
  ['groups', ['id', 'uuid']],
  ['switches', ['timestamp']],
  // Their ids are not those of PluralKit.
  ['tuppers', []],
];
const listsOfWorld: readonly RecordList[] = [
  ['systems', ['id', 'uuid']],
  ['messages', ['id']],
];

type RecordList = readonly [name: string, identity: readonly string[]];

/**
 * Counts the records without ids, before anything is made of them.
 *
 * @param value - a world or an export, of any form
 * @throws {WorldError} where there are too many
 */
export function assertFewWithoutIds(value: unknown): void {
  const systems = objectsIn(value, 'systems');
  const counts = [value, ...systems].map((system) => countWithoutIds(system, listsOfSystem));
  const count = counts.reduce((sum, one) => sum + one, countWithoutIds(value, listsOfWorld));
  if (count <= mostWithoutIds) return;
  const [found, most] = [count, mostWithoutIds].map((number) => number.toLocaleString('en'));
  throw new WorldError(
    '',
    `has ${found} records without ids, of which at most ${most} are made up: give systems, members and groups an id and a uuid, switches a timestamp, and messages an id`,
    [],
    'The world',
  );
}

function countWithoutIds(value: unknown, lists: readonly RecordList[]): number {
  let count = 0;
  for (const [name, identity] of lists) {
    for (const record of objectsIn(value, name)) {
      if (identity.length === 0 || identity.some((key) => record[key] === undefined)) count += 1;
    }
  }
  return count;
}

function objectsIn(value: unknown, name: string): readonly Readonly<Record<string, unknown>>[] {
  const records = isObject(value) ? value[name] : undefined;
  return Array.isArray(records) ? records.filter(isObject) : [];
}
