import type { RecordName, Store } from '../store/store.ts';
import { dumpRecord } from '../world/dump.ts';
import type { StateChanges, Storage, WrittenRecord } from './storage.ts';

/** Writes changes to a storage. All methods throw the storage's errors; then nothing is kept. */
export class StateKeeper {
  readonly #storage: Storage | undefined;

  /** @param storage - undefined where nothing is kept */
  constructor(storage: Storage | undefined) {
    this.#storage = storage;
  }

  /** Keeps what was changed in a store and not committed. */
  keepChanges(store: Store): void {
    if (store.history.uncommitted.length === 0) return;
    const names = this.#storage === undefined ? [] : store.uncommitted();
    if (names.length > 0) this.#storage?.write({ isReset: false, ...contentsOf(store, names) });
  }

  /** Keeps a store as the one that `reset` goes back to. */
  keepStart(store: Store): void {
    if (this.#storage === undefined) return;
    const { written } = contentsOf(store, store.names());
    this.#storage.write({ start: written, isReset: true, written: [], deleted: [] });
  }

  /** Keeps a reset to the start. */
  keepReset(): void {
    this.#storage?.write({ isReset: true, written: [], deleted: [] });
  }

  /**
   * Keeps a store in place of all that was changed since the start.
   *
   * @param atStart - what was there at the start
   */
  keepOther(atStart: readonly RecordName[], store: Store): void {
    if (this.#storage === undefined) return;
    const names = new Map([...atStart, ...store.names()].map((name) => [`${name.kind} ${name.key}`, name]));
    this.#storage.write({ isReset: true, ...contentsOf(store, [...names.values()]) });
  }
}

function contentsOf(store: Store, names: readonly RecordName[]): Pick<StateChanges, 'written' | 'deleted'> {
  const written: WrittenRecord[] = [];
  const deleted: RecordName[] = [];
  for (const name of names) {
    const record = dumpRecord(store, name);
    if (record === undefined) deleted.push(name);
    else written.push({ ...name, ...record });
  }
  return { written, deleted };
}
