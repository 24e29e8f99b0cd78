/** How often a randomised check is repeated: `npm test` repeats it a few times, `npm run test:long` often. */
export function tries(quick: number, thorough: number): number {
  return process.env.THOROUGH === undefined ? quick : thorough;
}
