import { formatInstant } from '../formats/instant.ts';
import type { Collection } from '../store/collection.ts';
import type { GroupRecord, MemberRecord, SystemRecord } from '../store/records.ts';
import type { GroupPrivacy, MemberPrivacy } from '../world/world.ts';
import type { ChangeContext } from './call.ts';

/* The defaults of new members and groups. The defaults in a system's settings are not used. */

const memberPrivacy: MemberPrivacy = {
  visibility: 'public',
  name_privacy: 'public',
  description_privacy: 'public',
  banner_privacy: 'public',
  birthday_privacy: 'public',
  pronoun_privacy: 'public',
  avatar_privacy: 'public',
  metadata_privacy: 'public',
  proxy_privacy: 'public',
};

const groupPrivacy: GroupPrivacy = {
  name_privacy: 'public',
  description_privacy: 'public',
  banner_privacy: 'public',
  icon_privacy: 'public',
  list_privacy: 'public',
  metadata_privacy: 'public',
  visibility: 'public',
};

export function newMember(
  context: ChangeContext,
  system: SystemRecord,
  given: Partial<MemberRecord>,
  privacy: Partial<MemberPrivacy>,
): MemberRecord {
  return {
    ...identity(context, system, context.store.members),
    name: '',
    display_name: null,
    color: null,
    birthday: null,
    pronouns: null,
    avatar_url: null,
    webhook_avatar_url: null,
    banner: null,
    description: null,
    proxy_tags: [],
    keep_proxy: false,
    tts: false,
    autoproxy_enabled: true,
    message_count: 0,
    last_message_timestamp: null,
    guilds: [],
    ...given,
    privacy: { ...memberPrivacy, ...privacy },
  };
}

export function newGroup(
  context: ChangeContext,
  system: SystemRecord,
  given: Partial<GroupRecord>,
  privacy: Partial<GroupPrivacy>,
): GroupRecord {
  return {
    ...identity(context, system, context.store.groups),
    name: '',
    display_name: null,
    description: null,
    icon: null,
    banner: null,
    color: null,
    members: [],
    ...given,
    privacy: { ...groupPrivacy, ...privacy },
  };
}

function identity<R extends MemberRecord | GroupRecord>(
  context: ChangeContext,
  system: SystemRecord,
  others: Collection<R>,
) {
  const { clock, ids } = context.services;
  let id = ids.shortId();
  while (others.getById(id) !== undefined) id = ids.shortId();
  const created = formatInstant(clock.now());
  return { id, uuid: ids.uuid(), system: system.uuid, systemId: system.id, created };
}
