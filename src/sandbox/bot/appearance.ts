import type { MemberRecord, SystemRecord } from '../store/records.ts';
import { defaultNameFormat } from '../views/settings.ts';

/** Prevents Discord from merging messages of two members with the same name. */
const nameSeparator = '\u200a\u17b5';

/** How a member looks in a guild. */
export interface Appearance {
  readonly name: string;
  readonly avatar_url: string | null;
  readonly keepsTags: boolean;
}

export function appearanceOf(system: SystemRecord, member: MemberRecord, guild: string): Appearance {
  const here = system.guilds.find(({ guild_id: id }) => id === guild);
  const memberHere = member.guilds.find(({ guild_id: id }) => id === guild);
  const format = here?.name_format ?? system.settings.name_format ?? defaultNameFormat;
  const name = memberHere?.display_name ?? member.display_name ?? member.name;
  const parts: Readonly<Record<string, string>> = { '{name}': name, '{tag}': systemTag(system, guild) };
  return {
    name: format.replace(/\{name\}|\{tag\}/g, (part) => parts[part] ?? part).trim(),
    avatar_url:
      memberHere?.avatar_url ??
      member.webhook_avatar_url ??
      member.avatar_url ??
      here?.avatar_url ??
      system.avatar_url,
    keepsTags: memberHere?.keep_proxy ?? member.keep_proxy,
  };
}

/** The system's tag in a guild; empty where it is off or not set. */
export function systemTag(system: SystemRecord, guild: string): string {
  const here = system.guilds.find(({ guild_id: id }) => id === guild);
  return here?.tag_enabled === false ? '' : (here?.tag ?? system.tag ?? '');
}

/** The name, changed slightly where the channel's latest message has the same name but is another member's. */
export function distinctName(
  name: string,
  member: MemberRecord,
  latest: { readonly name: string; readonly member: string } | undefined,
): string {
  return latest?.name === name && latest.member !== member.uuid ? name + nameSeparator : name;
}
