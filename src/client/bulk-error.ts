import type { OwnMember } from '../../generated/v2/schema.ts';

/** A reference to a member, or a member as the API gives it. */
export type MemberLike = string | { readonly id: string };

/**
 * The outcome for one member of a list. `failed` is of that member alone: it does not exist, or the change is invalid.
 * `pending` can be given again: an error that concerns all came first, of the token, the network, the server, or an aborted
 * signal. Requests that it broke are `pending`, too, although they may have been carried out: again, they change nothing.
 */
export type UpdateOutcome<Item extends MemberLike = MemberLike> =
  | { readonly status: 'updated'; readonly item: Item; readonly member: OwnMember }
  | { readonly status: 'failed'; readonly item: Item; readonly error: unknown }
  | { readonly status: 'pending'; readonly item: Item };

/** Some members of a list were not updated, or `onProgress` threw. The `cause` is the first error. */
export class BulkError extends Error {
  override readonly name = 'BulkError';
  /** In the order of the list. */
  declare readonly outcomes: readonly UpdateOutcome[];

  constructor(outcomes: readonly UpdateOutcome[], cause?: unknown) {
    const missed = outcomes.filter(({ status }) => status !== 'updated');
    super(`${missed.length} of ${outcomes.length} members were not updated`, { cause });
    this.outcomes = outcomes;
  }
}
