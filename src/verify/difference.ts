/** A difference from the document, by names and types, never by values. */
export interface Difference {
  /**
   * `undocumented`: sent, and not in the document. `missing`: in the document, and not sent. `type`: of another type.
   * `value`: of the right type, and not of the documented form.
   */
  readonly kind: 'undocumented' | 'missing' | 'type' | 'value';
  /** Where: `status`, `header X-RateLimit-Scope`, `body /members[]/name`. */
  readonly place: string;
  /** The documented type, or the keyword of JSON Schema that failed. */
  readonly expected?: string;
  /** The type that was sent. */
  readonly actual?: string;
}

/** Longer names are cut, so that a server can't fill the screen. */
const longestName = 80;

/** A name that a server sent, harmless to a terminal and to Markdown. */
export function safeName(name: string): string {
  return name.replace(/[^\w.@~/[\]-]/g, '?').slice(0, longestName);
}

/** Removes repeated differences. */
export function distinct(differences: readonly Difference[]): readonly Difference[] {
  const byText = new Map(differences.map((difference) => [JSON.stringify(difference), difference]));
  return [...byText.values()];
}
