/** Only the beginning of longer words is compared, as their length is up to the caller. */
const LONGEST_WORD = 50;

/** A message about an unknown word, with the nearest candidate, or with all: `There is no option “tokn”; did you mean “token”?` */
export function thereIsNo(kind: string, word: string, candidates: readonly string[]): string {
  const hint = didYouMean(word, candidates) || `; ${kind}s: ${candidates.join(', ')}`;
  return `There is no ${kind} “${word}”${hint}`;
}

/** The word of such a message, where plain JavaScript may give anything, such as a list of words. */
export function wordOf(value: unknown): string {
  return typeof value === 'string' ? value : `${JSON.stringify(value)}`;
}

/** The end of a message about an unknown word: `; did you mean “getMember”?`, or nothing where no candidate is similar. */
export function didYouMean(word: string, candidates: Iterable<string>): string {
  const candidate = nearest(word, candidates);
  return candidate === undefined ? '' : `; did you mean “${candidate}”?`;
}

/** The candidate of the smallest edit distance, ignoring case; undefined where none is similar. */
export function nearest(word: string, candidates: Iterable<string>): string | undefined {
  let found: string | undefined;
  let least = word.length / 2 + 1;
  for (const candidate of candidates) {
    const distance = wordDistance(word, candidate);
    if (distance >= least) continue;
    least = distance;
    found = candidate;
  }
  return found;
}

/** The edit distance of two words, ignoring case. */
export function wordDistance(one: string, other: string): number {
  return distanceOf(lettersOf(one), lettersOf(other), (from, to) => Number(from !== to));
}

function lettersOf(word: string): string[] {
  return [...word.slice(0, LONGEST_WORD).toLowerCase()];
}

/** The edit distance of two lists: removing or adding an item costs 1, changing one costs what the function returns. */
export function distanceOf(
  from: readonly string[],
  to: readonly string[],
  cost: (one: string, other: string) => number,
): number {
  /** From the items so far to each beginning of `to`. */
  let distances = [...to.keys(), to.length];
  for (const one of from) {
    let previous = Infinity;
    let distance = Infinity;
    distances = distances.map((without, length) => {
      distance = Math.min(previous + cost(one, to[length - 1] ?? ''), without + 1, distance + 1);
      previous = without;
      return distance;
    });
  }
  return distances.at(-1) ?? 0;
}
