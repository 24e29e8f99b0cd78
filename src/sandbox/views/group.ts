import { servedLink } from '../../models/media-link.ts';
import type { GroupRecord } from '../store/records.ts';
import type { GroupPrivacy } from '../world/world.ts';
import { type Audience, cachedText } from './audience.ts';
import { type HidingRule, publicNames, seenBy } from './privacy.ts';

const rules: readonly HidingRule<keyof GroupPrivacy>[] = [
  { key: 'description_privacy', fields: ['description'] },
  { key: 'icon_privacy', fields: ['icon'] },
  { key: 'banner_privacy', fields: ['banner'] },
  { key: 'metadata_privacy', fields: ['created'] },
];

/**
 * A group as its owner or others see it.
 *
 * @param members - UUIDs of those members that may be seen, where the group is listed with its members
 */
export function viewGroup(
  group: GroupRecord,
  audience: Audience,
  members?: readonly string[],
): Record<string, unknown> {
  const names = audience === 'owner' || group.privacy.name_privacy === 'public' ? group : publicNames(group);
  const fields = {
    id: group.id,
    uuid: group.uuid,
    name: names.name,
    system: group.systemId,
    display_name: names.display_name,
    description: group.description,
    icon: servedLink(group.icon),
    banner: group.banner,
    color: group.color,
    created: group.created,
    ...(members !== undefined && { members }),
  };
  return seenBy(audience, fields, group.privacy, rules);
}

export const groupText = cachedText((group: GroupRecord, audience: Audience) => viewGroup(group, audience));
