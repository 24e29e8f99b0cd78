import type { Instant } from '../formats/instant.ts';
import type { History } from './history.ts';
import type { MessageRecord } from './records.ts';
import { Table } from './table.ts';

/** How long the API finds a message that was deleted: 15 seconds, in nanoseconds. */
const knownFor = 15_000_000_000n;

interface DeletedMessage {
  readonly message: MessageRecord;
  readonly at: Instant;
}

/** Recently deleted messages, which log bots can still look up. No storage keeps them. */
export class DeletedMessages {
  readonly #byId: Table<DeletedMessage>;

  constructor(history: History) {
    this.#byId = new Table(history);
  }

  add(message: MessageRecord, now: Instant): void {
    for (const { message: known, at } of this.#byId.values) {
      if (now - at >= knownFor) for (const id of idsOf(known)) this.#byId.delete(id);
    }
    for (const id of idsOf(message)) this.#byId.put(id, { message, at: now });
  }

  /** @param id - of the message or its original */
  find(id: string, now: Instant): MessageRecord | undefined {
    const deleted = this.#byId.get(id);
    return deleted !== undefined && now - deleted.at < knownFor ? deleted.message : undefined;
  }
}

function idsOf({ id, original }: MessageRecord): readonly string[] {
  return original === null ? [id] : [id, original];
}
