/**
 * Changes to a JSON value, one at a time, each of which a tight schema rejects.
 */
import { isObject, type Json } from '../../scripts/lib/recordings.ts';

export interface Mutation {
  /** `without /privacy/visibility`, `with /privacy/unknown`, `other /name`. */
  readonly name: string;
  readonly value: Json;
}

/**
 * Every way to take away one key, to add one to an object, and to put another type in place of a value. In a list, only the
 * first item is changed.
 */
export function mutationsOf(value: Json, pointer = ''): Mutation[] {
  const here: Mutation = {
    name: `other ${pointer || '/'}`,
    value: isObject(value) ? [value] : { unknown: true },
  };
  if (Array.isArray(value)) {
    const [first, ...rest] = value;
    if (first === undefined) return [here];
    return [here, ...within(mutationsOf(first, `${pointer}/0`), (item) => [item, ...rest])];
  }
  if (value === null || typeof value !== 'object') return [here];
  const added: Mutation = { name: `with ${pointer}/unknown`, value: { ...value, unknown: null } };
  const changed = Object.entries(value).flatMap(([key, item]) => {
    const { [key]: removed, ...rest } = value;
    return [
      { name: `without ${pointer}/${key}`, value: rest },
      ...within(mutationsOf(item, `${pointer}/${key}`), (other) => ({ ...value, [key]: other })),
    ];
  });
  return [here, added, ...changed];
}

/** Every way to put one of the given values in place of one within a value. In a list, only the first item is changed. */
export function replacementsOf(value: Json, others: readonly Json[], pointer = ''): Mutation[] {
  const here = others.map((other) => ({
    name: `${JSON.stringify(other)} at ${pointer || '/'}`,
    value: other,
  }));
  if (Array.isArray(value)) {
    const [first, ...rest] = value;
    if (first === undefined) return here;
    return [...here, ...within(replacementsOf(first, others, `${pointer}/0`), (item) => [item, ...rest])];
  }
  if (value === null || typeof value !== 'object') return here;
  const changed = Object.entries(value).flatMap(([key, item]) =>
    within(replacementsOf(item, others, `${pointer}/${key}`), (other) => ({ ...value, [key]: other })),
  );
  return [...here, ...changed];
}

function within(mutations: readonly Mutation[], wrap: (value: Json) => Json): Mutation[] {
  return mutations.map(({ name, value }) => ({ name, value: wrap(value) }));
}

/** Equal for values that have the same keys, in lists in their first items. */
export function shapeOf(value: unknown): string {
  const shape = JSON.stringify(value, (_, part) => {
    if (Array.isArray(part)) return part.slice(0, 1);
    return isObject(part) ? part : '…';
  });
  return shape ?? '';
}
