/** Only the beginning of longer words is compared, as their length is up to the caller. */
const longestWord = 50;

/**
 * The candidate with the smallest edit distance to a word, ignoring case, for messages that suggest what may have been
 * meant.
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

/** The end of a message about an unknown word: `; did you mean “getMember”?`, or nothing where no candidate is similar. */
export function didYouMean(word: string, candidates: Iterable<string>): string {
  const nearest = nearestOf(word, candidates);
  if (nearest === undefined || wordDistance(word, nearest) > Math.ceil(word.length / 2)) return '';
  return `; did you mean “${nearest}”?`;
}

/** The edit distance of two words, ignoring case. */
export function wordDistance(one: string, other: string): number {
  const letters = (word: string) => [...word.slice(0, longestWord).toLowerCase()];
  return distanceOf(letters(one), letters(other), (from, to) => (from === to ? 0 : 1));
}

/** The edit distance of two lists: removing or adding an item costs 1, changing one costs what the function returns. */
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
