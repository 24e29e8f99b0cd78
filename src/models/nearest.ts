/** Longer words are compared by their beginning: who sends them decides how long they are. */
const longestWord = 50;

/**
 * The candidate that takes the fewest changes of letters to come to from a word, whatever their case; for messages that
 * tell what may have been meant.
 *
 * @returns undefined where there are no candidates
 */
export function nearestOf(word: string, candidates: Iterable<string>): string | undefined {
  let nearest: { candidate: string; distance: number } | undefined;
  for (const candidate of candidates) {
    const distance = wordDistance(word, candidate);
    if (nearest === undefined || distance < nearest.distance) nearest = { candidate, distance };
  }
  return nearest?.candidate;
}

/** Ends a message about a word that is not known: `; did you mean “getMember”?`, or nothing where half of it differs from all. */
export function didYouMean(word: string, candidates: Iterable<string>): string {
  const nearest = nearestOf(word, candidates);
  if (nearest === undefined || wordDistance(word, nearest) > Math.ceil(word.length / 2)) return '';
  return `; did you mean “${nearest}”?`;
}

/** How many letters differ, whatever their case. */
export function wordDistance(one: string, other: string): number {
  const letters = (word: string) => [...word.slice(0, longestWord).toLowerCase()];
  return distanceOf(letters(one), letters(other), (from, to) => (from === to ? 0 : 1));
}

/** The least cost of turning one list into another by removing (1), adding (1) and changing items. */
export function distanceOf(
  from: readonly string[],
  to: readonly string[],
  cost: (one: string, other: string) => number,
): number {
  let previous = [0, ...to.map((_, index) => index + 1)];
  for (const [row, one] of from.entries()) {
    const current = [row + 1];
    for (const [column, other] of to.entries()) {
      const change = (previous[column] ?? 0) + cost(one, other);
      current.push(Math.min(change, (previous[column + 1] ?? 0) + 1, (current[column] ?? 0) + 1));
    }
    previous = current;
  }
  return previous[to.length] ?? 0;
}
