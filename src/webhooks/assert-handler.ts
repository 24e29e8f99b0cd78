/**
 * Checks what plain JavaScript gives an adapter: it would fail only once the first event comes.
 *
 * @throws TypeError where it is not a function
 */
export function assertHandler(handle: unknown): void {
  if (typeof handle !== 'function') throw new TypeError('The handler must be one of createWebhookHandler');
}
