import type { Instant } from '../formats/instant.ts';
import type { Entry, History } from './history.ts';
import type { SwitchRecord } from './records.ts';
import { Table } from './table.ts';

/** The switches of all systems, each system's from the oldest to the newest. */
export class SwitchLog {
  readonly #records: Table<SwitchRecord>;
  readonly #bySystem = new Map<string, Log>();

  /** @param onSwap - told of each change: what was there, and what is */
  constructor(
    history: History,
    onSwap: (before: SwitchRecord | undefined, after: SwitchRecord | undefined) => void = () => {},
  ) {
    this.#records = new Table<SwitchRecord>(history, (before, after) => {
      if (before !== undefined) this.#log(before.value.system).delete(before);
      if (after !== undefined) this.#log(after.value.system).add(after);
      onSwap(before?.value, after?.value);
    });
  }

  /** For the storage, by what it keeps them as. */
  get table(): Table<SwitchRecord> {
    return this.#records;
  }

  get(id: string): SwitchRecord | undefined {
    return this.#records.get(id);
  }

  /** A list that stays as it is, whatever changes later. */
  of(system: string): readonly SwitchRecord[] {
    return this.#log(system).list();
  }

  latest(system: string): SwitchRecord | undefined {
    return this.#log(system).latest();
  }

  hasAt(system: string, timestamp: Instant): boolean {
    return this.#log(system).hasAt(timestamp);
  }

  /** The newest switches before a moment, newest first. Without a moment it is the same list until something changes. */
  newestBefore(system: string, before: Instant | undefined, limit: number): readonly SwitchRecord[] {
    return this.#log(system).newestBefore(before, limit);
  }

  /** Adds a switch, or replaces the one with the same id. */
  put(record: SwitchRecord): void {
    this.#records.put(record.id, record);
  }

  delete({ id }: SwitchRecord): void {
    this.#records.delete(id);
  }

  #log(system: string): Log {
    const log = this.#bySystem.get(system) ?? new Log();
    this.#bySystem.set(system, log);
    return log;
  }
}

/** The switches of one system, by time and, where a world has several at one time, in the order they were made in. */
class Log {
  readonly #entries: Entry<SwitchRecord>[] = [];
  /** The newest ones, as they were asked for last. */
  #newest: { readonly limit: number; readonly list: readonly SwitchRecord[] } | undefined;

  list(): readonly SwitchRecord[] {
    return this.#entries.map(({ value }) => value);
  }

  latest(): SwitchRecord | undefined {
    return this.#entries.at(-1)?.value;
  }

  hasAt(timestamp: Instant): boolean {
    return this.#entries[this.#countBefore(timestamp)]?.value.timestamp === timestamp;
  }

  newestBefore(before: Instant | undefined, limit: number): readonly SwitchRecord[] {
    if (before !== undefined) return this.#endingAt(this.#countBefore(before), limit);
    if (this.#newest?.limit !== limit) {
      this.#newest = { limit, list: this.#endingAt(this.#entries.length, limit) };
    }
    return this.#newest.list;
  }

  #endingAt(end: number, limit: number): readonly SwitchRecord[] {
    const newest = this.#entries.slice(Math.max(0, end - limit), end).reverse();
    return newest.map(({ value }) => value);
  }

  add(entry: Entry<SwitchRecord>): void {
    this.#newest = undefined;
    this.#entries.splice(this.#countBefore(entry.value.timestamp, entry.place), 0, entry);
  }

  delete(entry: Entry<SwitchRecord>): void {
    this.#newest = undefined;
    this.#entries.splice(this.#countBefore(entry.value.timestamp, entry.place), 1);
  }

  /** Those before a moment, and those at it before a place. */
  #countBefore(moment: Instant, place = 0): number {
    let low = 0;
    let high = this.#entries.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      const entry = this.#entries[middle];
      if (entry !== undefined && isBefore(entry, moment, place)) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}

function isBefore({ value, place }: Entry<SwitchRecord>, moment: Instant, placeThere: number): boolean {
  return value.timestamp < moment || (value.timestamp === moment && place < placeThere);
}
