import fc from 'fast-check';

const size = 1_000_000;
/** Fits no pattern, so that whatever was matched before it must be given up again. */
const misfit = '\0';

/** Texts of a megabyte that make a pattern try as much as it can, before it finds that they do not match. */
export function* worstInputs(pattern: RegExp): Generator<string> {
  for (const text of new Set(matchesOf(pattern))) {
    yield text.repeat(Math.ceil(size / Math.max(text.length, 1))) + misfit;
    for (const place of placesOf(text)) {
      const repeated = (text[place] ?? ' ').repeat(size);
      yield text.slice(0, place) + repeated + misfit;
      yield misfit + text.slice(0, place) + repeated + text.slice(place);
    }
  }
}

function matchesOf(pattern: RegExp): string[] {
  try {
    return fc.sample(fc.stringMatching(new RegExp(pattern.source, pattern.flags.replace(/[gy]/g, ''))), {
      numRuns: 1,
      seed: 4,
    });
  } catch {
    // The generator knows no look-behind and no Unicode properties: what the pattern itself is written with, then.
    return [pattern.source];
  }
}

/** Up to four places, spread over the text. */
function placesOf(text: string): number[] {
  const count = Math.min(text.length, 4);
  return Array.from({ length: count }, (_, index) => Math.floor((index * text.length) / count));
}
