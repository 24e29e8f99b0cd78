/**
 * Every scope × every operation that writes: with the scope, a key does what the token does; without it, it is rejected,
 * whatever it is about, and nothing changes.
 */
import { describe, expect, test } from 'vitest';
import type { OperationId } from '../../generated/v2/operations.ts';
import { isObject } from '../../scripts/lib/recordings.ts';
import type { WorldSystem } from '../../src/sandbox/world/world.ts';
import {
  ask,
  canRead,
  forbidden,
  hasScope,
  mixed,
  objectsIn,
  open,
  operations,
  otherSystem,
  pathOf,
  type Received,
  type Request,
  scopes,
  world,
} from './keys-support.ts';

type Operation = (typeof operations)[number];

const writing = operations.filter(({ method }) => method !== 'GET');
const now = new Date('2030-01-02T03:04:05Z');

/** A change that works on a system, for every operation that makes one; deleting takes no body. */
function bodiesFor({ members, groups }: WorldSystem): Partial<Readonly<Record<OperationId, unknown>>> {
  const [member, group] = [members.at(-1)?.id, groups[0]?.id];
  return {
    updateSystem: { description: 'New' },
    updateSystemSettings: { pings_enabled: false },
    updateSystemGuildSettings: { tag: 'New' },
    updateAutoproxySettings: { autoproxy_mode: 'front' },
    createSwitch: { members: [members[1]?.id, members[0]?.id], timestamp: '2029-01-01T00:00:00Z' },
    updateSwitch: { timestamp: '2019-01-01T00:00:00Z' },
    updateSwitchMembers: [members[1]?.id],
    createMember: { name: 'New', privacy: { visibility: 'private' } },
    updateMember: { pronouns: 'new' },
    addMemberGroups: [groups.at(-1)?.id],
    removeMemberGroups: [group],
    overwriteMemberGroups: [],
    updateMemberGuildSettings: { display_name: 'New' },
    createGroup: { name: 'New', privacy: { visibility: 'private' } },
    updateGroup: { description: 'New' },
    addGroupMembers: [member],
    removeGroupMembers: [members[0]?.id],
    overwriteGroupMembers: [member],
    updateMembersPrivacy: { description_privacy: 'private' },
    updateGroupsPrivacy: { description_privacy: 'private' },
  };
}

/** The operation on something of a system, as that system would send it. */
function changeOf(operation: Operation, system: WorldSystem, systemRef = system.id): Request {
  const references = {
    systemRef,
    memberRef: system.members[0]?.id,
    groupRef: system.groups[0]?.id,
    switchRef: system.switches[0]?.id,
  };
  const bodies: Readonly<Record<string, unknown>> = bodiesFor(system);
  return { operation, path: pathOf(operation, references), body: bodies[operation.id] };
}

/** Whether the path names what is changed; else it is of the system that calls. */
function isNamed({ parameters }: Operation): boolean {
  return parameters.path.length > 0;
}

interface Outcome {
  readonly received: Received;
  /** Members of the response as other callers see them at last, by id. */
  readonly membersForOthers: ReadonlyMap<unknown, unknown>;
  readonly world: unknown;
  readonly events: unknown;
}

const sandbox = open();
const [getMember] = operations.filter(({ id }) => id === 'getMember');

/** Sends a change into a fresh world, by the key or the token of the mixed system. */
async function outcomeOf(request: Request, held: typeof scopes, as: 'key' | 'token'): Promise<Outcome> {
  sandbox.reset();
  sandbox.clock.freeze(now);
  // Keys take ids from the same source as new members and groups do.
  const { token } = await sandbox.createKey({ system: mixed.id, scopes: held });
  const received = await ask(sandbox, request, as === 'key' ? `Bearer ${token}` : (mixed.token ?? ''));
  const [state, events] = [sandbox.world(), sandbox.deliveries()];
  const { members } = isObject(received.body) ? received.body : {};
  const seen = new Map<unknown, unknown>();
  for (const { id } of objectsIn(members)) {
    if (getMember === undefined) continue;
    seen.set(id, (await ask(sandbox, { operation: getMember, path: `/v2/members/${id}` })).body);
  }
  return { received, membersForOthers: seen, world: state, events };
}

/** The response to the token, with members as the key may see them. */
function seenWith(held: typeof scopes, { received, membersForOthers }: Outcome): Received {
  if (membersForOthers.size === 0 || canRead(held, 'members') || !isObject(received.body)) return received;
  const members = objectsIn(received.body.members).map(({ id }) => membersForOthers.get(id));
  return { ...received, body: { ...received.body, members } };
}

describe.each(writing)('$id', (operation) => {
  const own = changeOf(operation, mixed);

  test('is a change that the token may make', async () => {
    const { received, world: after } = await outcomeOf(own, [], 'token');
    expect(operation.successes).toContain(received.status);
    expect(after).not.toEqual(world);
  });

  test.each([[], ...scopes.map((scope) => [scope])].map((held) => ({ held })))(
    'with $held changes only what its scopes allow',
    async ({ held }) => {
      const asMe = changeOf(operation, mixed, '@me');
      const foreign = isNamed(operation) ? [changeOf(operation, otherSystem)] : [];
      for (const request of [own, asMe, ...foreign]) {
        const byKey = await outcomeOf(request, held, 'key');
        if (hasScope(held, operation)) {
          const byToken = await outcomeOf(request, held, 'token');
          expect(byKey.received, request.path).toEqual(seenWith(held, byToken));
          expect(byKey.world).toEqual(byToken.world);
          expect(byKey.events).toEqual(byToken.events);
        } else {
          expect(byKey.received, request.path).toEqual(forbidden);
          expect(byKey.world).toEqual(world);
          expect(byKey.events).toEqual([]);
        }
      }
    },
  );
});

test.each(writing.filter(isNamed))(
  '$id rejects other systems, whatever the key may do',
  async (operation) => {
    const { received, world: after } = await outcomeOf(
      changeOf(operation, otherSystem),
      ['write:all'],
      'key',
    );
    expect(received.status).toBe(403);
    expect(after).toEqual(world);
  },
);

test('to see members in the response to a switch takes a scope of its own', async () => {
  const operation = writing.find(({ id }) => id === 'createSwitch');
  if (operation === undefined) throw new RangeError('The document has no createSwitch');
  const membersSeen = async (held: typeof scopes) => {
    const { body } = (await outcomeOf(changeOf(operation, mixed), held, 'key')).received;
    return objectsIn(isObject(body) ? body.members : []).map(({ privacy }) => isObject(privacy));
  };
  expect(await membersSeen(['write:switches'])).toEqual([false, false]);
  expect(await membersSeen(['write:switches', 'publicread:members'])).toEqual([false, false]);
  expect(await membersSeen(['write:switches', 'read:members'])).toEqual([true, true]);
});
