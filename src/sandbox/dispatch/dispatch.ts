import type { SystemRecord } from '../store/records.ts';

export type EventType =
  | 'UPDATE_SYSTEM'
  | 'UPDATE_SETTINGS'
  | 'CREATE_MEMBER'
  | 'UPDATE_MEMBER'
  | 'DELETE_MEMBER'
  | 'CREATE_GROUP'
  | 'UPDATE_GROUP'
  | 'DELETE_GROUP'
  | 'UPDATE_SYSTEM_GUILD'
  | 'UPDATE_MEMBER_GUILD'
  | 'CREATE_SWITCH'
  | 'UPDATE_SWITCH'
  | 'DELETE_SWITCH'
  | 'UPDATE_AUTOPROXY';

/** A webhook event, and where it goes. */
export interface Delivery {
  readonly url: string;
  readonly payload: EventPayload;
  /** What came of posting it; absent before that, and where events are only recorded. */
  readonly outcome?: DeliveryOutcome;
}

/** Either the status of the receiver's answer, or why there is none. */
export type DeliveryOutcome = { readonly status: number } | { readonly error: string };

/** Posts an event. What it throws becomes the error of the outcome. */
export type Deliver = (delivery: Delivery) => Promise<DeliveryOutcome>;

export interface EventPayload {
  readonly type: EventType;
  readonly signing_token: string;
  /** UUID of the system. */
  readonly system_id: string;
  /** UUID of what changed; null where that is the system or one of its settings. */
  readonly id: string | null;
  /** What changed; null for deletions. */
  readonly data: object | null;
}

/** Keeps the events of systems that have a webhook, in order. None is seen before it is released. */
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

  /** Forgets those that were released. */
  clear(): void {
    this.#deliveries = [];
  }

  /** Forgets those that were not released: what they tell of will not be kept. */
  discard(): void {
    this.#waiting = [];
  }

  /**
   * Tells of a change, as soon as that is kept.
   *
   * @param id - UUID of what changed
   */
  send(system: SystemRecord, type: EventType, id: string | null, data: object | null): void {
    if (system.webhook === null) return;
    const { url, token } = system.webhook;
    const payload = { type, signing_token: token, system_id: system.uuid, id, data };
    this.#waiting.push({ url, payload });
  }

  /** Lets out what was sent so far: all that it tells of is kept. */
  release(): void {
    if (this.#waiting.length === 0) return;
    const released = this.#waiting;
    this.#waiting = [];
    for (const delivery of released) this.#letOut(delivery);
  }

  #letOut(released: Delivery): void {
    const delivery: { -readonly [Key in keyof Delivery]: Delivery[Key] } = released;
    this.#deliveries.push(delivery);
    if (this.#deliveries.length > this.#limit) this.#deliveries.shift();
    if (this.#deliver) void this.#post(delivery, this.#deliver);
  }

  /** Never rejects: a function of the caller's that fails is an outcome like any other. */
  async #post(
    delivery: { -readonly [Key in keyof Delivery]: Delivery[Key] },
    deliver: Deliver,
  ): Promise<void> {
    try {
      delivery.outcome = await deliver(delivery);
    } catch (error) {
      delivery.outcome = { error: error instanceof Error ? error.message : String(error) };
    }
  }
}
