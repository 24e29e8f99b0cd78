import { createIdSource, type IdSource } from '../store/ids.ts';
import type { FullWorld, WorldGroup, WorldMember, WorldSystem } from './world.ts';

/** Version 1 knows no longer ones. */
const letters = 5;
const tokenLength = 64;

/**
 * Makes up the ids, UUIDs and tokens that a world lacks, and names members by their ids where they are named by their names.
 * The same world gets the same ones every time, and a thing keeps its own when others are added.
 */
export function completeWorld(world: FullWorld): FullWorld {
  const identities = new Identities(world);
  const systems = world.systems.map((system) => completeSystem(system, identities));
  const idOf = memberIds(systems.flatMap(({ members }) => members));
  const messages = world.messages.map((message) => ({
    ...message,
    member: message.member === null ? null : idOf(message.member),
  }));
  return { systems, messages };
}

function completeSystem(system: WorldSystem, identities: Identities): WorldSystem {
  const own = { ...system, ...identities.of(`system ${system.name}`, system) };
  const members = system.members.map(
    (member): WorldMember => ({ ...member, ...identities.of(`member ${own.id} ${member.name}`, member) }),
  );
  const idOf = memberIds(members);
  const groups = system.groups.map(
    (group): WorldGroup => ({
      ...group,
      ...identities.of(`group ${own.id} ${group.name}`, group),
      members: group.members.map(idOf),
    }),
  );
  const switches = system.switches.map(({ id, timestamp, members: names }) => ({
    id: id || identities.uuid(`switch ${own.id} ${timestamp}`),
    timestamp,
    members: names.map(idOf),
  }));
  const autoproxy = system.autoproxy.map((settings) => ({
    ...settings,
    autoproxy_member: settings.autoproxy_member === null ? null : idOf(settings.autoproxy_member),
  }));
  const token = own.token === '' ? `${own.id}-made-up-token-`.padEnd(tokenLength, '0') : own.token;
  return { ...own, token, members, groups, switches, autoproxy };
}

/**
 * Finds members by id, then by name.
 *
 * @returns a function that gives what it finds nothing for, or more than one, as it is
 */
function memberIds(members: readonly WorldMember[]): (reference: string) => string {
  const ids = new Set(members.map(({ id }) => id));
  const byName = new Map<string, string | undefined>();
  for (const { id, name } of members) byName.set(name, byName.has(name) ? undefined : id);
  return (reference) => (ids.has(reference) ? reference : (byName.get(reference) ?? reference));
}

interface Identity {
  readonly id: string;
  readonly uuid: string;
}

/** Makes up ids that nothing in the world has. */
class Identities {
  readonly #taken: Set<string>;
  /** By kind and seed: among many things of one name, none is compared with all before it. */
  readonly #sources = new Map<string, IdSource>();

  constructor({ systems }: FullWorld) {
    const things = systems.flatMap((system) => [system, ...system.members, ...system.groups]);
    const switches = systems.flatMap((system) => system.switches);
    this.#taken = new Set([...things.flatMap(({ id, uuid }) => [id, uuid]), ...switches.map(({ id }) => id)]);
  }

  of(seed: string, { id, uuid }: Identity): Identity {
    return {
      id: id || this.#free('id', seed, (source) => source.shortId()),
      uuid: uuid || this.uuid(seed),
    };
  }

  uuid(seed: string): string {
    return this.#free('uuid', seed, (source) => source.uuid());
  }

  #free(kind: string, seed: string, make: (source: IdSource) => string): string {
    const key = `${kind} ${seed}`;
    const source = this.#sources.get(key) ?? createIdSource(hash(seed), letters);
    this.#sources.set(key, source);
    let made = make(source);
    while (this.#taken.has(made)) made = make(source);
    this.#taken.add(made);
    return made;
  }
}

/** FNV-1a, 32 bits. */
function hash(text: string): number {
  let value = 0x811c9dc5;
  for (let index = 0; index < text.length; index++) {
    value = Math.imul(value ^ text.charCodeAt(index), 0x01000193);
  }
  return value >>> 0;
}
