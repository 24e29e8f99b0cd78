import { servedLink } from '../../models/media-link.ts';
import { formatInstant } from '../formats/instant.ts';
import type { MemberRecord, SwitchRecord, SystemRecord } from '../store/records.ts';
import type { Store } from '../store/store.ts';
import type { Audience } from '../views/audience.ts';
import { viewMember } from '../views/member.ts';
import type { MemberPrivacy, SystemPrivacy } from '../world/world.ts';

/* Entities as version 1 shows them: privacy stands among the other fields, and is older than some of its keys. */

export const systemPrivacyKeys = [
  'description_privacy',
  'member_list_privacy',
  'group_list_privacy',
  'front_privacy',
  'front_history_privacy',
] as const satisfies readonly (keyof SystemPrivacy)[];

export const memberPrivacyKeys = [
  'visibility',
  'name_privacy',
  'description_privacy',
  'birthday_privacy',
  'pronoun_privacy',
  'avatar_privacy',
  'metadata_privacy',
] as const satisfies readonly (keyof MemberPrivacy)[];

/** The banner goes with the description. Time zones were moved to settings that version 1 does not know. */
export function viewSystem(system: SystemRecord, audience: Audience): object {
  const isVisible = audience === 'owner' || system.privacy.description_privacy === 'public';
  return {
    id: system.id,
    name: system.name,
    description: isVisible ? system.description : null,
    tag: system.tag,
    avatar_url: servedLink(system.avatar_url),
    banner: isVisible ? servedLink(system.banner) : null,
    color: system.color,
    created: system.created,
    tz: 'UTC',
    ...viewPrivacy(systemPrivacyKeys, system.privacy, audience),
  };
}

/** A member on its own or in a list: the first proxy tag, where there is one, also as `prefix` and `suffix`. */
export function viewMemberV1(member: MemberRecord, audience: Audience): object {
  return { ...viewMemberOfMessage(member, audience), ...member.proxy_tags[0] };
}

/** A member within a message. Proxy tags are shown to anyone. */
export function viewMemberOfMessage(member: MemberRecord, audience: Audience): object {
  const seen = viewMember(member, audience);
  const isVisible = audience === 'owner' || member.privacy.description_privacy === 'public';
  return {
    id: member.id,
    name: seen.name,
    display_name: seen.display_name,
    color: member.color,
    birthday: seen.birthday,
    pronouns: seen.pronouns,
    avatar_url: seen.avatar_url,
    banner: isVisible ? servedLink(member.banner) : null,
    description: seen.description,
    created: seen.created,
    keep_proxy: member.keep_proxy,
    proxy_tags: member.proxy_tags,
    privacy: audience === 'owner' ? member.privacy.visibility : null,
    ...viewPrivacy(memberPrivacyKeys, member.privacy, audience),
  };
}

/** A switch of the history, with ids of members. */
export function viewSwitch(logged: SwitchRecord, store: Store): object {
  const members = logged.members.flatMap((uuid) => store.members.get(uuid)?.id ?? []);
  return { timestamp: formatInstant(logged.timestamp), members };
}

/** A switch with its members in full. */
export function viewFullSwitch(logged: SwitchRecord, store: Store, audience: Audience): object {
  const members = logged.members.flatMap((uuid) => store.members.get(uuid) ?? []);
  return {
    timestamp: formatInstant(logged.timestamp),
    members: members.map((member) => viewMemberV1(member, audience)),
  };
}

function viewPrivacy<Key extends string>(
  keys: readonly Key[],
  privacy: Readonly<Record<Key, string>>,
  audience: Audience,
): object {
  return Object.fromEntries(keys.map((key) => [key, audience === 'owner' ? privacy[key] : null]));
}
