interface Owned {
  readonly id: string;
  readonly uuid: string;
  readonly system: string;
}

/** Members or groups: found by UUID, by id and by the system that they belong to, in the order they were made in. */
export class Collection<R extends Owned> {
  readonly #byUuid: Map<string, R>;
  readonly #uuidById: Map<string, string>;
  readonly #bySystem: Map<string, readonly R[]>;
  readonly #onChange: (uuid: string) => void;

  /** @param onChange - told of each record that is put or deleted */
  constructor(original?: Collection<R>, onChange: (uuid: string) => void = () => {}) {
    this.#onChange = onChange;
    this.#byUuid = new Map(original === undefined ? [] : original.#byUuid);
    this.#uuidById = new Map(original === undefined ? [] : original.#uuidById);
    this.#bySystem = new Map(original === undefined ? [] : original.#bySystem);
  }

  get(uuid: string): R | undefined {
    return this.#byUuid.get(uuid);
  }

  /** @param id - in lower case, without a dash */
  getById(id: string): R | undefined {
    const uuid = this.#uuidById.get(id);
    return uuid === undefined ? undefined : this.#byUuid.get(uuid);
  }

  of(system: string): readonly R[] {
    return this.#bySystem.get(system) ?? [];
  }

  /** Adds a record, or replaces the one with the same UUID. */
  put(record: R): void {
    this.#onChange(record.uuid);
    const owned = this.of(record.system);
    const replaced = this.#byUuid.has(record.uuid);
    this.#bySystem.set(
      record.system,
      replaced ? owned.map((other) => (other.uuid === record.uuid ? record : other)) : [...owned, record],
    );
    this.#byUuid.set(record.uuid, record);
    this.#uuidById.set(record.id, record.uuid);
  }

  delete(record: R): void {
    this.#onChange(record.uuid);
    this.#byUuid.delete(record.uuid);
    this.#uuidById.delete(record.id);
    this.#bySystem.set(
      record.system,
      this.of(record.system).filter(({ uuid }) => uuid !== record.uuid),
    );
  }
}
