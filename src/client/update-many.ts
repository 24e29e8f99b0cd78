import type { MembersMethods } from '../../generated/v2/methods.ts';
import type { MemberPatch, OwnMember } from '../../generated/v2/schema.ts';
import type { CallOptions } from './options.ts';
import { readParameter } from './references.ts';

/** Concurrent requests: more than the limit allows a second, also on a slow link. */
const WORKERS = 4;

/** A reference to a member, or a member as the API gives it. */
export type MemberLike = string | { readonly id: string };

/**
 * The outcome for one member of a list. With `failed`, nothing was changed, except perhaps after a network error. With
 * `pending`, no request was sent, since an earlier error would have repeated: of the token, the network, or an aborted
 * signal.
 */
export type UpdateOutcome<Item extends MemberLike = MemberLike> =
  | { readonly status: 'updated'; readonly item: Item; readonly member: OwnMember }
  | { readonly status: 'failed'; readonly item: Item; readonly error: unknown }
  | { readonly status: 'pending'; readonly item: Item };

export interface UpdateManyOptions extends CallOptions {
  /** Called after each member. */
  readonly onProgress?:
    | ((progress: { readonly done: number; readonly failed: number; readonly total: number }) => void)
    | undefined;
}

/** Some members of a list were not updated; the others were. */
export class BulkError extends Error {
  override readonly name = 'BulkError';
  /** In the order of the list. */
  declare readonly outcomes: readonly UpdateOutcome[];

  constructor(outcomes: readonly UpdateOutcome[]) {
    const missed = outcomes.filter(({ status }) => status !== 'updated');
    const first = outcomes.find((outcome) => outcome.status === 'failed');
    super(`${missed.length} of ${outcomes.length} members were not updated`, { cause: first?.error });
    this.outcomes = outcomes;
  }
}

export interface MemberUpdates {
  /**
   * Changes many members, one request each (`PATCH /members/{memberRef}`), as fast as the rate limits let.
   *
   * @param list - references or members
   * @param change - the same for all, or a function of each item of the list
   * @returns the updated members, in the order of the list
   * @throws TypeError before any request where a reference is none; BulkError where at least one member was not updated,
   * with the outcome of each. An error that says nothing of its member (401, the network, an abort) ends it early: what
   * is `pending` then can be given again.
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
  return async (list, change, { onProgress, ...options } = {}) => {
    const items = [...list];
    const references = items.map((item) =>
      readParameter('memberRef', typeof item === 'object' ? item.id : item),
    );
    const outcomes = items.map((item): UpdateOutcome => ({ status: 'pending', item }));
    const total = items.length;
    const queue = items.entries();
    let done = 0;
    let failed = 0;
    const work = async () => {
      for (const [index, item] of queue) {
        try {
          const patch = typeof change === 'function' ? change(item) : change;
          const member = await update(references[index] ?? '', patch, options);
          outcomes[index] = { status: 'updated', item, member };
        } catch (error) {
          outcomes[index] = { status: 'failed', item, error };
          failed++;
          // Others can succeed only where the error is about the member.
          if (!/^40[034]$/.test(Object(error).status)) Array.from(queue);
        }
        onProgress?.({ done: ++done, failed, total });
      }
    };
    await Promise.all(Array.from({ length: WORKERS }, work));
    const members = outcomes.flatMap((outcome) => (outcome.status === 'updated' ? [outcome.member] : []));
    if (members.length < total) throw new BulkError(outcomes);
    return members;
  };
}
