import { groupPrivacyKeys, memberPrivacyKeys } from '../validation/models.ts';
import { readPrivacy, requireChanges } from '../validation/patch.ts';
import { Report } from '../validation/report.ts';
import type { Call } from './call.ts';
import { noContent, type Reply } from './reply.ts';

/* Changes all of a system's members or groups at once; no events are sent. */

function updateMembersPrivacy(call: Call): Reply {
  const changes = readBody(call, memberPrivacyKeys);
  const { members } = call.store;
  for (const member of members.of(call.requireViewer().uuid)) {
    members.put({ ...member, privacy: { ...member.privacy, ...changes } });
  }
  return noContent;
}

function updateGroupsPrivacy(call: Call): Reply {
  const changes = readBody(call, groupPrivacyKeys);
  const { groups } = call.store;
  for (const group of groups.of(call.requireViewer().uuid)) {
    groups.put({ ...group, privacy: { ...group.privacy, ...changes } });
  }
  return noContent;
}

/** The body is a privacy object; its keys stand at top level. */
function readBody<Key extends string>(call: Call, keys: readonly Key[]) {
  const body = call.object;
  call.requireViewer();
  const report = new Report();
  const changes = readPrivacy(keys, body, report);
  requireChanges(report, changes);
  return changes;
}

export const bulkPrivacyOperations = { updateMembersPrivacy, updateGroupsPrivacy };
