import { namesNo } from '../world/names-no.ts';
import { WorldError } from '../world/problems.ts';
import { nullable, object, text } from '../world/shape.ts';

/** The most snapshots. Each costs only its differences. */
const mostSnapshots = 1000;

const name = text('a name of 1 to 100 characters', (value) => value.length > 0 && value.length <= 100);
const changeShape = object({ save: nullable(name), restore: nullable(name) });

/** One of both actions. @throws {WorldError} where it is neither or both */
export function snapshotChange(body: unknown): { readonly save: string } | { readonly restore: string } {
  const { save, restore } = changeShape.read(body, 'The request body');
  if (save !== null && restore === null) return { save };
  if (restore !== null && save === null) return { restore };
  throw new WorldError('', 'must have either save or restore', [], 'The request body');
}

/** Saves and restores named states. */
export interface SandboxSnapshots {
  /** Their names, in the order in which they were saved first. */
  list(): readonly string[];
  /**
   * Saves the state under a name, in place of an older one of that name: the world, texts of messages, and the clock.
   *
   * @throws {WorldError} where the name is empty or too long, or there are 1,000 already
   */
  save(name: string): void;
  /**
   * Goes back to a state. Requests, events, faults, API keys and rate limits start over, as with `reset`.
   *
   * @throws {WorldError} where there is none of that name
   */
  restore(name: string): void;
  /** @returns whether there was one of that name */
  delete(name: string): boolean;
}

/** A state that was saved. */
export interface SavedState {
  restore(): void;
  /** Frees it. */
  release(): void;
}

/**
 * Keeps states by name, in memory.
 *
 * @param save - saves the present state
 */
export function createSnapshots(save: () => SavedState): SandboxSnapshots {
  const states = new Map<string, SavedState>();
  return {
    list: () => [...states.keys()],
    save(given) {
      const key = name.readAt(given, 'save');
      const before = states.get(key);
      if (states.size >= mostSnapshots && before === undefined) {
        throw new WorldError('save', `is one too many: there are ${mostSnapshots} snapshots`);
      }
      states.set(key, save());
      before?.release();
    },
    restore(given) {
      const state = states.get(name.readAt(given, 'restore'));
      if (state === undefined) throw new WorldError('restore', namesNo('snapshot', given, states.keys()));
      state.restore();
    },
    delete(given) {
      states.get(given)?.release();
      return states.delete(given);
    },
  };
}
