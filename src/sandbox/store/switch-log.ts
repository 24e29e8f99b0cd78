import type { Instant } from '../formats/instant.ts';
import type { SwitchRecord } from './records.ts';

/** The switches of all systems, each system's from the oldest to the newest. */
export class SwitchLog {
  readonly #byId: Map<string, SwitchRecord>;
  readonly #bySystem: Map<string, readonly SwitchRecord[]>;
  readonly #onChange: (id: string) => void;

  /** @param onChange - told of each record that is put or deleted */
  constructor(original?: SwitchLog, onChange: (id: string) => void = () => {}) {
    this.#onChange = onChange;
    this.#byId = new Map(original === undefined ? [] : original.#byId);
    this.#bySystem = new Map(original === undefined ? [] : original.#bySystem);
  }

  get(id: string): SwitchRecord | undefined {
    return this.#byId.get(id);
  }

  of(system: string): readonly SwitchRecord[] {
    return this.#bySystem.get(system) ?? [];
  }

  latest(system: string): SwitchRecord | undefined {
    return this.of(system).at(-1);
  }

  hasAt(system: string, timestamp: Instant): boolean {
    return this.of(system)[this.#countBefore(system, timestamp)]?.timestamp === timestamp;
  }

  /** The newest switches before a moment, newest first. */
  newestBefore(system: string, before: Instant | undefined, limit: number): readonly SwitchRecord[] {
    const end = before === undefined ? this.of(system).length : this.#countBefore(system, before);
    return this.of(system)
      .slice(Math.max(0, end - limit), end)
      .reverse();
  }

  /** Adds a switch, or replaces the one with the same id. */
  put(record: SwitchRecord): void {
    this.#onChange(record.id);
    const existing = this.#byId.get(record.id);
    if (existing !== undefined) this.delete(existing);
    const log = this.of(record.system);
    const place = this.#countBefore(record.system, record.timestamp);
    this.#bySystem.set(record.system, [...log.slice(0, place), record, ...log.slice(place)]);
    this.#byId.set(record.id, record);
  }

  delete(record: SwitchRecord): void {
    this.#onChange(record.id);
    this.#byId.delete(record.id);
    this.#bySystem.set(
      record.system,
      this.of(record.system).filter(({ id }) => id !== record.id),
    );
  }

  #countBefore(system: string, moment: Instant): number {
    const log = this.of(system);
    let low = 0;
    let high = log.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((log[middle]?.timestamp ?? moment) < moment) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
