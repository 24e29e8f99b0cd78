import type { Instant } from '../formats/instant.ts';
import type { SwitchRecord } from './records.ts';
import { SharedMap } from './shared-map.ts';

/** The switches of all systems, each system's from the oldest to the newest. */
export class SwitchLog {
  readonly #byId: Map<string, SwitchRecord>;
  readonly #bySystem: SharedMap<SwitchRecord[]>;
  readonly #onChange: (id: string) => void;

  /** @param onChange - told of each record that is put or deleted */
  constructor(original?: SwitchLog, onChange: (id: string) => void = () => {}) {
    this.#onChange = onChange;
    this.#byId = new Map(original === undefined ? [] : original.#byId);
    this.#bySystem = new SharedMap(original === undefined ? undefined : original.#bySystem, (log = []) => [
      ...log,
    ]);
  }

  get(id: string): SwitchRecord | undefined {
    return this.#byId.get(id);
  }

  /** A list that stays as it is, whatever changes later. */
  of(system: string): readonly SwitchRecord[] {
    return this.#bySystem.share(system) ?? [];
  }

  latest(system: string): SwitchRecord | undefined {
    return this.#list(system).at(-1);
  }

  hasAt(system: string, timestamp: Instant): boolean {
    const log = this.#list(system);
    return log[countBefore(log, timestamp)]?.timestamp === timestamp;
  }

  /** The newest switches before a moment, newest first. */
  newestBefore(system: string, before: Instant | undefined, limit: number): readonly SwitchRecord[] {
    const log = this.#list(system);
    const end = before === undefined ? log.length : countBefore(log, before);
    return log.slice(Math.max(0, end - limit), end).reverse();
  }

  /** Adds a switch, or replaces the one with the same id. */
  put(record: SwitchRecord): void {
    this.#onChange(record.id);
    const log = this.#bySystem.changeable(record.system);
    const existing = this.#byId.get(record.id);
    if (existing?.timestamp === record.timestamp) {
      log[placeOf(log, existing)] = record;
    } else {
      if (existing !== undefined) log.splice(placeOf(log, existing), 1);
      log.splice(countBefore(log, record.timestamp), 0, record);
    }
    this.#byId.set(record.id, record);
  }

  delete(record: SwitchRecord): void {
    this.#onChange(record.id);
    this.#byId.delete(record.id);
    const log = this.#bySystem.changeable(record.system);
    log.splice(placeOf(log, record), 1);
  }

  #list(system: string): readonly SwitchRecord[] {
    return this.#bySystem.get(system) ?? [];
  }
}

function countBefore(log: readonly SwitchRecord[], moment: Instant): number {
  let low = 0;
  let high = log.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((log[middle]?.timestamp ?? moment) < moment) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Where a switch of the log stands; a world may have several at one time. */
function placeOf(log: readonly SwitchRecord[], { id, timestamp }: SwitchRecord): number {
  let place = countBefore(log, timestamp);
  while (place < log.length && log[place]?.id !== id) place += 1;
  return place;
}
