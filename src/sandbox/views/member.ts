import { servedLink } from '../../models/media-link.ts';
import type { MemberRecord } from '../store/records.ts';
import type { MemberPrivacy } from '../world/world.ts';
import { type Audience, cachedText } from './audience.ts';
import { type HidingRule, publicNames, seenBy } from './privacy.ts';

const rules: readonly HidingRule<keyof MemberPrivacy>[] = [
  { key: 'description_privacy', fields: ['description'] },
  { key: 'banner_privacy', fields: ['banner'] },
  { key: 'birthday_privacy', fields: ['birthday'] },
  { key: 'pronoun_privacy', fields: ['pronouns'] },
  { key: 'avatar_privacy', fields: ['avatar_url', 'webhook_avatar_url'] },
  { key: 'metadata_privacy', fields: ['created', 'message_count', 'last_message_timestamp'] },
  { key: 'proxy_privacy', fields: ['proxy_tags'], instead: [] },
];

/** A member as its owner or others see it, with the id of its system. */
export function viewMember(member: MemberRecord, audience: Audience): Record<string, unknown> {
  const isOwner = audience === 'owner';
  const { privacy } = member;
  const names = isOwner || privacy.name_privacy === 'public' ? member : publicNames(member);
  const fields = {
    id: member.id,
    uuid: member.uuid,
    system: member.systemId,
    name: names.name,
    display_name: names.display_name,
    color: member.color,
    birthday: member.birthday,
    pronouns: member.pronouns,
    avatar_url: servedLink(member.avatar_url),
    webhook_avatar_url: servedLink(member.webhook_avatar_url),
    banner: servedLink(member.banner),
    description: member.description,
    created: member.created,
    keep_proxy: member.keep_proxy,
    tts: member.tts,
    autoproxy_enabled: isOwner ? member.autoproxy_enabled : null,
    message_count: member.message_count,
    last_message_timestamp: member.last_message_timestamp,
    proxy_tags: member.proxy_tags,
  };
  return seenBy(audience, fields, privacy, rules);
}

/** A member within what names its system apart. */
export function viewMemberOfSystem(member: MemberRecord, audience: Audience): Record<string, unknown> {
  const { system: _, ...own } = viewMember(member, audience);
  return own;
}

export const memberText = cachedText(viewMember);

/** A member within a message, which names the system apart. */
export const memberOfMessageText = cachedText(viewMemberOfSystem);
