/**
 * Compares a server's responses with the recorded ones, by the rules of test/recordings/README.md.
 */
import { placeholdersIn, substituteText } from './placeholders.ts';
import { isObject, type Json } from './recordings.ts';

/** Values that names such as `<member1.id>` stand for in a scenario, from where they first appear. */
export type Bindings = Map<string, string>;

export interface Difference {
  /** Where: `body.members[0].name`. */
  readonly path: string;
  readonly expected: unknown;
  readonly actual: unknown;
}

/** Lists that have an order on the server; all others are compared as sets. */
const orderedLists = ['proxy_tags', 'description_templates'];
const freshNames = ['<now>', '<trace>'];

export interface ListOptions {
  /** The list at the top has an order: the history of switches. */
  readonly ordered?: boolean;
}

/**
 * All differences between a recorded value and a real one. Names that are not bound yet are bound to what stands in
 * their place.
 */
export function compareValues(
  expected: Json,
  actual: unknown,
  bindings: Bindings,
  path: string,
  options: ListOptions = {},
): Difference[] {
  if (typeof expected === 'string') return compareTexts(expected, actual, bindings, path);
  if (Array.isArray(expected)) {
    if (!Array.isArray(actual) || actual.length !== expected.length) return [{ path, expected, actual }];
    const isOrdered = options.ordered === true || orderedLists.some((name) => path.endsWith(`.${name}`));
    return isOrdered
      ? expected.flatMap((item, index) => compareValues(item, actual[index], bindings, `${path}[${index}]`))
      : compareSets(expected, actual, bindings, path);
  }
  if (isObject(expected)) return compareObjects(expected, actual, bindings, path);
  return Object.is(expected, actual) ? [] : [{ path, expected, actual }];
}

function compareTexts(expected: string, actual: unknown, bindings: Bindings, path: string): Difference[] {
  if (freshNames.includes(expected)) {
    return typeof actual === 'string' && actual !== '' ? [] : [{ path, expected, actual }];
  }
  const [name] = placeholdersIn(expected);
  if (name === expected && !bindings.has(name) && typeof actual === 'string') {
    bindings.set(name, actual);
    return [];
  }
  const wanted = substituteText(expected, (placeholder) => bindings.get(placeholder));
  return wanted === actual ? [] : [{ path, expected: wanted, actual }];
}

function compareObjects(
  expected: Readonly<Record<string, unknown>>,
  actual: unknown,
  bindings: Bindings,
  path: string,
): Difference[] {
  if (!isObject(actual)) return [{ path, expected, actual }];
  const added = Object.keys(actual).filter((key) => !Object.hasOwn(expected, key));
  const wanted = Object.entries(expected).filter((entry): entry is [string, Json] => entry[1] !== undefined);
  return [
    ...wanted.flatMap(([key, value]) =>
      Object.hasOwn(actual, key)
        ? compareValues(value, actual[key], bindings, `${path}.${key}`)
        : [{ path: `${path}.${key}`, expected: value, actual: undefined }],
    ),
    ...added.map((key) => ({ path: `${path}.${key}`, expected: undefined, actual: actual[key] })),
  ];
}

/** Pairs each expected item with an actual one; items without a partner are differences. */
function compareSets(
  expected: readonly Json[],
  actual: readonly unknown[],
  bindings: Bindings,
  path: string,
): Difference[] {
  const left = new Set(actual.keys());
  const unmatched = expected.filter((item) => {
    for (const index of left) {
      const attempt = new Map(bindings);
      if (compareValues(item, actual[index], attempt, path).length > 0) continue;
      for (const [name, value] of attempt) bindings.set(name, value);
      left.delete(index);
      return false;
    }
    return true;
  });
  const rest = [...left].map((index) => actual[index]);
  return unmatched.flatMap((item) => {
    const similar = rest.find((other) => sameIdentity(item, other, bindings)) ?? rest[0];
    return compareValues(item, similar, bindings, `${path}[…]`);
  });
}

function sameIdentity(expected: Json, actual: unknown, bindings: Bindings): boolean {
  if (!isObject(expected) || !isObject(actual)) return false;
  const { id } = expected;
  return typeof id === 'string' && substituteText(id, (name) => bindings.get(name)) === actual.id;
}
