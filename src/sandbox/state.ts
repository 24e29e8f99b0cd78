import { DiscordState } from './bot/discord-state.ts';
import { keptKeys } from './keys/kept-key.ts';
import { StateKeeper } from './storage/state-keeper.ts';
import { assembleWorld, currentRecords, type KeptState, type Storage } from './storage/storage.ts';
import type { Version } from './store/history.ts';
import { type RecordName, recordKinds, type Store } from './store/store.ts';
import { loadWorld } from './world/load.ts';

/** A world, and its simulated Discord. */
interface Scene {
  readonly store: Store;
  readonly discord: DiscordState;
}

/** A scene as it was at one time. */
interface SavedScene extends Scene {
  readonly version: Version;
}

/** The present world, and saved ones. Each change is kept or, where that fails, reverted. */
export class SandboxState {
  readonly #keeper: StateKeeper;
  #start: SavedScene;
  #scene: Scene;

  /**
   * @param world - where the storage has kept none
   * @throws {WorldError} naming the path of what is wrong
   * @throws whatever the storage throws
   */
  constructor(world: unknown, storage: Storage | undefined) {
    this.#keeper = new StateKeeper(storage);
    const kept = storage?.read();
    this.#start = saved(sceneOf(loadWorld(kept === undefined ? world : assembleWorld(kept.start))));
    this.#scene = this.#start;
    if (kept === undefined) this.#keeper.keepStart(this.store);
    else goOnFrom(this.store, kept);
  }

  get store(): Store {
    return this.#scene.store;
  }

  get discord(): DiscordState {
    return this.#scene.discord;
  }

  /** Keeps what was changed. @throws whatever the storage throws */
  keep(): void {
    this.#keepOrTakeBack(this.store, () => this.#keeper.keepChanges(this.store));
  }

  /** Goes back to the start. @throws whatever the storage throws */
  reset(): void {
    const { store, version } = this.#start;
    store.history.restore(version);
    this.#keepOrTakeBack(store, () => this.#keeper.keepReset());
    this.#scene = this.#start;
  }

  /**
   * Starts over from another world, which is the one that `reset` goes back to from now on.
   *
   * @throws {WorldError} naming the path of what is wrong
   * @throws whatever the storage throws
   */
  load(world: unknown): void {
    const store = loadWorld(world);
    this.#keeper.keepStart(store);
    this.#start.store.history.release(this.#start.version);
    this.#start = saved(sceneOf(store));
    this.#scene = this.#start;
  }

  save(): SavedScene {
    return saved(this.#scene);
  }

  release({ store, version }: SavedScene): void {
    store.history.release(version);
  }

  /** Goes back to what was saved, without its API keys. @throws whatever the storage throws */
  restore({ store, discord, version }: SavedScene): void {
    const isOther = store !== this.store;
    const atStart = isOther ? this.#namesAtStart() : [];
    store.history.restore(version);
    for (const key of store.keysOf('key')) store.keys.delete(key);
    this.#keepOrTakeBack(store, () => {
      if (isOther) this.#keeper.keepOther(atStart, store);
      else this.#keeper.keepChanges(store);
    });
    this.#scene = { store, discord };
  }

  /** Of the store that `reset` goes back to, while another one is the present one. */
  #namesAtStart(): readonly RecordName[] {
    const { store, version } = this.#start;
    store.history.restore(version);
    store.history.commit();
    return store.names();
  }

  /** Reverts changes that are not kept. */
  takeBack(): void {
    this.store.history.rollback();
  }

  #keepOrTakeBack({ history }: Store, keep: () => void): void {
    try {
      keep();
    } catch (error) {
      history.rollback();
      throw error;
    }
    history.commit();
  }
}

function sceneOf(store: Store): Scene {
  return { store, discord: new DiscordState(store.history) };
}

function saved({ store, discord }: Scene): SavedScene {
  return { store, discord, version: store.history.save() };
}

/** Makes the changes that a storage has kept. */
function goOnFrom(start: Store, kept: KeptState): void {
  const records = currentRecords(kept);
  const current = loadWorld(assembleWorld(records));
  for (const key of keptKeys(records)) current.keys.put(key.id, key);
  for (const { kind: name, key } of kept.changed) {
    const kind = recordKinds.find((one) => one === name);
    if (kind !== undefined) start.adopt({ kind, key }, current);
  }
  start.history.commit();
}
