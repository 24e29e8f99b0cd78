import type { Instant } from '../formats/instant.ts';
import type { MessageRecord } from './records.ts';

/** How long the API finds a message that was deleted: 15 seconds, in nanoseconds. */
const knownFor = 15_000_000_000n;

interface DeletedMessage {
  readonly message: MessageRecord;
  readonly at: Instant;
}

/** Messages that were deleted not long ago, so that log bots can ask about them. No storage keeps them. */
export class DeletedMessages {
  readonly #byId: Map<string, DeletedMessage>;

  constructor(original?: DeletedMessages) {
    this.#byId = new Map(original === undefined ? [] : original.#byId);
  }

  add(message: MessageRecord, now: Instant): void {
    for (const [id, { at }] of this.#byId) if (now - at >= knownFor) this.#byId.delete(id);
    const deleted = { message, at: now };
    this.#byId.set(message.id, deleted);
    if (message.original !== null) this.#byId.set(message.original, deleted);
  }

  /** @param id - of the message or its original */
  find(id: string, now: Instant): MessageRecord | undefined {
    const deleted = this.#byId.get(id);
    return deleted !== undefined && now - deleted.at < knownFor ? deleted.message : undefined;
  }
}
