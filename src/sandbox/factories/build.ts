import { readWorld } from '../world/read.ts';
import type { FullWorld } from '../world/world.ts';
import { color, groupName, memberContent } from './content.ts';
import { type FieldsFor, fieldsOf, type MadeMember } from './fields.ts';
import { privacyBy } from './privacy.ts';
import { Random } from './random.ts';
import type { Batch, Recipe } from './system-factory.ts';

const hour = 3_600_000;
const day = 24 * hour;
/** Systems begin here; members join and groups form from then on. */
const beginning = Date.UTC(2020, 0, 1);
/** Switches end before this. */
const present = Date.UTC(2026, 0, 1);
const switchInterval = 6 * hour;
/** How long the bot takes to proxy a message. */
const proxyDelay = 500;
const tokenLength = 64;

/**
 * Makes a world from recipes.
 *
 * @throws {WorldError} where a field that was given is not valid
 */
export function buildWorld(recipes: readonly Recipe[]): FullWorld {
  const taken = new Set<string>();
  // Systems with the same recipe differ by their place.
  const built = recipes.map((recipe, index) =>
    buildSystem(recipe, new Random(recipe.seed + index * 1e6, taken)),
  );
  return readWorld({
    systems: built.map(({ system }) => system),
    messages: built.flatMap(({ messages }) => messages),
  });
}

function buildSystem(recipe: Recipe, random: Random): { system: object; messages: readonly object[] } {
  const id = recipe.fields.id ?? random.shortId();
  const made = {
    id,
    uuid: random.uuid(),
    token: `${id}-made-up-token-`.padEnd(tokenLength, '0'),
    created: timestamp(beginning),
    accounts: [random.snowflake()],
    name: `System ${id}`,
    color: color(random),
    privacy: privacyBy(recipe.privacy, 'system', random),
  };
  const members = buildMembers(recipe, random);
  const groups = buildGroups(recipe, members, random);
  const switches = buildSwitches(recipe, members, random);
  const system = { ...made, ...recipe.fields, members, groups, switches };
  const [sender = random.snowflake()] = system.accounts ?? [];
  return { system, messages: buildMessages(recipe, sender, members, random) };
}

function buildMembers({ members, privacy }: Recipe, random: Random): readonly MadeMember[] {
  const made: MadeMember[] = [];
  for (const { fields, place, index } of eachOf(members)) {
    const identity = { id: random.shortId(), uuid: random.uuid() };
    const content = memberContent(random, place);
    const given = fieldsOf(fields, index, made);
    made.push({
      created: timestamp(beginning + place * day),
      ...content,
      privacy: privacyBy(privacy, 'member', random),
      ...given,
      id: given.id ?? identity.id,
      uuid: given.uuid ?? identity.uuid,
    });
  }
  return made;
}

function buildGroups(
  { groups, privacy }: Recipe,
  members: readonly MadeMember[],
  random: Random,
): readonly object[] {
  return eachOf(groups).map(({ fields, place, index }) => ({
    id: random.shortId(),
    uuid: random.uuid(),
    created: timestamp(beginning + place * day),
    name: groupName(place),
    color: color(random),
    members: random.some(members, 0.4).map(({ id }) => id),
    privacy: privacyBy(privacy, 'group', random),
    ...fieldsOf(fields, index, members),
  }));
}

function buildSwitches(
  { switches }: Recipe,
  members: readonly MadeMember[],
  random: Random,
): readonly object[] {
  const all = eachOf(switches);
  let before: readonly string[] = [];
  return all.map(({ fields, place, index }) => {
    const time = present - (all.length - place) * switchInterval + random.below(switchInterval);
    before = nextFronters(before, members, random);
    return {
      id: random.uuid(),
      timestamp: timestamp(time, random.below(1000)),
      members: before,
      ...fieldsOf(fields, index, members),
    };
  });
}

function buildMessages(
  { messages }: Recipe,
  sender: string,
  members: readonly MadeMember[],
  random: Random,
): readonly object[] {
  if (messages.length === 0) return [];
  const place = { guild: random.snowflake(), channel: random.snowflake(), sender };
  const all = eachOf(messages);
  return all.map(({ fields, place: order, index }) => {
    const original = random.messageId(present - (all.length - order) * hour);
    const id = random.messageId(present - (all.length - order) * hour + proxyDelay);
    const member = members.length === 0 ? null : random.pick(members).id;
    return { id, original, ...place, member, ...fieldsOf(fields, index, members) };
  });
}

/** Mostly one fronter, sometimes two or none; never the same as before, unless there are no members. */
function nextFronters(
  before: readonly string[],
  members: readonly MadeMember[],
  random: Random,
): readonly string[] {
  const others = members.filter(({ id }) => id !== before[0]);
  if (others.length === 0 || (before.length > 0 && random.chance(0.1))) return [];
  const first = random.pick(others).id;
  const second = random.pick(members).id;
  return random.chance(0.2) && second !== first ? [first, second] : [first];
}

/** Each item of all batches, with its place among all and its index in the batch. */
function eachOf<Fields>(
  batches: readonly Batch<Fields>[],
): readonly { fields: FieldsFor<Fields>; place: number; index: number }[] {
  return batches
    .flatMap(({ count, fields }) => Array.from({ length: count }, (_, index) => ({ fields, index })))
    .map((item, place) => ({ ...item, place }));
}

/** `2020-01-02T03:04:05.678901Z`. */
function timestamp(milliseconds: number, microseconds = 0): string {
  return new Date(milliseconds).toISOString().replace('Z', `${String(microseconds).padStart(3, '0')}Z`);
}
