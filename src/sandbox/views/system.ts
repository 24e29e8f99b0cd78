import { servedLink } from '../../models/media-link.ts';
import type { SystemRecord } from '../store/records.ts';
import type { SystemPrivacy } from '../world/world.ts';
import { type Audience, cachedText } from './audience.ts';
import { type HidingRule, seenBy } from './privacy.ts';

const rules: readonly HidingRule<keyof SystemPrivacy>[] = [
  { key: 'name_privacy', fields: ['name'] },
  { key: 'avatar_privacy', fields: ['avatar_url'] },
  { key: 'description_privacy', fields: ['description'] },
  { key: 'banner_privacy', fields: ['banner'] },
  { key: 'pronoun_privacy', fields: ['pronouns'] },
];

/** A system as its owner or others see it. */
export function viewSystem(system: SystemRecord, audience: Audience): Record<string, unknown> {
  const fields = {
    id: system.id,
    uuid: system.uuid,
    name: system.name,
    description: system.description,
    tag: system.tag,
    pronouns: system.pronouns,
    avatar_url: servedLink(system.avatar_url),
    banner: servedLink(system.banner),
    color: system.color,
    created: system.created,
    ...(audience === 'owner' && { webhook_url: system.webhook?.url ?? null }),
  };
  return seenBy(audience, fields, system.privacy, rules);
}

export const systemText = cachedText(viewSystem);
