import { toText } from '../json/convert.ts';
import type { JsonObject } from '../json/token.ts';
import type { MemberRecord } from '../store/records.ts';
import { memberGuildRules, memberPrivacyKeys, memberRules } from '../validation/models.ts';
import {
  type Changes,
  nestedPrivacy,
  readChanges,
  requireChanges,
  withPrivacy,
} from '../validation/patch.ts';
import { Report } from '../validation/report.ts';
import { listText } from '../views/audience.ts';
import { groupText } from '../views/group.ts';
import { memberText, viewMember } from '../views/member.ts';
import { viewGuild } from '../views/settings.ts';
import type { Call } from './call.ts';
import { newMember } from './creation.ts';
import { groupListPrivate, memberGuildSettingsNotFound, memberLimitReached } from './errors.ts';
import { noContent, ok, okText, type Reply } from './reply.ts';
import { requireList, visible } from './systems.ts';

function createMember(call: Call): Reply {
  const body = call.object;
  const system = call.requireViewer();
  if (call.store.members.count(system.uuid) >= system.settings.member_limit) throw memberLimitReached();
  const report = new Report();
  const changes = readMemberChanges(body, report);
  const privacy = nestedPrivacy(memberPrivacyKeys, body, report);
  if (!body.has('name')) report.add('name', { message: "Key 'name' is required when creating new member." });
  report.throwIfAny();

  const member = newMember(call, system, changes, privacy);
  call.store.members.put(member);
  call.services.dispatcher.send(system, 'CREATE_MEMBER', member.uuid, withPrivacy(changes, privacy));
  return ok(viewMember(member, 'owner'));
}

function getMember(call: Call): Reply {
  return okText(memberText(call.member, call.audience(call.member.system)));
}

function updateMember(call: Call): Reply {
  const body = call.object;
  const member = call.requireOwnMember();
  const report = new Report();
  const changes = readMemberChanges(body, report);
  const privacy = nestedPrivacy(memberPrivacyKeys, body, report);
  requireChanges(report, changes, privacy);

  const updated: MemberRecord = { ...member, ...changes, privacy: { ...member.privacy, ...privacy } };
  call.store.members.put(updated);
  const system = call.systemOf(member);
  call.services.dispatcher.send(system, 'UPDATE_MEMBER', member.uuid, withPrivacy(changes, privacy));
  return ok(viewMember(updated, 'owner'));
}

/** A webhook avatar that equals the avatar counts as null, before it is validated. */
function readMemberChanges(body: JsonObject, report: Report): Changes<typeof memberRules> {
  const [avatar, webhookAvatar] = ['avatar_url', 'webhook_avatar_url'].map((key) =>
    toText(body.get(key) ?? null),
  );
  const isRepeated = webhookAvatar !== null && webhookAvatar === avatar;
  return readChanges(
    memberRules,
    isRepeated ? new Map([...body, ['webhook_avatar_url', null]]) : body,
    report,
  );
}

function deleteMember(call: Call): Reply {
  const member = call.requireOwnMember();
  call.store.deleteMember(member);
  call.services.dispatcher.send(call.systemOf(member), 'DELETE_MEMBER', member.uuid, null);
  return noContent;
}

function listMemberGroups(call: Call): Reply {
  const { member, store } = call;
  const audience = call.audience(member.system);
  requireList(audience, call.systemOf(member).privacy.group_list_privacy, groupListPrivate);
  const groups = store.groups.of(member.system).filter(({ members }) => members.includes(member.uuid));
  return okText(listText(visible(groups, audience).map((group) => groupText(group, audience))));
}

function getMemberGuildSettings(call: Call): Reply {
  const guild = call.snowflake('guild_id');
  return ok(viewGuild(findGuild(call.requireOwnMember(), guild)));
}

function updateMemberGuildSettings(call: Call): Reply {
  const guild = call.snowflake('guild_id');
  const body = call.object;
  const member = call.requireOwnMember();
  const settings = findGuild(member, guild);
  const report = new Report();
  const changes = readChanges(memberGuildRules, body, report);
  requireChanges(report, changes);

  const updated = { ...settings, ...changes };
  const guilds = member.guilds.map((one) => (one === settings ? updated : one));
  call.store.members.put({ ...member, guilds });
  const data = { guild_id: guild, ...changes };
  call.services.dispatcher.send(call.systemOf(member), 'UPDATE_MEMBER_GUILD', member.uuid, data);
  return ok(viewGuild(updated));
}

function findGuild(member: MemberRecord, guild: string): MemberRecord['guilds'][number] {
  const settings = member.guilds.find(({ guild_id: id }) => id === guild);
  if (settings === undefined) throw memberGuildSettingsNotFound();
  return settings;
}

export const memberOperations = {
  createMember,
  getMember,
  updateMember,
  deleteMember,
  listMemberGroups,
  getMemberGuildSettings,
  updateMemberGuildSettings,
};
