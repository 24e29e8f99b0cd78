/** Values that change, by key. A copy of it shares them, and each side copies one before it changes it for the first time. */
export class SharedMap<Value> {
  readonly #values: Map<string, Value>;
  /** Keys of the values that nobody else has. */
  readonly #unshared = new Set<string>();
  readonly #copy: (value: Value | undefined) => Value;

  /** @param copy - copies a value, or makes the first one for a key */
  constructor(original: SharedMap<Value> | undefined, copy: (value: Value | undefined) => Value) {
    this.#values = new Map(original === undefined ? [] : original.#values);
    this.#copy = copy;
    if (original !== undefined) original.#unshared.clear();
  }

  /** A value to look at: it may change later. */
  get(key: string): Value | undefined {
    return this.#values.get(key);
  }

  /** A value that stays as it is, whatever changes later. */
  share(key: string): Value | undefined {
    this.#unshared.delete(key);
    return this.#values.get(key);
  }

  /** A value that may be changed. */
  changeable(key: string): Value {
    const value = this.#values.get(key);
    if (value !== undefined && this.#unshared.has(key)) return value;
    const own = this.#copy(value);
    this.#values.set(key, own);
    this.#unshared.add(key);
    return own;
  }
}
