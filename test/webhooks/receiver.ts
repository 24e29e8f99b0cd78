import { type AnyWebhookEvent, createWebhookHandler } from '../../src/webhooks/index.ts';
import { token } from './requests.ts';

/** A receiver that notes what its handlers are called with. */
export function receiver(options: Partial<Parameters<typeof createWebhookHandler>[0]> = {}) {
  const seen: AnyWebhookEvent[] = [];
  const errors: { error: unknown; event: AnyWebhookEvent | undefined }[] = [];
  const handle = createWebhookHandler({
    token,
    onAny: (event) => seen.push(event),
    onError: (error, event) => errors.push({ error, event }),
    ...options,
  });
  return { handle, seen, errors };
}
