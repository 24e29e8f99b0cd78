/** How often a randomised check is repeated: `npm test` repeats it a few times, `npm run test:long` often. */
export function tries(quick: number, thorough: number): number {
  return process.env.THOROUGH === undefined ? quick : thorough;
}

/** Some of many items, evenly spread, for `npm test`; all of them for `npm run test:long`. */
export function someOf<Item>(items: readonly Item[], count: number): readonly Item[] {
  const step = tries(Math.max(1, Math.floor(items.length / count)), 1);
  return items.filter((_, index) => index % step === 0);
}
