/**
 * Chooses the best example among many recorded bodies.
 */
import type { Json, Scenario } from '../lib/recordings.ts';

/** Bodies longer than this, as JSON, are shown only where there is no shorter one. */
const readableLength = 2400;

/**
 * Sorts candidates by preference: bodies of readable length first, then those without repeated list entries and without
 * filler texts, then those with the most fields that have a value, then the shortest. The order of the input does not matter.
 */
export function mostTelling<T>(candidates: readonly T[], bodyOf: (candidate: T) => Json): T[] {
  return sortBy(candidates, (candidate) => {
    const body = bodyOf(candidate);
    const text = JSON.stringify(body);
    return [
      Math.max(0, text.length - readableLength),
      Number(repeatsAnEntry(body)) + Number(isFiller(text)),
      -filledFields(body).size,
      text.length,
      text,
    ];
  });
}

/** Whether it holds a text that only tests a limit: one repeated letter, or surrounding spaces. */
function isFiller(json: string): boolean {
  return /([A-Za-z])\1{9}|" [^"]|[^"] "/.test(json);
}

/** Candidates that come neither from random walks nor from tests of unusual values, where there are any. */
export function calm<T extends { readonly scenario: Scenario }>(exchanges: readonly T[]): readonly T[] {
  const found = exchanges.filter(({ scenario }) => !/\/(traces|formats)\//.test(scenario.name));
  return found.length > 0 ? found : exchanges;
}

/** Candidates with the shortest body first. */
export function shortest<T>(candidates: readonly T[], bodyOf: (candidate: T) => Json): T[] {
  return sortBy(candidates, (candidate) => {
    const text = JSON.stringify(bodyOf(candidate));
    return [text.length, text];
  });
}

/** Candidates with the most frequent body first, of those the one with the shortest. */
export function mostFrequent<T>(candidates: readonly T[], bodyOf: (candidate: T) => Json): T[] {
  const counts = new Map<string, number>();
  for (const candidate of candidates) {
    const text = JSON.stringify(bodyOf(candidate));
    counts.set(text, (counts.get(text) ?? 0) + 1);
  }
  return sortBy(candidates, (candidate) => {
    const text = JSON.stringify(bodyOf(candidate));
    return [-(counts.get(text) ?? 0), text.length, text];
  });
}

/** The paths of all fields that are not null. All list entries after the first share a path. */
export function filledFields(body: Json, path = ''): Set<string> {
  if (body === null) return new Set();
  if (typeof body !== 'object') return new Set([path]);
  const parts: [string, Json][] = Array.isArray(body)
    ? body.map((item, index) => [`${path}[${Math.min(index, 1)}]`, item])
    : Object.entries(body).map(([key, value]) => [`${path}.${key}`, value]);
  return new Set(parts.flatMap(([place, value]) => [...filledFields(value, place)]));
}

/** Whether any list in a body has the same entry twice, which would look like a mistake in an example. */
function repeatsAnEntry(body: Json): boolean {
  if (body === null || typeof body !== 'object') return false;
  const parts = Object.values(body);
  const repeats = Array.isArray(body) && new Set(body.map((item) => JSON.stringify(item))).size < body.length;
  return repeats || parts.some(repeatsAnEntry);
}

type Rank = readonly (number | string)[];

function sortBy<T>(candidates: readonly T[], rankOf: (candidate: T) => Rank): T[] {
  return candidates
    .map((candidate) => ({ candidate, rank: rankOf(candidate) }))
    .sort((one, other) => compareRanks(one.rank, other.rank))
    .map(({ candidate }) => candidate);
}

function compareRanks(one: Rank, other: Rank): number {
  for (const [index, value] of one.entries()) {
    const against = other[index] ?? 0;
    if (value !== against) return value < against ? -1 : 1;
  }
  return 0;
}
