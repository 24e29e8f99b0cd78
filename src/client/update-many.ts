import type { MembersMethods } from '../../generated/v2/methods.ts';
import type { MemberPatch, OwnMember } from '../../generated/v2/schema.ts';
import { isObject } from '../models/is-object.ts';
import { CALL_OPTIONS, checkNames } from './assert-options.ts';
import { BulkError, type MemberLike, type UpdateOutcome } from './bulk-error.ts';
import { check } from './check.ts';
import { checkPrivacy } from './check-privacy.ts';
import { isPluralKitError } from './errors.ts';
import { emit } from './events.ts';
import { isOfOne } from './failures.ts';
import type { CallOptions } from './options.ts';
import { readParameter } from './references.ts';

/** Concurrent requests: more than the limit allows a second, also on a slow link. */
const WORKERS = 4;

const NO_CHANGE = 'The change must be an object, or a function that returns one';

export interface UpdateManyOptions extends CallOptions {
  /** Called after each member that was updated or failed. An exception ends the work, and is the cause of the BulkError. */
  readonly onProgress?:
    | ((progress: { readonly done: number; readonly failed: number; readonly total: number }) => void)
    | undefined;
}

export interface MemberUpdates {
  /**
   * Changes many members, one request each (`PATCH /members/{memberRef}`), as fast as the rate limits let. The first call loads the code for it.
   *
   * @param list - references or members
   * @param change - the same for all, or a function of each item of the list
   * @returns the updated members, in the order of the list
   * @throws TypeError before any request where a reference, the change or an option can't be used; BulkError where at least
   * one member was not updated, or `onProgress` threw, with the outcome of each. An error that says nothing of its member
   * (401, the network, an abort) ends it early: what is `pending` then can be given again.
   * @example
   * await pk.members.updateMany(await pk.members.list('@me'), { proxy_tags: [] }, { onProgress: console.log });
   */
  updateMany<Item extends MemberLike>(
    list: Iterable<Item>,
    change: MemberPatch | ((item: Item) => MemberPatch),
    options?: UpdateManyOptions,
  ): Promise<OwnMember[]>;
}

export function createUpdateMany(update: MembersMethods['update']): MemberUpdates['updateMany'] {
  return async (list, change, given) => {
    checkNames(given, ['onProgress', ...CALL_OPTIONS]);
    const { onProgress, ...options } = given ?? {};
    check(onProgress == null || typeof onProgress === 'function', 'onProgress must be a function');
    check(typeof change === 'function' || isObject(change), NO_CHANGE);
    checkPrivacy('/members', change);
    const items = [...list];
    const references = items.map((item) => readParameter('member', isObject(item) ? item.id : item));
    const outcomes = items.map((item): UpdateOutcome => ({ status: 'pending', item }));
    const total = items.length;
    const queue = items.entries();
    const errors: unknown[] = [];
    let done = 0;
    let failed = 0;
    const work = async () => {
      for (const [index, item] of queue) {
        try {
          const patch = typeof change === 'function' ? change(item) : change;
          check(isObject(patch), NO_CHANGE);
          const member = await update(references[index] ?? '', patch, options);
          outcomes[index] = { status: 'updated', item, member };
        } catch (error) {
          errors.push(error);
          const isOfMember = isOfOne(error);
          if (!isOfMember) Array.from(queue);
          // Any other error is of the change for the member.
          if (!isOfMember && isPluralKitError(error)) continue;
          outcomes[index] = { status: 'failed', item, error };
          failed++;
        }
        try {
          emit(onProgress, { done: ++done, failed, total });
        } catch (error) {
          errors.push(error);
          Array.from(queue);
        }
      }
    };
    await Promise.all(Array.from({ length: WORKERS }, work));
    if (errors.length > 0) throw new BulkError(outcomes, errors[0]);
    return outcomes.flatMap((outcome) => (outcome.status === 'updated' ? [outcome.member] : []));
  };
}
