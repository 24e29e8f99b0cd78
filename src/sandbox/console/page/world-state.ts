import type { FullWorld } from '../../world/world.ts';
import { admin } from './admin.ts';

/** The world, as last read. */
export class WorldState {
  #world: FullWorld = { systems: [], messages: [] };
  #text = '';
  readonly #listeners: ((world: FullWorld) => void)[] = [];

  get world(): FullWorld {
    return this.#world;
  }

  onChange(listener: (world: FullWorld) => void): void {
    this.#listeners.push(listener);
  }

  /** Reads it again, and calls the listeners if it has changed. */
  async update(): Promise<void> {
    const world = await admin.world();
    const text = JSON.stringify(world);
    if (text === this.#text) return;
    this.#text = text;
    this.#world = world;
    for (const listener of this.#listeners) listener(world);
  }
}
