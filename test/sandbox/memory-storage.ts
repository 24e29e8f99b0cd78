import type { KeptRecord, StateChanges, Storage } from '../../src/sandbox/storage/storage.ts';

/** Keeps JSON in memory. */
export class MemoryStorage implements Storage {
  readonly writes: StateChanges[] = [];
  /** Rejects what is to be written. */
  isFull = false;
  #start: string | undefined;
  readonly #records = new Map<string, string>();

  read() {
    if (this.#start === undefined) return undefined;
    const records = [...this.#records.values()].map((text): KeptRecord => JSON.parse(text));
    return { start: JSON.parse(this.#start), records };
  }

  write(changes: StateChanges): void {
    if (this.isFull) throw new Error('The disk is full');
    this.writes.push(changes);
    if (changes.start !== undefined) {
      this.#start = JSON.stringify(changes.start);
      this.#records.clear();
    }
    for (const record of changes.written) {
      this.#records.set(`${record.kind} ${record.key}`, JSON.stringify(record));
    }
    for (const { kind, key } of changes.deleted) this.#records.delete(`${kind} ${key}`);
  }
}
