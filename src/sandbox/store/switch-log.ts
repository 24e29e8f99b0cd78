import type { Instant } from '../formats/instant.ts';
import type { SwitchRecord } from './records.ts';

/** The switches of all systems, each system's from the oldest to the newest. */
export class SwitchLog {
  readonly #byId: Map<string, SwitchRecord>;
  readonly #bySystem: Map<string, SwitchRecord[]>;
  /** Systems whose list nobody else has, neither a copy of this nor who asked for it. */
  readonly #unshared = new Set<string>();
  readonly #onChange: (id: string) => void;

  /** @param onChange - told of each record that is put or deleted */
  constructor(original?: SwitchLog, onChange: (id: string) => void = () => {}) {
    this.#onChange = onChange;
    this.#byId = new Map(original === undefined ? [] : original.#byId);
    this.#bySystem = new Map(original === undefined ? [] : original.#bySystem);
    if (original !== undefined) original.#unshared.clear();
  }

  get(id: string): SwitchRecord | undefined {
    return this.#byId.get(id);
  }

  /** A list that stays as it is, whatever changes later. */
  of(system: string): readonly SwitchRecord[] {
    this.#unshared.delete(system);
    return this.#list(system);
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
    const log = this.#changeable(record.system);
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
    const log = this.#changeable(record.system);
    log.splice(placeOf(log, record), 1);
  }

  #list(system: string): readonly SwitchRecord[] {
    return this.#bySystem.get(system) ?? [];
  }

  #changeable(system: string): SwitchRecord[] {
    const log = this.#bySystem.get(system) ?? [];
    if (this.#unshared.has(system)) return log;
    const own = [...log];
    this.#bySystem.set(system, own);
    this.#unshared.add(system);
    return own;
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
