import type { OperationId } from '../../../generated/v1/operations.ts';
import { truncateToMicroseconds } from '../formats/instant.ts';
import { toWrittenTexts } from '../json/convert.ts';
import type { Call, Handler } from '../operations/call.ts';
import { newMember } from '../operations/creation.ts';
import { badRequest } from '../operations/errors.ts';
import { readInstant } from '../operations/query.ts';
import { noContent, ok, type Reply } from '../operations/reply.ts';
import { logSwitch, property, sameSequence } from '../operations/switches.ts';
import { visible } from '../operations/systems.ts';
import type { MemberRecord, SystemRecord } from '../store/records.ts';
import * as field from '../validation/fields.ts';
import { type Changes, isEmpty, readChanges, readPrivacy, withPrivacy } from '../validation/patch.ts';
import { Report } from '../validation/report.ts';
import { viewMessage } from '../views/message.ts';
import type { MemberPrivacy } from '../world/world.ts';
import { TextError, throwFirst } from './text-error.ts';
import {
  memberPrivacyKeys,
  systemPrivacyKeys,
  viewFullSwitch,
  viewMemberOfMessage,
  viewMemberV1,
  viewSwitch,
  viewSystem,
} from './views.ts';

const largestPage = 100;

const systemRules = {
  name: field.text(100),
  description: field.text(1000),
  tag: field.text(79),
  avatar_url: field.url,
  banner: field.url,
  color: field.systemColor,
};

const memberRules = {
  display_name: field.text(100),
  avatar_url: field.url,
  banner: field.url,
  color: field.color,
  pronouns: field.text(100),
  description: field.text(1000),
  keep_proxy: field.flag,
  proxy_tags: field.proxyTags,
};

function getOwnSystem(call: Call): Reply {
  return ok(viewSystem(call.requireViewer(), 'owner'));
}

function getSystem(call: Call): Reply {
  const system = findSystem(call);
  return ok(viewSystem(system, call.audience(system.uuid)));
}

function updateSystem(call: Call): Reply {
  const body = call.object;
  const system = call.requireViewer();
  const report = new Report();
  const privacy = readPrivacy(systemPrivacyKeys, body, report);
  const changes = readChanges(systemRules, body, report);
  throwFirst(report);
  if (isEmpty(changes) && isEmpty(privacy)) throw badRequest();
  const updated: SystemRecord = { ...system, ...changes, privacy: { ...system.privacy, ...privacy } };
  call.store.putSystem(updated);
  call.services.dispatcher.send(updated, 'UPDATE_SYSTEM', null, withPrivacy(changes, privacy));
  return ok(viewSystem(updated, 'owner'));
}

function getSystemByAccount(call: Call): Reply {
  const system = call.store.systemByAlias(call.snowflake('id'));
  if (system === undefined) throw new TextError(404, 'Account not found.');
  return ok(viewSystem(system, call.audience(system.uuid)));
}

function listMembers(call: Call): Reply {
  const system = findSystem(call);
  const audience = call.audience(system.uuid);
  rejectPrivate(audience, system.privacy.member_list_privacy, 'Unauthorized to view member list.');
  const members = visible(call.store.members.of(system.uuid), audience);
  return ok(members.map((member) => viewMemberV1(member, audience)));
}

function listSwitches(call: Call): Reply {
  const before = readInstant(call.query, 'before');
  const system = findSystem(call);
  const { store } = call;
  const audience = call.audience(system.uuid);
  rejectPrivate(audience, system.privacy.front_history_privacy, 'Unauthorized to view front history.');
  const moment = before === undefined ? undefined : truncateToMicroseconds(before);
  const switches = store.switches.newestBefore(system.uuid, moment, largestPage);
  return ok(switches.map((logged) => viewSwitch(logged, store)));
}

function getFronters(call: Call): Reply {
  const system = findSystem(call);
  const audience = call.audience(system.uuid);
  rejectPrivate(audience, system.privacy.front_privacy, 'Unauthorized to view fronter.');
  const latest = call.store.switches.latest(system.uuid);
  if (latest === undefined) throw new TextError(404, 'System has no registered switches.');
  return ok(viewFullSwitch(latest, call.store, audience));
}

function createSwitch(call: Call): Reply {
  const ids = toWrittenTexts(property(call.object, 'members'));
  const system = call.requireViewer();
  const { store } = call;
  if (new Set(ids).size !== ids.length) throw new TextError(400, 'Duplicate members in member list.');
  const latest = store.switches.latest(system.uuid);
  const current = latest?.members.map((uuid) => store.members.get(uuid)?.id ?? '');
  if (current !== undefined && sameSequence(current, ids)) {
    throw new TextError(400, 'New members identical to existing fronters.');
  }
  const members = ids.map((id) => store.members.getById(id));
  const foreign = members.find((member) => member !== undefined && member.system !== system.uuid);
  if (foreign !== undefined)
    throw new TextError(400, `Cannot switch to member '${foreign.id}' not in system.`);
  const missing = ids.find((_, index) => members[index] === undefined);
  if (missing !== undefined) throw new TextError(400, `Member '${missing}' not found.`);
  logSwitch(
    call,
    system,
    members.flatMap((member) => member?.uuid ?? []),
  );
  return noContent;
}

function createMember(call: Call): Reply {
  const body = call.object;
  const system = call.requireViewer();
  if (!body.has('name')) throw new TextError(400, 'Member name must be specified.');
  const count = call.store.members.count(system.uuid);
  const limit = system.settings.member_limit;
  if (count >= limit) throw new TextError(400, `Member limit reached (${count} / ${limit}).`);
  if (body.get('name') === null) throw badRequest();
  const { changes, privacy } = readMember(call);
  const member = newMember(call, system, changes, privacy);
  call.store.members.put(member);
  call.services.dispatcher.send(system, 'CREATE_MEMBER', member.uuid, withPrivacy(changes, privacy));
  return ok(viewMemberV1(member, 'owner'));
}

function getMember(call: Call): Reply {
  const member = findMember(call);
  return ok(viewMemberV1(member, call.audience(member.system)));
}

function updateMember(call: Call): Reply {
  const member = findOwnMember(call);
  const { changes, privacy } = readMember(call);
  if (isEmpty(changes) && isEmpty(privacy)) throw badRequest();
  const updated: MemberRecord = { ...member, ...changes, privacy: { ...member.privacy, ...privacy } };
  call.store.members.put(updated);
  const system = call.systemOf(member);
  call.services.dispatcher.send(system, 'UPDATE_MEMBER', member.uuid, withPrivacy(changes, privacy));
  return ok(viewMemberV1(updated, 'owner'));
}

function deleteMember(call: Call): Reply {
  const member = findOwnMember(call);
  call.store.deleteMember(member);
  call.services.dispatcher.send(call.systemOf(member), 'DELETE_MEMBER', member.uuid, null);
  return { status: 200 };
}

function getMessage(call: Call): Reply {
  const id = call.snowflake('id');
  const message = call.store.message(id) ?? call.store.messageByOriginal(id);
  if (message === undefined) throw new TextError(404, 'Message not found.');
  const member = call.store.members.get(message.member ?? '');
  if (member === undefined) return ok({ ...viewMessage(message), system: null, member: null });
  const audience = call.audience(member.system);
  const system = viewSystem(call.systemOf(member), audience);
  return ok({ ...viewMessage(message), system, member: viewMemberOfMessage(member, audience) });
}

/** Reads a member's fields; a prefix or suffix of its own takes the place of all proxy tags. */
function readMember(call: Call): {
  changes: Changes<typeof memberRules> & { name?: string };
  privacy: Partial<MemberPrivacy>;
} {
  const body = call.object;
  const report = new Report();
  const first = readChanges({ name: field.name('Member'), birthday: field.birthday }, body, report);
  const privacy = readPrivacy(memberPrivacyKeys, body, report);
  const isSingleTag = body.has('prefix') || (body.has('suffix') && !body.has('proxy_tags'));
  const tag = new Map(['prefix', 'suffix'].map((key) => [key, body.get(key) ?? null]));
  const given = isSingleTag ? new Map([...body, ['proxy_tags', [tag]] as const]) : body;
  const changes = { ...first, ...readChanges(memberRules, given, report) };
  throwFirst(report);
  return { changes, privacy };
}

function findSystem(call: Call): SystemRecord {
  const id = call.parameter('id').toLowerCase();
  const system = /^[a-z]{5,6}$/.test(id) ? call.store.systemByAlias(id) : undefined;
  if (system === undefined) throw new TextError(404, 'System not found.');
  return system;
}

function findMember(call: Call): MemberRecord {
  const member = call.store.members.getById(call.parameter('id').toLowerCase());
  if (member === undefined) throw new TextError(404, 'Member not found.');
  return member;
}

function findOwnMember(call: Call): MemberRecord {
  const viewer = call.requireViewer();
  const member = findMember(call);
  if (member.system !== viewer.uuid) {
    throw new TextError(403, `Member '${call.parameter('id')}' is not part of your system.`);
  }
  return member;
}

function rejectPrivate(audience: string, level: string, message: string): void {
  if (audience === 'other' && level === 'private') throw new TextError(403, message);
}

/** Every operation of version 1; a missing one does not compile. */
export const v1Handlers = {
  getOwnSystem,
  updateSystem,
  createSwitch,
  getSystem,
  listMembers,
  listSwitches,
  getFronters,
  createMember,
  getMember,
  updateMember,
  deleteMember,
  getSystemByAccount,
  getMessage,
} satisfies Readonly<Record<OperationId, Handler>>;
