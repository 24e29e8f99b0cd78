import { dateToSnowflake } from '../../models/snowflake.ts';
import { formatInstant, type Instant, parseInstant } from '../formats/instant.ts';
import { createIdSource, type IdSource } from '../store/ids.ts';
import {
  type FullWorld,
  madeUpTime,
  type WorldGroup,
  type WorldMember,
  type WorldMessage,
  type WorldSwitch,
  type WorldSystem,
} from './world.ts';

/** Version 1 knows no longer ones. */
const letters = 5;
const tokenLength = 64;
const hour = 3_600_000_000_000n;
/** The author of a message where no account is known. */
const madeUpAccount = '910000000000000999';

/**
 * Makes up the ids, UUIDs, tokens and times that a world lacks, and names members by their ids where they are named by their names.
 * The same world gets the same ones every time, and a thing keeps its own when others are added.
 */
export function completeWorld(world: FullWorld): FullWorld {
  const identities = new Identities(world);
  const systems = world.systems.map((system) => completeSystem(system, identities));
  const idOf = memberIds(systems.flatMap(({ members }) => members));
  const accountOf = new Map(
    systems.flatMap(({ accounts: [account], members }) =>
      account === undefined ? [] : members.map(({ id }) => [id, account] as const),
    ),
  );
  const messages = world.messages.map((message): WorldMessage => {
    const member = message.member === null ? null : idOf(message.member);
    return {
      ...message,
      id: message.id || identities.snowflake(`message ${member}`),
      sender: message.sender || (accountOf.get(member ?? '') ?? madeUpAccount),
      member,
    };
  });
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
  const switches = withTimes(system.switches).map(({ id, timestamp, members: names }) => ({
    id: id || identities.uuid(`switch ${own.id} ${timestamp}`),
    timestamp,
    members: names.map(idOf),
  }));
  const autoproxy = system.autoproxy.map((settings) => ({
    ...settings,
    autoproxy_member: settings.autoproxy_member === null ? null : idOf(settings.autoproxy_member),
  }));
  const token = own.token === '' ? madeUpToken(`${own.id}-made-up-token-`) : own.token;
  const webhook = own.webhook && {
    ...own.webhook,
    token: own.webhook.token || madeUpToken(`${own.id}-made-up-signing-token-`),
  };
  return { ...own, token, webhook, members, groups, switches, autoproxy };
}

function madeUpToken(start: string): string {
  return start.padEnd(tokenLength, '0');
}

/** An hour later, where the calendar of timestamps goes on. */
function anHourAfter(instant: Instant): string {
  const later = formatInstant(instant + hour);
  return parseInstant(later) === undefined ? formatInstant(instant) : later;
}

/** A switch without a time happens an hour after the one before it, so that the last of a list is who fronts now. */
function withTimes(switches: readonly WorldSwitch[]): readonly WorldSwitch[] {
  let previous: Instant | undefined;
  return switches.map((logged) => {
    const timestamp = logged.timestamp || (previous === undefined ? madeUpTime : anHourAfter(previous));
    // A wrong time is a problem already.
    previous = parseInstant(timestamp) ?? previous;
    return { ...logged, timestamp };
  });
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

  constructor({ systems, messages }: FullWorld) {
    const things = systems.flatMap((system) => [system, ...system.members, ...system.groups]);
    const others = [...systems.flatMap((system) => system.switches), ...messages];
    this.#taken = new Set([...things.flatMap(({ id, uuid }) => [id, uuid]), ...others.map(({ id }) => id)]);
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

  /** Of a message that was posted in the first seconds of the made-up time. */
  snowflake(seed: string): string {
    return this.#free('snowflake', seed, (source) => {
      const start = BigInt(dateToSnowflake(new Date(madeUpTime)));
      return String(start + BigInt(Math.floor(source.fraction() * 2 ** 32)));
    });
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
