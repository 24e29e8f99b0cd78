import type { webhooks } from '../../generated/v2/schema.ts';

/** Every type of event that the document knows. */
export type WebhookEventType = keyof webhooks;

/** An event as PluralKit sends it, with its signing token. */
export type WebhookPayload<Type extends WebhookEventType = WebhookEventType> = {
  [Known in Type]: webhooks[Known]['post']['requestBody']['content']['application/json'];
}[Type];

/** Handlers get null for what a PING lacks, as for other events without a value. */
type Completed<Payload> = Payload extends { id: unknown } ? Payload : Payload & { id: null; data: null };

/** Distributes over unions, so that an event with two shapes keeps both. */
type WithoutToken<Payload> = Payload extends unknown ? Omit<Completed<Payload>, 'signing_token'> : never;

/**
 * An event as handlers receive it: `type` tells what `id` and `data` are. The token is removed once it has been
 * checked, so that logging an event does not log the secret.
 */
export type WebhookEvent<Type extends WebhookEventType = WebhookEventType> = {
  [Known in Type]: WithoutToken<WebhookPayload<Known>>;
}[Type];

/** An event of any type, including types that are newer than the document. */
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

interface Body {
  readonly type?: unknown;
  readonly system_id?: unknown;
  readonly id?: unknown;
  readonly data?: unknown;
  readonly signing_token?: unknown;
}

/** Who says that they have sent an event. */
export interface Sender {
  readonly token: unknown;
  readonly systemId: string;
}

/**
 * Reads who says that they have sent an event. It keeps nothing else of the body: anyone can send a million bytes, and what is kept
 * while the token is compared, the garbage collector would copy. So it costs little more than `JSON.parse`.
 *
 * @param bytes - JSON in UTF-8
 * @returns null where the bytes are no event
 */
export function readSender(bytes: Uint8Array): Sender | null {
  const payload = readPayload(bytes);
  return payload && { token: payload.token, systemId: payload.event.system_id };
}

/**
 * Reads an event whose token was right.
 *
 * @param bytes - as {@link readSender} has read them
 */
export function readEvent(bytes: Uint8Array): AnyWebhookEvent | null {
  const payload = readPayload(bytes);
  return payload && clean(payload.event);
}

function readPayload(bytes: Uint8Array): AnyWebhookPayload | null {
  const body = parseJson(bytes);
  if (!isObject(body)) return null;
  const { type, system_id, id = null, data = null, signing_token: token = null } = body;
  if (typeof type !== 'string' || typeof system_id !== 'string') return null;
  if (typeof id !== 'string' && id !== null) return null;
  return { event: { type, system_id, id, data }, token };
}

/** Removes keys named `__proto__`, which would become the prototype of objects that the data is copied into. */
function clean(event: AnyWebhookEvent): AnyWebhookEvent {
  // Without recursion, which deep nesting would overflow.
  const left: unknown[] = [event.data];
  while (left.length > 0) {
    const value = left.pop();
    if (!isObject(value)) continue;
    Reflect.deleteProperty(value, '__proto__');
    for (const child of Object.values(value)) if (isObject(child)) left.push(child);
  }
  return event;
}

function parseJson(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch {
    return undefined; // bad UTF-8, no JSON, or nested too deeply for the parser
  }
}

function isObject(value: unknown): value is Body {
  return typeof value === 'object' && value !== null;
}
