/**
 * Worlds that differ in nothing but what their privacy hides.
 */
import type {
  FullWorld,
  WorldGroup,
  WorldMember,
  WorldSwitch,
  WorldSystem,
} from '../../src/sandbox/world/world.ts';
import { recordedWorld } from './support.ts';

/** Gives each privacy key of a world a level, in turn. */
function withLevels(world: FullWorld, isPrivate: () => boolean): FullWorld {
  const levels = <P extends object>(privacy: P): P => ({
    ...privacy,
    ...Object.fromEntries(Object.keys(privacy).map((key) => [key, isPrivate() ? 'private' : 'public'])),
  });
  const systems = world.systems.map((system) => ({
    ...system,
    privacy: levels(system.privacy),
    members: system.members.map((member) => ({ ...member, privacy: levels(member.privacy) })),
    groups: system.groups.map((group) => ({ ...group, privacy: levels(group.privacy) })),
  }));
  return { ...world, systems };
}

type Privacy = Readonly<Record<string, string>>;

/** The changed fields of those that a private key hides. */
function hidden<F extends object>(privacy: Privacy, fields: Readonly<Record<string, F>>): Partial<F> {
  const private_ = Object.entries(fields).filter(([key]) => privacy[key] === 'private');
  return Object.assign({}, ...private_.map(([, changed]) => changed));
}

function changeMember(member: WorldMember, noise: string): WorldMember {
  const url = `https://example.com/${encodeURIComponent(noise)}`;
  return {
    ...member,
    autoproxy_enabled: !member.autoproxy_enabled,
    guilds: [...member.guilds, { guild_id: '1', display_name: noise, avatar_url: url, keep_proxy: true }],
    ...hidden<Partial<WorldMember>>(member.privacy, {
      // A private name shows where there is no display name.
      name_privacy: member.display_name === null ? {} : { name: noise },
      description_privacy: { description: noise },
      banner_privacy: { banner: url },
      birthday_privacy: { birthday: '1999-09-09' },
      pronoun_privacy: { pronouns: noise },
      avatar_privacy: { avatar_url: url, webhook_avatar_url: url },
      metadata_privacy: {
        created: '2001-01-01T00:00:00Z',
        message_count: noise.length,
        last_message_timestamp: '2001-01-01T00:00:00Z',
      },
      proxy_privacy: { proxy_tags: [{ prefix: noise, suffix: null }] },
    }),
  };
}

function changeGroup(group: WorldGroup, system: WorldSystem, noise: string): WorldGroup {
  // Who is in a group shows on the side of the member, unless the group is hidden there.
  const isUnseen = group.privacy.visibility === 'private' || system.privacy.group_list_privacy === 'private';
  const others = system.members.map(({ id }) => id).filter((id) => !group.members.includes(id));
  return {
    ...group,
    ...hidden<Partial<WorldGroup>>(group.privacy, {
      name_privacy: group.display_name === null ? {} : { name: noise },
      description_privacy: { description: noise },
      banner_privacy: { banner: `https://example.com/${noise.length}` },
      icon_privacy: { icon: `https://example.com/${noise.length}` },
      metadata_privacy: { created: '2001-01-01T00:00:00Z' },
      list_privacy: isUnseen ? { members: others } : {},
    }),
  };
}

/** Its place in the history is changed, too. */
function changeSwitch({ id }: WorldSwitch, index: number): WorldSwitch {
  return { id, timestamp: `2001-01-01T00:00:00.${String(index + 1).padStart(6, '0')}Z`, members: [] };
}

/** One more member that no list shows to others: neither that of the system nor those of groups. */
function hiddenMembers({ id, uuid, members }: WorldSystem): WorldMember[] {
  return members.slice(0, 1).map((member) => ({
    ...member,
    id, // A member may have the id of a system.
    uuid: `9${uuid.slice(1)}`,
    privacy: { ...member.privacy, visibility: 'private' },
  }));
}

function changeSystem(system: WorldSystem, noise: string): WorldSystem {
  const { front_privacy: front } = system.privacy;
  const url = `https://example.com/${noise.length}`;
  const changed = hidden<Partial<WorldSystem>>(system.privacy, {
    name_privacy: { name: noise },
    description_privacy: { description: noise },
    pronoun_privacy: { pronouns: noise },
    avatar_privacy: { avatar_url: url },
    banner_privacy: { banner: url },
    front_history_privacy: {
      switches: [
        ...system.switches.slice(0, -1).map(changeSwitch),
        // Who is fronting may be seen all the same.
        ...(front === 'private' ? [] : system.switches.slice(-1)),
      ],
    },
  });
  const stowaways = hiddenMembers(system);
  return {
    ...system,
    ...changed,
    webhook: { url, token: noise },
    accounts: [...system.accounts, String(900_000_000_000_000_000n + BigInt(`0x${system.uuid.slice(-4)}`))],
    settings: {
      ...system.settings,
      timezone: 'Asia/Tokyo',
      member_default_private: true,
      group_default_private: true,
      show_private_info: false,
      member_limit: 7,
      group_limit: 7,
      card_show_color_hex: true,
      description_templates: [noise],
    },
    guilds: [],
    autoproxy: [],
    members: [...stowaways, ...system.members.map((member) => changeMember(member, noise))],
    groups: system.groups
      .map((group) => changeGroup(group, system, noise))
      .map((group) => ({ ...group, members: [...stowaways.map(({ id }) => id), ...group.members] })),
  };
}

const others = { ...recordedWorld, systems: recordedWorld.systems.filter(({ id }) => id !== 'carol') };
const looksOn = recordedWorld.systems.filter(({ id }) => id === 'carol');

/** A world with levels of privacy, and the same with everything changed that they hide. */
export function worlds(isPrivate: () => boolean, noise: string): [FullWorld, FullWorld] {
  const { systems, messages } = withLevels(others, isPrivate);
  const changed = systems.map((system) => changeSystem(system, noise));
  return [
    { systems: [...systems, ...looksOn], messages },
    { systems: [...changed, ...looksOn], messages },
  ];
}
