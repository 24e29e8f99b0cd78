import { parseUuid } from '../gateway/references.ts';
import { toText } from '../json/convert.ts';
import type { JsonToken } from '../json/token.ts';
import type { Collection } from '../store/collection.ts';
import type { GroupRecord, MemberRecord } from '../store/records.ts';
import type { Call } from './call.ts';
import { badRequest, groupNotFound, groupNotFoundByReference, memberNotFoundByReference } from './errors.ts';
import { noContent, type Reply } from './reply.ts';

/** Combines the UUIDs of a list with given ones, of which there may be a hundred thousand, mostly the same. */
type Combine = (current: readonly string[], given: readonly string[]) => readonly string[];

/** @throws {ApiError} 400 where one that is not there yet is given twice: the real server fails with 500 then */
const add: Combine = (current, given) => [...current, ...requireDistinct(without(given, current))];
const remove: Combine = (current, given) => without(current, given);
/** @throws {ApiError} 400 where one is given twice: the real server fails with 500 then */
const overwrite: Combine = (_current, given) => requireDistinct(given);

function without(uuids: readonly string[], others: readonly string[]): readonly string[] {
  const omitted = new Set(others);
  return uuids.filter((uuid) => !omitted.has(uuid));
}

function requireDistinct(uuids: readonly string[]): readonly string[] {
  if (new Set(uuids).size < uuids.length) throw badRequest();
  return uuids;
}

/** Changes which members a group has. */
function changeGroupMembers(combine: Combine): (call: Call) => Reply {
  return (call) => {
    const list = readReferences(call, combine);
    const group = call.requireOwnGroup();
    const members = readOwned(call.store.members, group.system, list, memberNotFoundByReference);
    call.store.groups.put({ ...group, members: combine(group.members, uuidsOf(members)) });
    return noContent;
  };
}

/** Changes which groups a member is in. */
function changeMemberGroups(combine: Combine): (call: Call) => Reply {
  // The error of adding does not name the missing group.
  const notFound = combine === add ? groupNotFound : groupNotFoundByReference;
  return (call) => {
    const { store } = call;
    const list = readReferences(call, combine);
    const member = call.requireOwnMember();
    const given = readOwned(store.groups, member.system, list, notFound);
    const current = store.groups.of(member.system).filter(({ members }) => members.includes(member.uuid));
    const wanted = new Set(combine(uuidsOf(current), uuidsOf(given)));
    for (const group of store.groups.of(member.system)) {
      const isIn = group.members.includes(member.uuid);
      if (wanted.has(group.uuid) !== isIn) {
        store.groups.put({ ...group, members: (isIn ? remove : add)(group.members, [member.uuid]) });
      }
    }
    return noContent;
  };
}

/** Adding or removing nothing is rejected for every caller; overwriting with nothing empties. */
function readReferences(call: Call, combine: Combine): readonly JsonToken[] {
  const { list } = call;
  if (list.length === 0 && combine !== overwrite) throw badRequest();
  return list;
}

/**
 * Reads references to members or groups of the caller's system: exact ids, or UUIDs.
 *
 * @throws {ApiError} 404 for the first that names none, also where it names another system's
 */
export function readOwned<R extends MemberRecord | GroupRecord>(
  records: Collection<R>,
  system: string,
  references: readonly JsonToken[],
  notFound: (reference: string) => Error,
): readonly R[] {
  const texts = references.map((token) => toText(token) ?? '');
  return texts.map((text) => {
    const record = records.get(parseUuid(text) ?? '') ?? records.getById(text);
    if (record?.system !== system) throw notFound(text);
    return record;
  });
}

function uuidsOf(records: readonly { readonly uuid: string }[]): readonly string[] {
  return records.map(({ uuid }) => uuid);
}

export const groupMemberOperations = {
  addGroupMembers: changeGroupMembers(add),
  removeGroupMembers: changeGroupMembers(remove),
  overwriteGroupMembers: changeGroupMembers(overwrite),
  addMemberGroups: changeMemberGroups(add),
  removeMemberGroups: changeMemberGroups(remove),
  overwriteMemberGroups: changeMemberGroups(overwrite),
};
