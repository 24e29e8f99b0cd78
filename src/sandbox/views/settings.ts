import type { AutoproxyRecord } from '../store/records.ts';
import type { MemberGuild, SystemGuild, SystemSettings } from '../world/world.ts';
import type { Audience } from './audience.ts';

/** How names are made where no other format is set. */
export const defaultNameFormat = '{name} {tag}';

/** The settings as a GET returns them: without the newest one, and for other callers only those that show in messages. */
export function viewSettings(settings: SystemSettings, audience: Audience): object {
  const shared = {
    pings_enabled: settings.pings_enabled,
    latch_timeout: settings.latch_timeout,
    case_sensitive_proxy_tags: settings.case_sensitive_proxy_tags,
    proxy_error_message_enabled: settings.proxy_error_message_enabled,
    hid_display_split: settings.hid_display_split,
    hid_display_caps: settings.hid_display_caps,
    hid_list_padding: settings.hid_list_padding,
    proxy_switch: settings.proxy_switch,
    name_format: settings.name_format ?? defaultNameFormat,
  };
  if (audience === 'other') return shared;
  return {
    timezone: settings.timezone,
    member_default_private: settings.member_default_private,
    group_default_private: settings.group_default_private,
    show_private_info: settings.show_private_info,
    member_limit: settings.member_limit,
    group_limit: settings.group_limit,
    description_templates: settings.description_templates,
    ...shared,
  };
}

export function viewGuild({ guild_id: _, ...settings }: SystemGuild | MemberGuild): object {
  return settings;
}

/** @param memberId - id of the member to show */
export function viewAutoproxy(settings: AutoproxyRecord, memberId: string | null): object {
  return {
    autoproxy_mode: settings.autoproxy_mode,
    autoproxy_member: memberId,
    last_latch_timestamp: settings.last_latch_timestamp,
  };
}
