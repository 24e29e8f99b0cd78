import type { SystemRecord } from './store/records.ts';

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
}

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

/** Keeps the events of systems that have a webhook, in order. */
export class Dispatcher {
  readonly #limit: number;
  #deliveries: Delivery[] = [];

  /** @param limit - how many are kept; the oldest go first */
  constructor(limit = 10_000) {
    this.#limit = limit;
  }

  get deliveries(): readonly Delivery[] {
    return this.#deliveries;
  }

  clear(): void {
    this.#deliveries = [];
  }

  /** @param id - UUID of what changed */
  send(system: SystemRecord, type: EventType, id: string | null, data: object | null): void {
    if (system.webhook === null) return;
    const { url, token } = system.webhook;
    const payload = { type, signing_token: token, system_id: system.uuid, id, data };
    this.#deliveries.push({ url, payload });
    if (this.#deliveries.length > this.#limit) this.#deliveries.shift();
  }
}
