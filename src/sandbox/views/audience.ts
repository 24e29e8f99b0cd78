/** Who sees an entity: its owner, or anybody else. */
export type Audience = 'owner' | 'other';

/**
 * Remembers what a view made of a record: records never change, so it stays right. The text is what is asked for most.
 */
export function cachedText<R extends object>(view: (record: R, audience: Audience) => object) {
  const cache = { owner: new WeakMap<R, string>(), other: new WeakMap<R, string>() };
  return (record: R, audience: Audience): string => {
    const known = cache[audience].get(record);
    if (known !== undefined) return known;
    const text = JSON.stringify(view(record, audience));
    cache[audience].set(record, text);
    return text;
  };
}

/** A JSON list of texts that are JSON. */
export function listText(items: readonly string[]): string {
  return `[${items.join(',')}]`;
}
