/** Makes the ids of new things. */
export interface IdSource {
  /** An id of letters. */
  shortId(): string;
  /** A random UUID (version 4). */
  uuid(): string;
  /** A random number from 0 up to 1. */
  fraction(): number;
}

const alphabet = 'abcdefghijklmnopqrstuvwxyz';

/**
 * Ids as the real server makes them: letters at random, and random UUIDs.
 *
 * @param seed - with a seed, the same ids come in the same order
 * @param letters - how many letters an id has; version 1 knows ids of five only
 */
export function createIdSource(seed: number | undefined, letters: 5 | 6): IdSource {
  const random = seed === undefined ? cryptographicWord : seededWord(seed);
  return {
    shortId() {
      let id = '';
      while (id.length < letters) id += alphabet[random() % alphabet.length];
      return id;
    },
    fraction: () => random() / 2 ** 32,
    uuid() {
      let hex = '';
      while (hex.length < 32) hex += random().toString(16).padStart(8, '0');
      const variant = '89ab'[Number.parseInt(hex.slice(16, 17), 16) % 4];
      return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-${variant}${hex.slice(17, 20)}-${hex.slice(20)}`;
    },
  };
}

function cryptographicWord(): number {
  return crypto.getRandomValues(new Uint32Array(1))[0] ?? 0;
}

/** The generator "mulberry32": 32 bits at a time. */
function seededWord(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let word = Math.imul(state ^ (state >>> 15), state | 1);
    word ^= word + Math.imul(word ^ (word >>> 7), word | 61);
    return (word ^ (word >>> 14)) >>> 0;
  };
}
