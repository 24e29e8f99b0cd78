/**
 * A JSON value as the server's reader sees it: numbers keep what kind of number they were written as,
 * objects are maps, so that `__proto__` is an ordinary key.
 */
export type JsonToken = null | boolean | string | JsonNumber | readonly JsonToken[] | JsonObject;

/** An object's members; where a key was written twice, the last one counts. */
export type JsonObject = ReadonlyMap<string, JsonToken>;

/** A number: an integer of any size, or a 64-bit float. */
export class JsonNumber {
  /** As it was written. */
  readonly source: string;
  #value: bigint | number | undefined;

  /**
   * @param source - as it was written
   * @param value - may be omitted for a decimal integer, which is then converted only on demand
   */
  constructor(source: string, value?: bigint | number) {
    this.source = source;
    this.#value = value;
  }

  get value(): bigint | number {
    this.#value ??= BigInt(this.source);
    return this.#value;
  }
}

export function isJsonObject(token: JsonToken): token is JsonObject {
  return token instanceof Map;
}

export function isJsonList(token: JsonToken): token is readonly JsonToken[] {
  return Array.isArray(token);
}
