import {
  formatInstant,
  type Instant,
  isStorableInstant,
  parseInstant,
  truncateToMicroseconds,
} from '../formats/instant.ts';
import { parseLooseDateTime } from '../formats/loose-date-time.ts';
import { isBlank } from '../formats/scalars.ts';
import { findMember } from '../gateway/references.ts';
import { toText, toWrittenTexts } from '../json/convert.ts';
import type { JsonObject, JsonToken } from '../json/token.ts';
import type { SwitchRecord, SystemRecord } from '../store/records.ts';
import { fullSwitchText, switchesBytes } from '../views/switch.ts';
import type { Call } from './call.ts';
import {
  badRequest,
  duplicateSwitchMembers,
  frontersPrivate,
  frontHistoryPrivate,
  memberNotFoundByReference,
  modelParseError,
  notOwnMemberByReference,
  sameSwitchMembers,
  sameSwitchTimestamp,
  switchNotVisible,
} from './errors.ts';
import { readOwned } from './group-members.ts';
import { readCount, readInstant } from './query.ts';
import { noContent, okText, type Reply } from './reply.ts';
import { recordSwitch, replaceSwitchMembers } from './switch-changes.ts';
import { requireList } from './systems.ts';

const largestPage = 100;

function listSwitches(call: Call): Reply {
  const before = readInstant(call.query, 'before');
  const limit = Math.min(readCount(call.query, 'limit') ?? largestPage, largestPage);
  const { system, store } = call;
  requireList(call.audience(system.uuid), system.privacy.front_history_privacy, frontHistoryPrivate);
  const moment = before === undefined ? undefined : truncateToMicroseconds(before);
  const switches = store.switches.newestBefore(system.uuid, moment, limit);
  return okText(switchesBytes(switches, store));
}

function getFronters(call: Call): Reply {
  const { system, store } = call;
  requireList(call.audience(system.uuid), system.privacy.front_privacy, frontersPrivate);
  const latest = store.switches.latest(system.uuid);
  return latest === undefined ? noContent : okText(shownText(call, latest));
}

function getSwitch(call: Call): Reply {
  const { system } = call;
  requireList(call.audience(system.uuid), system.privacy.front_history_privacy, switchNotVisible);
  return okText(shownText(call, switchOfSystem(call)));
}

/** A switch with its members as the caller may see them. */
function shownText(call: Call, logged: SwitchRecord, timestamp?: string): string {
  return fullSwitchText(logged, call.store, call.audience(logged.system, 'members'), timestamp);
}

function createSwitch(call: Call): Reply {
  const references = toWrittenTexts(property(call.object, 'members'));
  const given = readTimestamp(property(call.object, 'timestamp'));
  const system = call.requireOwnSystem();
  const { store } = call;
  if (new Set(references).size !== references.length) throw duplicateSwitchMembers();
  if (given !== undefined && store.switches.hasAt(system.uuid, given)) throw sameSwitchTimestamp();
  const members = readOwned(store.members, system.uuid, references, memberNotFoundByReference).map(
    ({ uuid }) => uuid,
  );
  const latest = store.switches.latest(system.uuid);
  const isCurrent = latest !== undefined && (given === undefined || given >= latest.timestamp);
  if (isCurrent && sameSequence(latest.members, members)) throw sameSwitchMembers();

  return okText(logSwitch(call, system, members, given));
}

/**
 * Logs a switch, as `recordSwitch` does.
 *
 * @returns the switch with its members, as JSON
 */
export function logSwitch(
  call: Call,
  system: SystemRecord,
  members: readonly string[],
  given?: Instant,
): string {
  const { logged, timestamp } = recordSwitch(call, system, members, given);
  return shownText(call, logged, timestamp);
}

function updateSwitch(call: Call): Reply {
  const body = call.object;
  const system = call.requireOwnSystem();
  const { store, services } = call;
  const text = toText(body.get('timestamp') ?? null);
  if (text === null || isBlank(text)) {
    throw modelParseError({ timestamp: [{ message: "Key 'timestamp' is required." }] });
  }
  const given = parseLooseDateTime(text);
  if (given === undefined) throw badRequest();
  const logged = switchOfSystem(call);
  if (store.switches.hasAt(system.uuid, given)) throw sameSwitchTimestamp();

  const moved: SwitchRecord = { ...logged, timestamp: truncateToMicroseconds(given) };
  store.switches.put(moved);
  // With full precision, as for a new switch; the response has the stored one.
  services.dispatcher.send(system, 'UPDATE_SWITCH', moved.id, { timestamp: formatInstant(given) });
  return okText(shownText(call, moved));
}

function updateSwitchMembers(call: Call): Reply {
  const references = call.list.map((token) => toText(token) ?? '');
  const system = call.requireOwnSystem();
  const { store } = call;
  if (new Set(references).size !== references.length) throw duplicateSwitchMembers();
  const members = references.map((reference) => {
    const member = findMember(store, reference);
    if (member === undefined) throw memberNotFoundByReference(reference);
    if (member.system !== system.uuid) throw notOwnMemberByReference(reference);
    return member.uuid;
  });
  const logged = switchOfSystem(call);
  if (sameSequence(logged.members, members)) throw sameSwitchMembers();

  return okText(shownText(call, replaceSwitchMembers(call, system, logged, members)));
}

function deleteSwitch(call: Call): Reply {
  const system = call.requireOwnSystem();
  const logged = switchOfSystem(call);
  call.store.switches.delete(logged);
  call.services.dispatcher.send(system, 'DELETE_SWITCH', logged.id, null);
  return noContent;
}

/** @throws {ApiError} 404 where the switch is another system's than the path's */
function switchOfSystem(call: Call): SwitchRecord {
  if (call.switch.system !== call.system.uuid) throw switchNotVisible();
  return call.switch;
}

/** Where a body is read into a model of its own, keys match in any case, exact ones first. */
export function property(body: JsonObject, key: string): JsonToken {
  const exact = body.get(key);
  if (exact !== undefined) return exact;
  const similar = [...body.keys()].findLast((other) => other.toLowerCase() === key);
  return similar === undefined ? null : (body.get(similar) ?? null);
}

function readTimestamp(token: JsonToken): Instant | undefined {
  if (token === null || token === '') return undefined;
  const instant = typeof token === 'string' ? parseInstant(token) : undefined;
  if (instant === undefined || !isStorableInstant(instant)) throw badRequest();
  return instant;
}

export function sameSequence(first: readonly string[], second: readonly string[]): boolean {
  return first.length === second.length && first.every((value, index) => value === second[index]);
}

export const switchOperations = {
  listSwitches,
  createSwitch,
  getSwitch,
  updateSwitch,
  deleteSwitch,
  updateSwitchMembers,
  getFronters,
};
