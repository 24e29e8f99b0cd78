/**
 * Which of many recorded bodies makes the best example.
 */
import type { Json, Scenario } from '../lib/recordings.ts';

/** Bodies longer than this, as JSON, are shown only where there is no shorter one. */
const readableLength = 2400;

/**
 * Candidates in order of preference: readable before long, then those whose lists name nothing twice and whose texts
 * are no filler, then those that show the most fields with a value, then the shortest. The same candidates give the same order, however they were
 * sorted before.
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

/** Whether a text in it only tries a limit or an edge: a letter over and over, spaces around. */
function isFiller(json: string): boolean {
  return /([A-Za-z])\1{9}|" [^"]|[^"] "/.test(json);
}

/** Those that no random walk and no try at odd values gave, where there are any. */
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

/** The paths of all fields that are not null. From the second on, the entries of a list count as the same. */
export function filledFields(body: Json, path = ''): Set<string> {
  if (body === null) return new Set();
  if (typeof body !== 'object') return new Set([path]);
  const parts: [string, Json][] = Array.isArray(body)
    ? body.map((item, index) => [`${path}[${Math.min(index, 1)}]`, item])
    : Object.entries(body).map(([key, value]) => [`${path}.${key}`, value]);
  return new Set(parts.flatMap(([place, value]) => [...filledFields(value, place)]));
}

/** Whether a list anywhere in a body has the same entry twice, which would look like a mistake in an example. */
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
