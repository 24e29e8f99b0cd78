import type { webhooks } from '../../../generated/v2/schema.ts';
import type { SystemRecord } from '../store/records.ts';

/** Every type of event but PING, which is sent while a webhook is registered. */
export type EventType = Exclude<keyof webhooks, 'PING'>;

/** A webhook event, and where it goes. */
export interface Delivery {
  readonly url: string;
  readonly payload: EventPayload;
  /** The outcome of posting it; absent before that, and where events are only recorded. */
  readonly outcome?: DeliveryOutcome;
}

/** Either the status of the receiver's response, or why there is none. */
export type DeliveryOutcome = { readonly status: number } | { readonly error: string };

/** Posts an event. An exception becomes the error of the outcome. */
export type Deliver = (delivery: Delivery) => Promise<DeliveryOutcome>;

export interface EventPayload {
  readonly type: EventType | 'PING';
  readonly signing_token: string;
  /** UUID of the system. */
  readonly system_id: string;
  /** UUID of what changed, or id of an account; null where that is the system or one of its settings. A PING has none. */
  readonly id?: string | null;
  /** What changed; null for deletions. A PING has none. */
  readonly data?: object | null;
}

type MutableDelivery = { -readonly [Key in keyof Delivery]: Delivery[Key] };

/** Keeps the events of systems that have a webhook, in order. They become visible when they are released. */
export class Dispatcher {
  readonly #deliver: Deliver | undefined;
  readonly #limit: number;
  #waiting: Delivery[] = [];
  #deliveries: Delivery[] = [];

  /**
   * @param deliver - posts the events; without it they are only kept
   * @param limit - how many are kept; the oldest go first
   */
  constructor(deliver?: Deliver, limit = 10_000) {
    this.#deliver = deliver;
    this.#limit = limit;
  }

  get deliveries(): readonly Delivery[] {
    return [...this.#deliveries];
  }

  /** Removes released events. */
  clear(): void {
    this.#deliveries = [];
  }

  /** Removes events that are not released, as their changes will not be kept. */
  discard(): void {
    this.#waiting = [];
  }

  /**
   * Sends an event for a change, as soon as that is kept.
   *
   * @param id - UUID of what changed, or the id of an account
   */
  send(system: SystemRecord, type: EventType, id: string | null, data: object | null): void {
    if (system.webhook === null) return;
    const { url, token } = system.webhook;
    // A copy, as the data may hold parts of the world.
    const payload = { type, signing_token: token, system_id: system.uuid, id, data: structuredClone(data) };
    this.#waiting.push({ url, payload });
  }

  /** Releases all events so far, as their changes are kept. */
  release(): void {
    if (this.#waiting.length === 0) return;
    const released = this.#waiting;
    this.#waiting = [];
    for (const delivery of released) this.#letOut(delivery);
  }

  /** Tests an address before it becomes a webhook. */
  async ping(
    deliver: Deliver,
    url: string,
    systemUuid: string,
    signingToken: string,
  ): Promise<DeliveryOutcome> {
    const payload = { type: 'PING', signing_token: signingToken, system_id: systemUuid } as const;
    const delivery: MutableDelivery = { url, payload };
    this.#record(delivery);
    return this.#post(delivery, deliver);
  }

  #letOut(delivery: MutableDelivery): void {
    this.#record(delivery);
    if (this.#deliver) void this.#post(delivery, this.#deliver);
  }

  #record(delivery: Delivery): void {
    this.#deliveries.push(delivery);
    if (this.#deliveries.length > this.#limit) this.#deliveries.shift();
  }

  /** Never rejects: an exception of the caller's function is an outcome, too. It gets a copy, which it may change. */
  async #post(delivery: MutableDelivery, deliver: Deliver): Promise<DeliveryOutcome> {
    const outcome = await outcomeOf(structuredClone(delivery), deliver);
    delivery.outcome = outcome;
    return outcome;
  }
}

async function outcomeOf(delivery: Delivery, deliver: Deliver): Promise<DeliveryOutcome> {
  try {
    return readOutcome(await deliver(delivery));
  } catch (error) {
    return { error: describe(error) };
  }
}

/** Reads what a function of plain JavaScript may have returned instead of an outcome. */
function readOutcome(
  given: { readonly status?: unknown; readonly error?: unknown } | undefined,
): DeliveryOutcome {
  const { status, error } = given ?? {};
  if (typeof status === 'number') return { status };
  return { error: typeof error === 'string' ? error : 'deliver returned no outcome' };
}

/** Some values that can be thrown cannot be turned into a text. */
function describe(error: unknown): string {
  try {
    return String(error instanceof Error ? error.message : error);
  } catch {
    return 'deliver failed';
  }
}
