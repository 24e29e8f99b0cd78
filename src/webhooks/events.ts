import type { webhooks } from '../../generated/v2/schema.ts';

/** Every type of event that the document knows. */
export type WebhookEventType = keyof webhooks;

/** An event as PluralKit sends it, with the token that proves it. */
export type WebhookPayload<Type extends WebhookEventType = WebhookEventType> = {
  [Known in Type]: webhooks[Known]['post']['requestBody']['content']['application/json'];
}[Type];

/**
 * An event as handlers get it: `type` tells what `id` and `data` are. The token is left out once it has been checked,
 * so that whoever logs an event does not log the secret with it.
 */
export type WebhookEvent<Type extends WebhookEventType = WebhookEventType> = {
  [Known in Type]: Omit<WebhookPayload<Known>, 'signing_token'>;
}[Type];

/** An event of whatever type, also of one that is newer than the document. */
export interface AnyWebhookEvent {
  /** What happened, such as `UPDATE_MEMBER`. */
  readonly type: string;
  /** The UUID of the system. */
  readonly system_id: string;
  /** What changed: mostly a UUID, for accounts a Discord id, for the whole system null. */
  readonly id: string | null;
  /** The changed keys, or null. */
  readonly data: unknown;
}

interface AnyWebhookPayload {
  readonly event: AnyWebhookEvent;
  readonly token: unknown;
}

/**
 * Reads the body of a webhook request.
 *
 * @param bytes - JSON in UTF-8
 * @returns null where the bytes are no event
 */
export function readEvent(bytes: Uint8Array): AnyWebhookPayload | null {
  const body = parseJson(bytes);
  if (typeof body !== 'object' || body === null || !('type' in body && 'system_id' in body)) return null;
  const {
    type,
    system_id,
    id,
    data,
    signing_token: token,
  } = { id: null, data: null, signing_token: null, ...body };
  if (typeof type !== 'string' || typeof system_id !== 'string') return null;
  if (typeof id !== 'string' && id !== null) return null;
  return { event: { type, system_id, id, data }, token };
}

function parseJson(bytes: Uint8Array): unknown {
  try {
    // A key of this name would become the prototype of objects that data is copied into.
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes), (key, value: unknown) =>
      key === '__proto__' ? undefined : value,
    );
  } catch {
    return undefined; // bad UTF-8, no JSON, or nested too deeply to be walked
  }
}
