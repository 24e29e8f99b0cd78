import type { GroupRecord, MemberRecord, SystemRecord } from '../store/records.ts';
import type { Audience } from './audience.ts';

/*
 * What others sites show of a link to the dashboard. The names of members and groups, and the name of their system,
 * are given to anyone here, as the server does.
 */

export function viewSystemOEmbed(system: SystemRecord, audience: Audience): object {
  const isVisible = audience === 'owner' || system.privacy.name_privacy === 'public';
  const name = isVisible ? system.name : null;
  return rich('System', name ?? `System with ID \`${system.id}\``);
}

export function viewMemberOEmbed(member: MemberRecord, system: SystemRecord): object {
  return rich('Member', titleOf(member, system));
}

export function viewGroupOEmbed(group: GroupRecord, system: SystemRecord): object {
  return rich('Group', titleOf(group, system));
}

function titleOf(entity: MemberRecord | GroupRecord, system: SystemRecord): string {
  const name = entity.display_name ?? entity.name;
  return system.name === null ? name : `${name} (${system.name})`;
}

function rich(kind: string, title: string): object {
  return { type: 'rich', provider_name: `PluralKit ${kind}`, provider_url: 'https://pluralkit.me', title };
}
