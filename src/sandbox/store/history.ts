/** A value of a table, and its place in the order in which values were first put. */
export interface Entry<Value> {
  readonly value: Value;
  readonly place: number;
}

/** A table whose changes a history can revert. */
export interface Versioned {
  keys(): Iterable<string>;
  /** Replaces or deletes an entry. @returns what was there */
  swap(key: string, entry: Entry<unknown> | undefined): Entry<unknown> | undefined;
}

interface Change {
  readonly table: Versioned;
  readonly key: string;
  readonly before: Entry<unknown> | undefined;
}

/** The previous entries, by table and key. */
type Differences = Map<Versioned, Map<string, Entry<unknown> | undefined>>;

/** A saved state of all tables. */
export interface Version {
  /** The versions that are one step farther from the present one. */
  readonly farther: Set<Version>;
  /** The version that is one step nearer to the present one; undefined for that itself. */
  nearer: Version | undefined;
  /** What was there in this version and is another in the nearer one. */
  differences: Differences;
  /** How often it was saved and not released. */
  saves: number;
}

/**
 * Saves states of tables, and reverts uncommitted changes. A version holds only its differences from the next one on the
 * way to the present. So saving costs nothing, and restoring costs in proportion to the changes since, whatever the size of
 * the world.
 */
export class History {
  #present: Version = newVersion();
  #uncommitted: Change[] = [];
  #nextPlace = 0;

  /** The next place in the order of all values. */
  nextPlace(): number {
    this.#nextPlace += 1;
    return this.#nextPlace;
  }

  /** Records the previous entry before a change. */
  note(table: Versioned, key: string, before: Entry<unknown> | undefined): void {
    this.#uncommitted.push({ table, key, before });
    const present = this.#present;
    if (present.saves > 0 || present.farther.size > 1) this.#branch();
    for (const { differences } of this.#present.farther) {
      const ofTable = differences.get(table) ?? new Map();
      if (!ofTable.has(key)) ofTable.set(key, before);
      differences.set(table, ofTable);
    }
  }

  /** The uncommitted changes, each key once per change. */
  get uncommitted(): readonly Change[] {
    return this.#uncommitted;
  }

  commit(): void {
    if (this.#uncommitted.length > 0) this.#uncommitted = [];
  }

  /** Reverts all uncommitted changes. */
  rollback(): void {
    const changes = this.#uncommitted.reverse();
    this.#uncommitted = [];
    for (const { table, key, before } of changes) this.note(table, key, table.swap(key, before));
    this.#uncommitted = [];
  }

  /** Saves the present state until it is released. */
  save(): Version {
    this.#present.saves += 1;
    return this.#present;
  }

  /** Restores a saved state. This is a change, which can be committed or reverted. */
  restore(version: Version): void {
    const before = this.#present;
    const path: Version[] = [];
    for (let step = version; step.nearer !== undefined; step = step.nearer) path.push(step);
    for (const step of path.reverse()) this.#stepBack(step);
    forget(before);
  }

  release(version: Version): void {
    version.saves -= 1;
    forget(version);
  }

  /** A version that was saved stays as it is: what changes is a new one. */
  #branch(): void {
    const next = newVersion();
    this.#present.nearer = next;
    next.farther.add(this.#present);
    this.#present = next;
  }

  /** Makes a neighbour of the present version the present one. */
  #stepBack(version: Version): void {
    const before = this.#present;
    const { differences } = version;
    version.differences = new Map();
    version.nearer = undefined;
    before.farther.delete(version);
    before.nearer = version;
    version.farther.add(before);
    for (const [table, entries] of differences) {
      const inverse = new Map<string, Entry<unknown> | undefined>();
      for (const [key, entry] of entries) {
        const other = table.swap(key, entry);
        inverse.set(key, other);
        this.#uncommitted.push({ table, key, before: other });
      }
      before.differences.set(table, inverse);
    }
    this.#present = version;
  }
}

function newVersion(): Version {
  return { farther: new Set(), nearer: undefined, differences: new Map(), saves: 0 };
}

/** Removes an unused version; its differences go to the only version beyond it, if any. */
function forget(version: Version): void {
  const { nearer, farther } = version;
  if (version.saves > 0 || nearer === undefined || farther.size > 1) return;
  nearer.farther.delete(version);
  const [beyond] = farther;
  if (beyond === undefined) {
    forget(nearer);
    return;
  }
  for (const [table, entries] of version.differences) {
    const ofTable = beyond.differences.get(table) ?? new Map();
    for (const [key, entry] of entries) if (!ofTable.has(key)) ofTable.set(key, entry);
    beyond.differences.set(table, ofTable);
  }
  beyond.nearer = nearer;
  nearer.farther.add(beyond);
}
