/** Who sees an entity: its owner, or anybody else. */
export type Audience = 'owner' | 'other';

/**
 * Remembers what was made of a record, or of a list of them: a store replaces both and never changes them, so it stays
 * right.
 *
 * @param make - gives the same for the same, and looks at nothing else
 */
export function cached<R extends object, Made>(make: (record: R, audience: Audience) => Made) {
  const cache = { owner: new WeakMap<R, Made>(), other: new WeakMap<R, Made>() };
  return (record: R, audience: Audience): Made => {
    const known = cache[audience].get(record);
    if (known !== undefined) return known;
    const made = make(record, audience);
    cache[audience].set(record, made);
    return made;
  };
}

/** The JSON of a view, remembered for reads; a change responds with what is new and may soon be replaced. */
export function cachedText<R extends object>(view: (record: R, audience: Audience) => object) {
  return cached((record: R, audience) => JSON.stringify(view(record, audience)));
}

/** A JSON list of texts that are JSON. */
export function listText(items: readonly string[]): string {
  return `[${items.join(',')}]`;
}
