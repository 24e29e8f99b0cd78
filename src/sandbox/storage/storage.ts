import { shorten } from '../../models/shorten.ts';
import type { RecordName } from '../store/store.ts';
import { Problems } from '../world/problems.ts';

/** Keeps the state of a sandbox beyond its process. Written changes are safe once `write` has returned. */
export interface Storage {
  /**
   * What was kept; undefined where nothing was kept yet.
   *
   * @throws whatever keeps it from being read
   */
  read(): KeptState | undefined;
  /**
   * Keeps all of these changes or, where it throws, none.
   *
   * @throws whatever keeps it from doing so; the sandbox then takes the changes back
   */
  write(changes: StateChanges): void;
}

/** A world that `reset` goes back to, and what was changed since. */
export interface KeptState {
  /** In the order in which they were written. */
  readonly start: readonly KeptRecord[];
  /** In the order in which they were first written; those without content were deleted. */
  readonly changed: readonly KeptRecord[];
}

/** A part of a world, or an API key. */
export interface KeptRecord {
  /** An unknown kind was written by another version. */
  readonly kind: string;
  /** Its UUID or, for messages and API keys, its id. */
  readonly key: string;
  /** UUID of the system that it is within, or for. */
  readonly system: string | null;
  /** The part in the form of the world; of a key, only what verifies it. */
  readonly content?: unknown;
}

/** A record with its content. */
export interface WrittenRecord extends RecordName {
  readonly system: string | null;
  readonly content: object;
}

/** Changes to keep, in this order. */
export interface StateChanges {
  /** A new start; everything kept before is deleted. */
  readonly start?: readonly WrittenRecord[];
  /** Whether all changes since the start are deleted. */
  readonly isReset: boolean;
  readonly written: readonly WrittenRecord[];
  readonly deleted: readonly RecordName[];
}

/** The records that are there once all changes are made, in the order in which they were first written. */
export function currentRecords({ start, changed }: KeptState): readonly KeptRecord[] {
  const records = new Map([...start, ...changed].map((record) => [`${record.kind} ${record.key}`, record]));
  return [...records.values()].filter(({ content }) => content !== undefined);
}

/**
 * Builds a world from its records.
 *
 * @throws {WorldError} naming the records that belong to no system of it
 */
export function assembleWorld(records: readonly KeptRecord[]): unknown {
  assertPlaces(records);
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

/** The kinds of records that are within a system. */
const withinSystem = new Set(['member', 'group', 'switch']);

function assertPlaces(records: readonly KeptRecord[]): void {
  const systems = new Set(records.flatMap(({ kind, key }) => (kind === 'system' ? [key] : [])));
  const problems = new Problems();
  for (const { kind, key, system } of records) {
    if (!withinSystem.has(kind) || (system !== null && systems.has(system))) continue;
    problems.add(
      `${kind} ${shorten(key)}`,
      system === null ? 'has no system' : `has a system that is missing: ${shorten(system)}`,
    );
  }
  problems.end();
}

/** Kept records get no defaults: one without an id gets its key, so that a mismatch is found. */
function withKey(kind: string, key: string, content: unknown): object {
  const name = kind === 'switch' || kind === 'message' ? 'id' : 'uuid';
  return { [name]: key, ...(typeof content === 'object' && content) };
}
