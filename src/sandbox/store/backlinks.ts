/** Which records name a member, by the UUID of the member. */
export class Backlinks {
  readonly #keys = new Map<string, Set<string>>();

  /** Keys of the records that name a member. */
  to(member: string): readonly string[] {
    return [...(this.#keys.get(member) ?? [])];
  }

  /** Updates the members that a record names after a change. The cost is in proportion to the difference. */
  replace(key: string, before: readonly string[], after: readonly string[]): void {
    if (before === after) return;
    const shorter = Math.min(before.length, after.length);
    let start = 0;
    while (start < shorter && before[start] === after[start]) start += 1;
    let [beforeEnd, afterEnd] = [before.length, after.length];
    while (Math.min(beforeEnd, afterEnd) > start && before[beforeEnd - 1] === after[afterEnd - 1]) {
      beforeEnd -= 1;
      afterEnd -= 1;
    }
    for (const member of before.slice(start, beforeEnd)) this.#remove(member, key);
    for (const member of after.slice(start, afterEnd)) this.#add(member, key);
  }

  #add(member: string, key: string): void {
    const keys = this.#keys.get(member) ?? new Set();
    this.#keys.set(member, keys.add(key));
  }

  #remove(member: string, key: string): void {
    const keys = this.#keys.get(member);
    keys?.delete(key);
    if (keys?.size === 0) this.#keys.delete(member);
  }
}
