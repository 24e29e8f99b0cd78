import type { KeptRecord, StateChanges, Storage } from '../../src/sandbox/storage/storage.ts';

/** Keeps JSON in memory. */
export class MemoryStorage implements Storage {
  readonly writes: StateChanges[] = [];
  /** Rejects what is to be written. */
  isFull = false;
  #start: string | undefined;
  readonly #changed = new Map<string, string>();

  read() {
    if (this.#start === undefined) return undefined;
    const changed = [...this.#changed.values()].map((text): KeptRecord => JSON.parse(text));
    return { start: JSON.parse(this.#start), changed };
  }

  write(changes: StateChanges): void {
    if (this.isFull) throw new Error('The disk is full');
    this.writes.push(changes);
    if (changes.start !== undefined) this.#start = JSON.stringify(changes.start);
    if (changes.isReset) this.#changed.clear();
    for (const record of changes.written) this.#changed.set(nameOf(record), JSON.stringify(record));
    for (const record of changes.deleted) this.#changed.set(nameOf(record), JSON.stringify(record));
  }
}

function nameOf({ kind, key }: Pick<KeptRecord, 'kind' | 'key'>): string {
  return `${kind} ${key}`;
}
