import type { MemberRecord, SystemRecord } from '../store/records.ts';
import { systemPrivacyKeys, systemRules } from '../validation/models.ts';
import { nestedPrivacy, readChanges, requireChanges, withPrivacy } from '../validation/patch.ts';
import { Report } from '../validation/report.ts';
import { type Audience, cached, listText } from '../views/audience.ts';
import { groupText, viewGroup } from '../views/group.ts';
import { memberText } from '../views/member.ts';
import { systemText, viewSystem } from '../views/system.ts';
import type { Call } from './call.ts';
import { groupListPrivate, memberListPrivate } from './errors.ts';
import { readFlag } from './query.ts';
import { ok, okText, type Reply } from './reply.ts';

function getSystem(call: Call): Reply {
  return okText(systemText(call.system, call.audience(call.system.uuid)));
}

function updateSystem(call: Call): Reply {
  const body = call.object;
  const system = call.requireOwnSystem();
  const report = new Report();
  const changes = readChanges(systemRules, body, report);
  const privacy = nestedPrivacy(systemPrivacyKeys, body, report);
  requireChanges(report, changes, privacy);

  const updated: SystemRecord = { ...system, ...changes, privacy: { ...system.privacy, ...privacy } };
  call.store.putSystem(updated);
  call.services.dispatcher.send(updated, 'UPDATE_SYSTEM', null, withPrivacy(changes, privacy));
  return ok(viewSystem(updated, 'owner'));
}

function listMembers(call: Call): Reply {
  const { system } = call;
  const audience = call.audience(system.uuid);
  requireList(audience, system.privacy.member_list_privacy, memberListPrivate);
  return okText(membersBytes(call.store.members.of(system.uuid), audience));
}

const encoder = new TextEncoder();

const membersBytes = cached((members: readonly MemberRecord[], audience) =>
  encoder.encode(listText(visible(members, audience).map((member) => memberText(member, audience)))),
);

function listGroups(call: Call): Reply {
  const withMembers = readFlag(call.query, 'with_members');
  const { system, store } = call;
  const audience = call.audience(system.uuid);
  requireList(audience, system.privacy.group_list_privacy, groupListPrivate);
  const memberAudience = call.audience(system.uuid, 'members');
  const groups = visible(store.groups.of(system.uuid), audience);
  if (!withMembers) return okText(listText(groups.map((group) => groupText(group, audience))));
  return ok(
    groups.map((group) => {
      const isListed = audience === 'owner' || group.privacy.list_privacy === 'public';
      const members = isListed ? group.members.flatMap((uuid) => store.members.get(uuid) ?? []) : [];
      return viewGroup(
        group,
        audience,
        visible(members, memberAudience).map(({ uuid }) => uuid),
      );
    }),
  );
}

/** Lists omit what is hidden from other callers. */
export function visible<R extends { readonly privacy: { readonly visibility: string } }>(
  records: readonly R[],
  audience: Audience,
): readonly R[] {
  return audience === 'owner' ? records : records.filter(({ privacy }) => privacy.visibility === 'public');
}

/** @throws {ApiError} the given error, where others may not see a list */
export function requireList(audience: Audience, level: string, error: () => Error): void {
  if (audience === 'other' && level === 'private') throw error();
}

export const systemOperations = { getSystem, updateSystem, listMembers, listGroups };
