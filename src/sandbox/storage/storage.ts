import type { RecordKind } from '../store/store.ts';
import type { FullWorld } from '../world/world.ts';

/** What is kept: all that a store holds, and the API keys that count. */
export type KeptKind = RecordKind | 'key';

/** Keeps the state of a sandbox beyond its process. What it was told to write is safe once `write` has returned. */
export interface Storage {
  /** What was kept; undefined where nothing was kept yet. */
  read(): KeptState | undefined;
  /**
   * Keeps all of these changes or, where it throws, none.
   *
   * @throws whatever keeps it from doing so; the sandbox then reports no change as done
   */
  write(changes: StateChanges): void;
}

export interface KeptState {
  /** The world that `reset` goes back to. */
  readonly start: unknown;
  /** In the order in which they were first written. */
  readonly records: readonly KeptRecord[];
}

/** A part of a world, or an API key. */
export interface KeptRecord {
  /** Where it is none that is known, another version has written it. */
  readonly kind: string;
  /** Its UUID or, for messages and API keys, its id. */
  readonly key: string;
  /** UUID of the system that it is within, or for. */
  readonly system: string | null;
  /** A part as it stands in the world; of a key, what is enough to check it, and not to make it. */
  readonly content: unknown;
}

export interface StateChanges {
  /** Where there is one, all that was kept is to be forgotten first, and this is what `reset` goes back to from now on. */
  readonly start: FullWorld | undefined;
  readonly written: readonly (KeptRecord & { readonly kind: KeptKind; readonly content: object })[];
  readonly deleted: readonly { readonly kind: KeptKind; readonly key: string }[];
}

/** Puts records together to the world that they are parts of. */
export function assembleWorld(records: readonly KeptRecord[]): unknown {
  const groups = new Map<string, unknown[]>();
  for (const { kind, key, system, content } of records) {
    const group = groups.get(`${kind} of ${system}`) ?? [];
    groups.set(`${kind} of ${system}`, group);
    group.push(withKey(kind, key, content));
  }
  const contents = (kind: string, system: string | null) => groups.get(`${kind} of ${system}`) ?? [];
  const systems = records.filter(({ kind }) => kind === 'system');
  return {
    systems: systems.map(({ key, content }) => ({
      ...withKey('system', key, content),
      members: contents('member', key),
      groups: contents('group', key),
      switches: contents('switch', key),
    })),
    messages: contents('message', null),
  };
}

/** Nothing is made up for what was kept: a record that lacks its id gets its key, which tells whether it fits. */
function withKey(kind: string, key: string, content: unknown): object {
  const name = kind === 'switch' || kind === 'message' ? 'id' : 'uuid';
  return { [name]: key, ...(typeof content === 'object' && content) };
}
