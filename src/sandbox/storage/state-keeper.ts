import type { Store } from '../store/store.ts';
import type { DumpedRecord } from '../world/dump.ts';
import type { FullWorld } from '../world/world.ts';
import type { KeptKind, Storage } from './storage.ts';

/** Gathers what changes in a store and among its API keys, and has a storage keep it. */
export class StateKeeper {
  readonly #storage: Storage;
  readonly #touched = new Map<string, { readonly kind: KeptKind; readonly key: string }>();
  #isReplaced = false;

  constructor(storage: Storage) {
    this.#storage = storage;
  }

  /** Notes that a record was put or deleted, or a key given out or revoked. */
  touch(kind: KeptKind, key: string): void {
    this.#touched.set(`${kind} ${key}`, { kind, key });
  }

  /** Notes that all records are others now, and no key is left. */
  replace(store: Store): void {
    this.#isReplaced = true;
    this.#touched.clear();
    for (const { uuid } of store.systems) {
      this.touch('system', uuid);
      for (const member of store.members.of(uuid)) this.touch('member', member.uuid);
      for (const group of store.groups.of(uuid)) this.touch('group', group.uuid);
      for (const logged of store.switches.of(uuid)) this.touch('switch', logged.id);
    }
    for (const { id } of store.messages) this.touch('message', id);
  }

  /**
   * Keeps what was noted; it is still to be kept where that fails.
   *
   * @param dump - writes a record or a key as it is to be kept; undefined where there is none
   * @param start - gives the world that `reset` goes back to
   * @throws whatever the storage throws
   */
  flush(dump: (kind: KeptKind, key: string) => DumpedRecord | undefined, start: () => FullWorld): void {
    if (this.#touched.size === 0 && !this.#isReplaced) return;
    const dumped = [...this.#touched.values()].map((one) => ({ ...one, record: dump(one.kind, one.key) }));
    this.#storage.write({
      start: this.#isReplaced ? start() : undefined,
      written: dumped.flatMap(({ kind, key, record }) =>
        record === undefined ? [] : { kind, key, ...record },
      ),
      deleted: dumped.filter(({ record }) => record === undefined).map(({ kind, key }) => ({ kind, key })),
    });
    this.#touched.clear();
    this.#isReplaced = false;
  }
}
