/** What is read of a webhook event: those that `pluralkit-openapi/webhooks` gives fit. */
export interface FrontEvent {
  readonly type: string;
  /** The UUID of the system. */
  readonly system_id: string;
}

/** Event types after which others may front than before. */
const types: ReadonlySet<string> = new Set([
  'CREATE_SWITCH',
  'UPDATE_SWITCH',
  'DELETE_SWITCH',
  'DELETE_ALL_SWITCHES',
]);

/**
 * Passes webhook events on to those who watch fronters, so that they need not ask time and again.
 *
 * @example
 * const events = new FrontEvents();
 * const handler = createWebhookHandler({ token, onAny: (event) => events.push(event) });
 * for await (const front of watchFronters(pk, '@me', { events })) …
 */
export class FrontEvents {
  readonly #listeners = new Set<(system: string) => void>();

  /** Takes an event; those that have nothing to do with switches are ignored. */
  push({ type, system_id: system }: FrontEvent): void {
    if (types.has(type)) for (const listener of this.#listeners) listener(system);
  }

  /**
   * Calls a function with the UUID of each system that may have switched.
   *
   * @returns what ends that
   */
  listen(listener: (system: string) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }
}
