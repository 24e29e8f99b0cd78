/** A cache of message lookups: a Keyv, a Map, or any object with these two methods. */
export interface Cache {
  /** Returns the value that was set, or undefined. */
  get(key: string): unknown;
  /** @param ttl - milliseconds after which it should be forgotten */
  set(key: string, value: unknown, ttl: number): unknown;
}
