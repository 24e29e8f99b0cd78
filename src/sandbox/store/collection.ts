import type { Entry, History } from './history.ts';
import { inOrder, Table } from './table.ts';

interface Owned {
  readonly id: string;
  readonly uuid: string;
  readonly system: string;
}

/** Members or groups: found by UUID, by id and by the system that they belong to, in the order they were made in. */
export class Collection<R extends Owned> {
  readonly #records: Table<R>;
  readonly #uuidById = new Map<string, string>();
  readonly #bySystem = new Map<string, Roll<R>>();

  /** @param onSwap - told of each change: what was there, and what is */
  constructor(history: History, onSwap: (before: R | undefined, after: R | undefined) => void = () => {}) {
    this.#records = new Table<R>(history, (before, after) => {
      if (before !== undefined) this.#forget(before);
      if (after !== undefined) this.#index(after);
      onSwap(before?.value, after?.value);
    });
  }

  /** The table for the storage. */
  get table(): Table<R> {
    return this.#records;
  }

  get(uuid: string): R | undefined {
    return this.#records.get(uuid);
  }

  /** @param id - in lower case, without a dash */
  getById(id: string): R | undefined {
    const uuid = this.#uuidById.get(id);
    return uuid === undefined ? undefined : this.#records.get(uuid);
  }

  /** An immutable list: the same object until something changes. */
  of(system: string): readonly R[] {
    return this.#bySystem.get(system)?.list ?? [];
  }

  count(system: string): number {
    return this.#bySystem.get(system)?.size ?? 0;
  }

  /** Adds a record, or replaces the one with the same UUID. */
  put(record: R): void {
    this.#records.put(record.uuid, record);
  }

  delete({ uuid }: R): void {
    this.#records.delete(uuid);
  }

  #forget({ value: { id, uuid, system } }: Entry<R>): void {
    if (this.#uuidById.get(id) === uuid) this.#uuidById.delete(id);
    this.#bySystem.get(system)?.delete(uuid);
  }

  #index(entry: Entry<R>): void {
    const { id, uuid, system } = entry.value;
    this.#uuidById.set(id, uuid);
    const roll = this.#bySystem.get(system) ?? new Roll<R>();
    this.#bySystem.set(system, roll);
    roll.put(uuid, entry);
  }
}

/** The records of one system. The list is made lazily, so that many changes in a row stay cheap. */
class Roll<R> {
  readonly #entries = new Map<string, Entry<R>>();
  #list: readonly R[] | undefined;

  get size(): number {
    return this.#entries.size;
  }

  get list(): readonly R[] {
    this.#list ??= inOrder(this.#entries.values());
    return this.#list;
  }

  put(key: string, entry: Entry<R>): void {
    this.#entries.set(key, entry);
    this.#list = undefined;
  }

  delete(key: string): void {
    this.#entries.delete(key);
    this.#list = undefined;
  }
}
