import type { WebhookHandler } from './handler.ts';

/** The part of Hono's context that is needed. */
interface HonoContext {
  readonly req: { readonly raw: Request; arrayBuffer(): Promise<ArrayBuffer> };
}

/**
 * Makes a route handler for Hono: `app.post('/pluralkit', toHonoHandler(handle))`.
 *
 * @param handle - from `createWebhookHandler`
 */
export function toHonoHandler(handle: WebhookHandler): (context: HonoContext) => Promise<Response> {
  return async ({ req }) => {
    if (!req.raw.bodyUsed) return handle(req.raw);
    // A middleware was first to read the body; Hono has kept it.
    const { url, method } = req.raw;
    return handle(new Request(url, { method, body: await req.arrayBuffer() }));
  };
}
