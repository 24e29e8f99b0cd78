/** The part of a webhook event that is read, such as of `pluralkit-openapi/webhooks`. */
export interface FrontEvent {
  readonly type: string;
  /** The UUID of the system. */
  readonly system_id: string;
}

/** Event types that may change who fronts. */
const types: ReadonlySet<string> = new Set([
  'CREATE_SWITCH',
  'UPDATE_SWITCH',
  'DELETE_SWITCH',
  'DELETE_ALL_SWITCHES',
]);

/**
 * Forwards webhook events to `watchFronters`, which then needs to poll only rarely.
 *
 * @example
 * const events = new FrontEvents();
 * const handler = createWebhookHandler({ token, onAny: (event) => events.push(event) });
 * for await (const front of pk.switches.watchFronters('@me', { events })) …
 */
export class FrontEvents {
  readonly #listeners = new Set<(system: string) => void>();

  /**
   * Takes an event; those that are not about switches are ignored.
   *
   * @throws TypeError where it is no event
   */
  push(event: FrontEvent): void {
    const { type, system_id: system } = event ?? {};
    if (typeof type !== 'string') throw new TypeError('push takes an event of a webhook');
    if (types.has(type)) for (const listener of this.#listeners) listener(system);
  }

  /**
   * Calls a function with the UUID of each system that may have switched.
   *
   * @returns a function that ends this
   */
  listen(listener: (system: string) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }
}
