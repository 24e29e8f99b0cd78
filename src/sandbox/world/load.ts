import { shorten } from '../../models/shorten.ts';
import { parseInstant, truncateToMicroseconds } from '../formats/instant.ts';
import { Store } from '../store/store.ts';
import { isExport } from './export.ts';
import { namesNo } from './names-no.ts';
import { Problems } from './problems.ts';
import { checkWorld } from './read.ts';
import type { FullWorld, WorldMember, WorldSystem } from './world.ts';

/**
 * Makes a store of a world.
 *
 * @param value - a world as a file holds it, parsed
 * @throws {WorldError} naming the paths of all that has a wrong form, is given twice, or refers to nothing
 */
export function loadWorld(value: unknown): Store {
  const problems = new Problems('The world');
  const world = checkWorld(value, problems);
  const store = new Store();
  const unique = new UniqueValues(problems);
  // Paths within an export are those of the file.
  const isFile = isExport(value);
  world.systems.forEach((system, index) => {
    loadSystem(store, system, isFile ? '' : `systems[${index}].`, unique, problems);
  });
  loadMessages(store, world, unique, problems);
  problems.end();
  store.history.commit();
  return store;
}

function loadSystem(
  store: Store,
  world: WorldSystem,
  prefix: string,
  unique: UniqueValues,
  problems: Problems,
): void {
  const { members, groups, switches, autoproxy, ...own } = world;
  const owner = { system: own.uuid, systemId: own.id };
  addGuilds(own.guilds, `${prefix}guilds`, problems);
  addGuilds(autoproxy, `${prefix}autoproxy`, problems);
  unique.add('system id', own.id, `${prefix}id`);
  unique.add('uuid', own.uuid, `${prefix}uuid`);
  if (own.token !== null) unique.add('token', own.token, `${prefix}token`);
  own.accounts.forEach((account, index) => {
    unique.add('account', account, `${prefix}accounts[${index}]`);
  });
  members.forEach((member, index) => {
    unique.add('member id', member.id, `${prefix}members[${index}].id`);
    unique.add('uuid', member.uuid, `${prefix}members[${index}].uuid`);
    addGuilds(member.guilds, `${prefix}members[${index}].guilds`, problems);
    store.members.put({ ...member, ...owner });
  });
  const uuidOf = (id: string, place: string) => {
    const member = store.members.getById(id);
    if (member?.system === own.uuid) return member.uuid;
    // Stands for a value of a wrong form, which is a problem already.
    if (id === '') return '';
    problems.add(place, namesNoMember('member of the system', id, members, problems));
    return '';
  };
  groups.forEach((group, index) => {
    const place = `${prefix}groups[${index}]`;
    unique.add('group id', group.id, `${place}.id`);
    unique.add('uuid', group.uuid, `${place}.uuid`);
    const uuids = group.members.map((id, position) => uuidOf(id, `${place}.members[${position}]`));
    store.groups.put({ ...group, ...owner, members: [...new Set(uuids)] });
  });
  switches.forEach((logged, index) => {
    const place = `${prefix}switches[${index}]`;
    unique.add('uuid', logged.id, `${place}.id`);
    const uuids = logged.members.map((id, position) => uuidOf(id, `${place}.members[${position}]`));
    const timestamp = truncateToMicroseconds(parseInstant(logged.timestamp) ?? 0n);
    store.switches.put({ id: logged.id, system: own.uuid, timestamp, members: uuids });
  });
  const autoproxyRecords = autoproxy.map((settings, index) => ({
    ...settings,
    autoproxy_member:
      settings.autoproxy_member === null
        ? null
        : uuidOf(settings.autoproxy_member, `${prefix}autoproxy[${index}].autoproxy_member`),
  }));
  store.putSystem({ ...own, autoproxy: autoproxyRecords });
}

function loadMessages(store: Store, world: FullWorld, unique: UniqueValues, problems: Problems): void {
  const members = world.systems.flatMap((system) => system.members);
  world.messages.forEach((message, index) => {
    const path = `messages[${index}]`;
    unique.add('message', message.id, `${path}.id`);
    const member = message.member === null ? null : store.members.getById(message.member)?.uuid;
    if (member === undefined) {
      if (message.member) {
        problems.add(`${path}.member`, namesNoMember('member', message.member, members, problems));
      }
    } else store.putMessage({ ...message, member });
  });
}

/** The problem of a reference that leads to no member, or to several of the same name. */
function namesNoMember(
  kind: string,
  reference: string,
  members: readonly WorldMember[],
  problems: Problems,
): string {
  // The name of only one member would have led to it.
  return members.some(({ name }) => name === reference)
    ? `names several members: ${shorten(reference)}; give them ids, and name one by its id`
    : namesNo(kind, reference, namesFor(problems, members));
}

/** What a reference may have meant; nothing where there are many problems. */
function namesFor(problems: Problems, members: readonly WorldMember[]): readonly string[] {
  return problems.mayCompare ? members.flatMap(({ name, id }) => [name, id]) : [];
}

/** Settings are there once for each guild. */
function addGuilds(
  settings: readonly { readonly guild_id: string }[],
  path: string,
  problems: Problems,
): void {
  const unique = new UniqueValues(problems);
  settings.forEach(({ guild_id }, index) => {
    unique.add('guild', guild_id, `${path}[${index}].guild_id`);
  });
}

/** Rejects what may be there once only. */
class UniqueValues {
  readonly #problems: Problems;
  /** Where a value was first, by kind. */
  readonly #seen = new Map<string, Map<string, string>>();

  constructor(problems: Problems) {
    this.#problems = problems;
  }

  add(kind: string, value: string, path: string): void {
    // Stands for a value of a wrong form, which is a problem already.
    if (value === '') return;
    const seen = this.#seen.get(kind) ?? new Map<string, string>();
    this.#seen.set(kind, seen);
    const first = seen.get(value);
    if (first === undefined) seen.set(value, path);
    else this.#problems.add(path, `is the same as ${first}`);
  }
}
