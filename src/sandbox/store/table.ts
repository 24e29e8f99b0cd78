import type { Entry, History } from './history.ts';

/** Told of each change of a table, also when it is taken back: what was there, and what is. */
export type OnSwap<Value> = (before: Entry<Value> | undefined, after: Entry<Value> | undefined) => void;

/** Values by key, in the order in which they were first put. All changes are noted in a history. */
export class Table<Value> {
  readonly #history: History;
  readonly #entries = new Map<string, Entry<Value>>();
  readonly #onSwap: OnSwap<Value>;
  #values: readonly Value[] | undefined;

  /** @param onSwap - keeps indexes up to date */
  constructor(history: History, onSwap: OnSwap<Value> = () => {}) {
    this.#history = history;
    this.#onSwap = onSwap;
  }

  get(key: string): Value | undefined {
    return this.#entries.get(key)?.value;
  }

  /** A list that stays as it is: the same one until something changes, then another. */
  get values(): readonly Value[] {
    this.#values ??= inOrder(this.#entries.values());
    return this.#values;
  }

  keys(): Iterable<string> {
    const entries = [...this.#entries].sort(([, one], [, other]) => one.place - other.place);
    return entries.map(([key]) => key);
  }

  /** Adds a value, or replaces the one with the same key, which keeps its place. */
  put(key: string, value: Value): void {
    const place = this.#entries.get(key)?.place ?? this.#history.nextPlace();
    this.#history.note(this, key, this.swap(key, { value, place }));
  }

  delete(key: string): void {
    if (this.#entries.has(key)) this.#history.note(this, key, this.swap(key, undefined));
  }

  /** Puts a value or, where there is none, deletes the one that is there. */
  set(key: string, value: Value | undefined): void {
    if (value === undefined) this.delete(key);
    else this.put(key, value);
  }

  /** For the history alone. */
  swap(key: string, entry: Entry<Value> | undefined): Entry<Value> | undefined {
    const before = this.#entries.get(key);
    if (entry === undefined) this.#entries.delete(key);
    else this.#entries.set(key, entry);
    this.#values = undefined;
    this.#onSwap(before, entry);
    return before;
  }
}

/** The values of entries, by their places. */
export function inOrder<Value>(entries: Iterable<Entry<Value>>): readonly Value[] {
  return [...entries].sort((one, other) => one.place - other.place).map(({ value }) => value);
}
