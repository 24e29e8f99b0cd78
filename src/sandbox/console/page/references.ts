import type { FullWorld, WorldSystem } from '../../world/world.ts';
import type { ConsoleBody } from '../operations.ts';

/** A possible value of a reference in this world, with the name of its object. */
export interface Suggestion {
  readonly value: string;
  readonly label: string;
}

/**
 * The possible values of a parameter of path or query; those of the caller's own system come first.
 *
 * @param caller - the system whose token is sent
 */
export function suggestionsFor(
  parameter: string,
  world: FullWorld,
  caller: WorldSystem | undefined,
): readonly Suggestion[] {
  const systems = likeliestFirst(world, caller);
  switch (parameter) {
    case 'systemRef': {
      const own = caller === undefined ? [] : [{ value: '@me', label: 'The system whose token is sent' }];
      return [...own, ...systems.map((system) => ({ value: system.id, label: nameOf(system) }))];
    }
    case 'memberRef':
      return systems.flatMap((system) => named(system.members, system));
    case 'groupRef':
      return systems.flatMap((system) => named(system.groups, system));
    case 'switchRef':
      return systems.flatMap((system) =>
        newestFirst(system.switches).map(({ id, timestamp }) => ({
          value: id,
          label: `${timestamp}, ${nameOf(system)}`,
        })),
      );
    case 'guild_id': {
      const guilds = systems.flatMap((system) => [...system.guilds, ...system.autoproxy]);
      return [...new Set(guilds.map(({ guild_id }) => guild_id))].map((value) => ({ value, label: 'Guild' }));
    }
    case 'message_id':
      return world.messages.map(({ id, member }) => ({
        value: id,
        label: `Proxied for ${member ?? 'nobody'}`,
      }));
    default:
      return [];
  }
}

export function nameOf({ name, id }: { readonly name: string | null; readonly id: string }): string {
  return name ?? id;
}

/** An example of a body, with the references in it replaced by some of what the caller has or, without any, of the first that has. */
export function adaptBody(
  value: unknown,
  references: ConsoleBody['references'],
  world: FullWorld,
  caller: WorldSystem | undefined,
): unknown {
  const systems = likeliestFirst(world, caller);
  return references.reduce((adapted, { path, to }) => {
    const owned = systems.map(({ members, groups }) => (to === 'member' ? members : groups));
    const ids = owned.find((things) => things.length > 0)?.map(({ id }) => id);
    return ids === undefined ? adapted : replaceAt(adapted, path, ids, 0);
  }, value);
}

function likeliestFirst(world: FullWorld, caller: WorldSystem | undefined): readonly WorldSystem[] {
  return [...world.systems].sort((one, other) => Number(other === caller) - Number(one === caller));
}

function replaceAt(
  value: unknown,
  path: readonly string[],
  ids: readonly string[],
  position: number,
): unknown {
  const [key, ...rest] = path;
  if (key === undefined) return typeof value === 'string' ? ids[position % ids.length] : value;
  if (Array.isArray(value)) {
    // Repeated references would be rejected.
    return value.slice(0, ids.length).map((item, index) => replaceAt(item, rest, ids, index));
  }
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, item]) => [
      name,
      name === key ? replaceAt(item, rest, ids, position) : item,
    ]),
  );
}

function named(
  things: readonly { readonly id: string; readonly name: string }[],
  system: WorldSystem,
): readonly Suggestion[] {
  return things.map(({ id, name }) => ({ value: id, label: `${name}, ${nameOf(system)}` }));
}

export function newestFirst(switches: WorldSystem['switches']): WorldSystem['switches'] {
  // Without the Z, texts sort as times do, also where fractions differ in length.
  const order = ({ timestamp }: { readonly timestamp: string }) => timestamp.replace('Z', '');
  return [...switches].sort((one, other) => (order(one) < order(other) ? 1 : -1));
}
