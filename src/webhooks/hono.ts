import type { WebRequest, WebResponse } from '../models/web-types.ts';
import { assertHandler } from './assert-handler.ts';
import type { WebhookContext, WebhookHandler } from './handler.ts';

/** The part of Hono's context that is needed. */
interface HonoContext {
  readonly req: { readonly raw: WebRequest; arrayBuffer(): Promise<ArrayBuffer> };
  /** Throws where the runtime has none. */
  readonly executionCtx: { waitUntil(work: Promise<unknown>): void };
}

/**
 * Makes a route handler for Hono: `app.post('/pluralkit', toHonoHandler(handle))`.
 *
 * Where Hono runs on Cloudflare Workers, it responds first and handles then; see `respond`.
 *
 * @param handle - from `createWebhookHandler`
 */
export function toHonoHandler(handle: WebhookHandler): (context: HonoContext) => Promise<WebResponse> {
  assertHandler(handle);
  return async (context) => {
    const { req } = context;
    const isRead = req.raw.method === 'POST' && req.raw.bodyUsed;
    return handle(isRead ? await copyOf(req) : req.raw, executionContext(context));
  };
}

/** A middleware was first to read the body; Hono has kept it. */
async function copyOf(req: HonoContext['req']): Promise<Request> {
  // Parsed JSON can't always be written again; then the body is no event.
  const body = await req.arrayBuffer().catch(() => new ArrayBuffer());
  return new Request('http://localhost/', { method: 'POST', body });
}

function executionContext(context: HonoContext): WebhookContext | undefined {
  try {
    return context.executionCtx;
  } catch {
    return undefined;
  }
}
