/** Which records name a member, by the UUID of the member. */
export class Backlinks {
  readonly #keys = new Map<string, Set<string>>();

  /** Keys of the records that name a member. */
  to(member: string): readonly string[] {
    return [...(this.#keys.get(member) ?? [])];
  }

  /** Notes whom a record named before it was changed, and whom it names now. */
  replace(key: string, before: readonly string[], after: readonly string[]): void {
    if (before === after) return;
    for (const member of before) this.#remove(member, key);
    for (const member of after) this.#add(member, key);
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
