import type { WebRequest, WebResponse } from '../models/web-types.ts';
import { assertHandler } from './assert-handler.ts';
import type { WebhookHandler } from './handler.ts';

/** The part of a Worker's `ExecutionContext` that is needed. */
interface WorkersContext {
  waitUntil(work: Promise<unknown>): void;
}

/** The `fetch` of a Worker's default export. */
export type WorkersWebhookHandler = (
  request: WebRequest,
  env: unknown,
  context?: WorkersContext,
) => Promise<WebResponse>;

/**
 * Makes the `fetch` of a Cloudflare Worker: `export default { fetch: toWorkersHandler(handle) }`.
 *
 * It responds first and handles then, which `waitUntil` leaves time for; `respond: 'last'` changes that. Runtimes that give no
 * such context, such as `deno serve`, get the response last.
 *
 * @param handle - from `createWebhookHandler`
 */
export function toWorkersHandler(handle: WebhookHandler): WorkersWebhookHandler {
  assertHandler(handle);
  return (request, _env, context) => handle(request, context);
}
