import { SharedMap } from './shared-map.ts';

interface Owned {
  readonly id: string;
  readonly uuid: string;
  readonly system: string;
}

/** Members or groups: found by UUID, by id and by the system that they belong to, in the order they were made in. */
export class Collection<R extends Owned> {
  readonly #byUuid: Map<string, R>;
  readonly #uuidById: Map<string, string>;
  readonly #bySystem: SharedMap<Roll<R>>;
  readonly #onChange: (uuid: string) => void;

  /** @param onChange - told of each record that is put or deleted */
  constructor(original?: Collection<R>, onChange: (uuid: string) => void = () => {}) {
    this.#onChange = onChange;
    this.#byUuid = new Map(original === undefined ? [] : original.#byUuid);
    this.#uuidById = new Map(original === undefined ? [] : original.#uuidById);
    this.#bySystem = new SharedMap(
      original === undefined ? undefined : original.#bySystem,
      (roll) => new Roll(roll),
    );
  }

  get(uuid: string): R | undefined {
    return this.#byUuid.get(uuid);
  }

  /** @param id - in lower case, without a dash */
  getById(id: string): R | undefined {
    const uuid = this.#uuidById.get(id);
    return uuid === undefined ? undefined : this.#byUuid.get(uuid);
  }

  /** A list that stays as it is: the same one until something changes, then another. */
  of(system: string): readonly R[] {
    return this.#bySystem.get(system)?.list ?? [];
  }

  count(system: string): number {
    return this.#bySystem.get(system)?.size ?? 0;
  }

  /** Adds a record, or replaces the one with the same UUID. */
  put(record: R): void {
    this.#onChange(record.uuid);
    this.#bySystem.changeable(record.system).put(record);
    this.#byUuid.set(record.uuid, record);
    this.#uuidById.set(record.id, record.uuid);
  }

  delete(record: R): void {
    this.#onChange(record.uuid);
    this.#bySystem.changeable(record.system).delete(record);
    this.#byUuid.delete(record.uuid);
    this.#uuidById.delete(record.id);
  }
}

/** What belongs to one system. Its list is made when it is asked for, so that many changes in a row cost no more each. */
class Roll<R extends Owned> {
  readonly #records: Map<string, R>;
  #list: readonly R[] | undefined;

  constructor(original?: Roll<R>) {
    this.#records = new Map(original === undefined ? [] : original.#records);
  }

  get size(): number {
    return this.#records.size;
  }

  get list(): readonly R[] {
    this.#list ??= [...this.#records.values()];
    return this.#list;
  }

  put(record: R): void {
    this.#records.set(record.uuid, record);
    this.#list = undefined;
  }

  delete({ uuid }: R): void {
    this.#records.delete(uuid);
    this.#list = undefined;
  }
}
