export type { AnyWebhookEvent, WebhookEvent, WebhookEventType, WebhookPayload } from './events.ts';
export {
  createWebhookHandler,
  type WebhookContext,
  type WebhookHandler,
  type WebhookHandlerOptions,
  type WebhookHandlers,
} from './handler.ts';
export { toHonoHandler } from './hono.ts';
export { type LambdaEvent, type LambdaResult, type LambdaWebhookHandler, toLambdaHandler } from './lambda.ts';
export { type NodeWebhookHandler, toNodeHandler } from './node.ts';
export { createTestEvent } from './test-event.ts';
export type { WebhookTokens } from './token.ts';
export { toWorkersHandler, type WorkersWebhookHandler } from './workers.ts';
