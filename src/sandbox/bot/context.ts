import { findMember, findSystem } from '../gateway/references.ts';
import type { Services } from '../operations/call.ts';
import type { MemberRecord, SystemRecord } from '../store/records.ts';
import type { Store } from '../store/store.ts';
import { idsOf, namesNo } from '../world/names-no.ts';
import { WorldError } from '../world/problems.ts';
import { words } from '../world/world.ts';
import type { DiscordState } from './discord-state.ts';

/** The dependencies of the bot. */
export interface BotContext {
  readonly store: Store;
  readonly services: Services;
  readonly discord: DiscordState;
}

/**
 * A system by its id, UUID or account.
 *
 * @param reference - of plain JavaScript it may be no text
 * @throws {WorldError} where there is none
 */
export function requireSystem({ store }: BotContext, reference: string, path = 'system'): SystemRecord {
  const system = findSystem(store, words.readAt(reference, path));
  if (system === undefined) {
    throw new WorldError(path, namesNo('system', reference, idsOf(store.systems)));
  }
  return system;
}

/**
 * A member of a system by its id or UUID.
 *
 * @throws {WorldError} where there is none
 */
export function requireMember({ store }: BotContext, system: SystemRecord, reference: string): MemberRecord {
  const member = findMember(store, reference);
  if (member?.system !== system.uuid) {
    const known = idsOf(store.members.of(system.uuid));
    throw new WorldError('member', namesNo('member of the system', reference, known));
  }
  return member;
}
