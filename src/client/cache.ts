/** What remembers message lookups: a Keyv, a Map, or anything else with these two methods. */
export interface Cache {
  /** Gives what was set, or undefined. */
  get(key: string): unknown;
  /** @param ttl - milliseconds after which it should be forgotten */
  set(key: string, value: unknown, ttl: number): unknown;
}
