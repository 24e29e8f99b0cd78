import type { GroupRecord } from '../store/records.ts';
import { groupPrivacyKeys, groupRules } from '../validation/models.ts';
import { nestedPrivacy, readChanges, requireChanges, withPrivacy } from '../validation/patch.ts';
import { Report } from '../validation/report.ts';
import { listText } from '../views/audience.ts';
import { groupText, viewGroup } from '../views/group.ts';
import { memberText } from '../views/member.ts';
import type { Call } from './call.ts';
import { newGroup } from './creation.ts';
import { groupLimitReached, groupMembersPrivate } from './errors.ts';
import { noContent, ok, okText, type Reply } from './reply.ts';
import { requireList, visible } from './systems.ts';

function createGroup(call: Call): Reply {
  const body = call.object;
  const system = call.requireViewer();
  if (call.store.groups.count(system.uuid) >= system.settings.group_limit) throw groupLimitReached();
  const report = new Report();
  const changes = readChanges(groupRules, body, report);
  const privacy = nestedPrivacy(groupPrivacyKeys, body, report);
  if (!body.has('name')) report.add('name', { message: "Key 'name' is required when creating new group." });
  report.throwIfAny();

  const group = newGroup(call, system, changes, privacy);
  call.store.groups.put(group);
  call.services.dispatcher.send(system, 'CREATE_GROUP', group.uuid, withPrivacy(changes, privacy));
  return ok(viewGroup(group, 'owner'));
}

function getGroup(call: Call): Reply {
  return okText(groupText(call.group, call.audience(call.group.system)));
}

function updateGroup(call: Call): Reply {
  const body = call.object;
  const group = call.requireOwnGroup();
  const report = new Report();
  const changes = readChanges(groupRules, body, report);
  const privacy = nestedPrivacy(groupPrivacyKeys, body, report);
  requireChanges(report, changes, privacy);

  const updated: GroupRecord = { ...group, ...changes, privacy: { ...group.privacy, ...privacy } };
  call.store.groups.put(updated);
  const system = call.systemOf(group);
  call.services.dispatcher.send(system, 'UPDATE_GROUP', group.uuid, withPrivacy(changes, privacy));
  return ok(viewGroup(updated, 'owner'));
}

function deleteGroup(call: Call): Reply {
  const group = call.requireOwnGroup();
  call.store.groups.delete(group);
  call.services.dispatcher.send(call.systemOf(group), 'DELETE_GROUP', group.uuid, null);
  return noContent;
}

function listGroupMembers(call: Call): Reply {
  const { group, store } = call;
  requireList(call.audience(group.system), group.privacy.list_privacy, groupMembersPrivate);
  const audience = call.audience(group.system, 'members');
  const members = group.members.flatMap((uuid) => store.members.get(uuid) ?? []);
  return okText(listText(visible(members, audience).map((member) => memberText(member, audience))));
}

export const groupOperations = { createGroup, getGroup, updateGroup, deleteGroup, listGroupMembers };
