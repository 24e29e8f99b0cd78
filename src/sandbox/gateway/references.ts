import {
  groupNotFound,
  invalidSwitchId,
  memberNotFound,
  switchNotFound,
  systemNotFound,
  unauthorized,
} from '../operations/errors.ts';
import type { GroupRecord, MemberRecord, SwitchRecord, SystemRecord } from '../store/records.ts';
import type { Store } from '../store/store.ts';

/** The objects that the references of a path name. */
export interface Targets {
  readonly system?: SystemRecord;
  readonly member?: MemberRecord;
  readonly group?: GroupRecord;
  readonly switch?: SwitchRecord;
}

/** Finds a system by a reference other than `@me`. */
type FindSystem = (store: Store, reference: string) => SystemRecord | undefined;

const longestId = 6;

type Resolver = (
  store: Store,
  reference: string,
  viewer: SystemRecord | undefined,
  find: FindSystem,
) => Targets;

/** In the order in which references follow each other in a path. */
const resolvers = Object.entries<Resolver>({
  systemRef: (store, reference, viewer, find) => ({ system: resolveSystem(store, reference, viewer, find) }),
  memberRef: (store, reference) => ({ member: findMember(store, reference) ?? fail(memberNotFound()) }),
  groupRef: (store, reference) => ({ group: findGroup(store, reference) ?? fail(groupNotFound()) }),
  switchRef: (store, reference) => ({ switch: resolveSwitch(store, reference) }),
});

/**
 * Finds what a path's references name, in the order of the path.
 *
 * @throws {ApiError} 404 for the first that names nothing, 401 for `@me` without a token
 */
export function resolveTargets(
  store: Store,
  parameters: Readonly<Record<string, string>>,
  viewer: SystemRecord | undefined,
  find: FindSystem = findSystem,
): Targets {
  let targets: Targets = {};
  // The order of the router's parameters is undefined.
  for (const [name, resolve] of resolvers) {
    const reference = parameters[name];
    if (reference !== undefined) targets = { ...targets, ...resolve(store, reference, viewer, find) };
  }
  return targets;
}

/** UUID of the system that the last reference of a path belongs to; undefined where the path has none. */
export function ownerOf({ system, member, group, switch: registered }: Targets): string | undefined {
  return registered?.system ?? group?.system ?? member?.system ?? system?.uuid;
}

/** A system by UUID, id or account, the id in any case and with a dash. */
export function findSystem(store: Store, reference: string): SystemRecord | undefined {
  const uuid = parseUuid(reference);
  return uuid === undefined ? store.systemByAlias(normalizeId(reference)) : store.system(uuid);
}

/**
 * A system as the gateway finds it for its own responses: all after the sixth character of an id is ignored, and
 * an account may have a `+` or zeros before it.
 */
export function findSystemLoosely(store: Store, reference: string): SystemRecord | undefined {
  const account = /^\+?0*(\d{17,19})$/.exec(reference)?.[1];
  return (
    findSystem(store, account ?? reference) ??
    store.systemByAlias(reference.toLowerCase().replaceAll('-', '').slice(0, longestId))
  );
}

/** A member by UUID or id, the id in any case and with a dash. */
export function findMember(store: Store, reference: string): MemberRecord | undefined {
  const uuid = parseUuid(reference);
  return uuid === undefined ? store.members.getById(normalizeId(reference)) : store.members.get(uuid);
}

/** A group by UUID or id, the id in any case and with a dash. */
export function findGroup(store: Store, reference: string): GroupRecord | undefined {
  const uuid = parseUuid(reference);
  return uuid === undefined ? store.groups.getById(normalizeId(reference)) : store.groups.get(uuid);
}

/** A UUID in lower case with dashes; the text may lack them, or be in braces. */
export function parseUuid(text: string): string | undefined {
  const bare = /^\{(.{36})\}$/.exec(text)?.[1] ?? text;
  const [, ...parts] =
    /^([0-9a-f]{8})(-?)([0-9a-f]{4})\2([0-9a-f]{4})\2([0-9a-f]{4})\2([0-9a-f]{12})$/i.exec(bare) ?? [];
  const [first, , ...rest] = parts;
  return first === undefined ? undefined : [first, ...rest].join('-').toLowerCase();
}

function resolveSystem(
  store: Store,
  reference: string,
  viewer: SystemRecord | undefined,
  find: FindSystem,
): SystemRecord {
  if (reference === '@me') return viewer ?? fail(unauthorized());
  return find(store, reference) ?? fail(systemNotFound());
}

function resolveSwitch(store: Store, reference: string): SwitchRecord {
  const uuid = parseUuid(reference) ?? fail(invalidSwitchId());
  return store.switches.get(uuid) ?? fail(switchNotFound());
}

/** Ids have five or six letters; one dash among them is for reading only. */
function normalizeId(reference: string): string {
  return reference.length >= 5 && reference.length <= 7
    ? reference.toLowerCase().replaceAll('-', '')
    : reference;
}

function fail(error: Error): never {
  throw error;
}
