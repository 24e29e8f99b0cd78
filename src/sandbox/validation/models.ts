import type { GroupPrivacy, MemberPrivacy, SystemPrivacy } from '../world/world.ts';
import * as field from './fields.ts';

/* Which fields of each model may be set, and how they are read. */

export const systemRules = {
  name: field.text(100),
  description: field.text(1000),
  tag: field.text(79),
  pronouns: field.text(100),
  avatar_url: field.url,
  banner: field.url,
  color: field.systemColor,
};

export const memberRules = {
  name: field.name('Member'),
  birthday: field.birthday,
  display_name: field.text(100),
  avatar_url: field.url,
  webhook_avatar_url: field.url,
  banner: field.url,
  color: field.color,
  pronouns: field.text(100),
  description: field.text(1000),
  keep_proxy: field.flag,
  tts: field.flag,
  proxy_tags: field.proxyTags,
};

export const groupRules = {
  name: field.name('Group'),
  display_name: field.text(100),
  description: field.text(1000),
  icon: field.url,
  banner: field.url,
  color: field.color,
};

export const systemGuildRules = {
  proxying_enabled: field.optionalFlag,
  tag: field.text(79),
  tag_enabled: field.optionalFlag,
  avatar_url: field.url,
  display_name: field.text(100),
  name_format: field.text(Number.POSITIVE_INFINITY),
};

export const memberGuildRules = {
  display_name: field.text(100),
  avatar_url: field.url,
  // The server fails where it is null: it can't be unset.
  keep_proxy: field.flag,
};

export const systemPrivacyKeys = [
  'name_privacy',
  'avatar_privacy',
  'description_privacy',
  'banner_privacy',
  'pronoun_privacy',
  'member_list_privacy',
  'group_list_privacy',
  'front_privacy',
  'front_history_privacy',
] as const satisfies readonly (keyof SystemPrivacy)[];

export const memberPrivacyKeys = [
  'visibility',
  'name_privacy',
  'description_privacy',
  'banner_privacy',
  'birthday_privacy',
  'pronoun_privacy',
  'avatar_privacy',
  'metadata_privacy',
  'proxy_privacy',
] as const satisfies readonly (keyof MemberPrivacy)[];

export const groupPrivacyKeys = [
  'name_privacy',
  'description_privacy',
  'banner_privacy',
  'icon_privacy',
  'list_privacy',
  'metadata_privacy',
  'visibility',
] as const satisfies readonly (keyof GroupPrivacy)[];
