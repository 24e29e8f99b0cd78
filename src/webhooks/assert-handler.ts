/**
 * Checks the handler of an adapter, which would otherwise fail only at the first event.
 *
 * @throws TypeError where it is not a function
 */
export function assertHandler(handle: unknown): void {
  if (typeof handle !== 'function') throw new TypeError('The handler must be one of createWebhookHandler');
}
