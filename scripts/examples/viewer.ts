/**
 * Tells whether a call is about an object of the caller's own.
 */
import { isObject, type Json, type World } from '../lib/recordings.ts';

export type Viewer = 'owner' | 'other';

interface Call {
  readonly as: unknown;
  readonly reference: string | undefined;
  readonly body: Json | undefined;
}

/**
 * Returns a function that tells whether the caller owns what the call is about: the system, member or group that the path
 * begins with, or the system that the response names.
 */
export function viewerIn(world: World): (call: Call) => Viewer {
  const owners = ownersIn(world);
  return ({ as: actor, reference, body }) => {
    if (typeof actor !== 'string') return 'other';
    const caller = world.systems.find(({ id }) => id[0] === actor[0])?.id;
    if (reference === undefined || reference === '@me') return 'owner';
    const owner = owners.get(normalize(reference)) ?? systemNamedIn(body);
    return owner === caller ? 'owner' : 'other';
  };
}

/** The id of the system that each reference of the world belongs to. */
function ownersIn(world: World): Map<string, string> {
  const owners = new Map<string, string>();
  for (const system of world.systems) {
    const accounts = Array.isArray(system.accounts) ? system.accounts : [];
    const things = [system.members, system.groups].flatMap((list) => (Array.isArray(list) ? list : []));
    const references = [system.id, system.uuid, ...accounts, ...things.flatMap(idsOf)];
    for (const reference of references) owners.set(normalize(String(reference)), system.id);
  }
  return owners;
}

function idsOf(thing: Json): string[] {
  return isObject(thing) ? [String(thing.id), String(thing.uuid)] : [];
}

function systemNamedIn(body: Json | undefined): string | undefined {
  if (!isObject(body)) return undefined;
  const { system } = body;
  if (typeof system === 'string') return system;
  return isObject(system) ? String(system.id) : undefined;
}

/** Ids may be written in capitals and with dashes; UUIDs lose theirs alike. */
function normalize(reference: string): string {
  return reference.toLowerCase().replaceAll('-', '');
}
