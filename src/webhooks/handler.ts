import { readBody } from './body.ts';
import { type AnyWebhookEvent, readEvent, type WebhookEvent, type WebhookEventType } from './events.ts';
import { assertTokens, isExpectedToken, type WebhookTokens } from './token.ts';

/** A handler for each type of event that is of interest. */
export type WebhookHandlers = {
  readonly [Type in WebhookEventType]?: (event: WebhookEvent<Type>) => unknown;
};

export interface WebhookHandlerOptions {
  /**
   * The signing token that the bot showed when the webhook was registered: one; several, while it is being changed; or
   * a function from a system's UUID to its token, for many systems on one endpoint, which gives null for strangers.
   */
  readonly token: WebhookTokens;
  /** What to do for each type of event. PING is answered without a handler. */
  readonly on?: WebhookHandlers;
  /** What to do for every event, after the handler of its type, and for types that are newer than this version. */
  readonly onAny?: (event: AnyWebhookEvent) => unknown;
  /**
   * Told what a handler, or the function that finds tokens, has thrown; the event is there once its token was right.
   *
   * @default writes the error to the console
   */
  readonly onError?: (error: unknown, event?: AnyWebhookEvent) => unknown;
}

/** Answers one request of PluralKit's, in any runtime with web-standard requests. */
export type WebhookHandler = (request: Request) => Promise<Response>;

/**
 * Makes a receiver of PluralKit's webhook events.
 *
 * It answers 200 once all handlers are done; 401 where the token is wrong, before any handler is called; 500 where a
 * handler throws; 405 to other methods than POST; 413 to more than a million bytes; 400 to what is no event.
 *
 * @example
 * ```ts
 * const handle = createWebhookHandler({
 *   token: signingToken,
 *   on: { UPDATE_MEMBER: ({ id, data }) => cache.update(id, data) },
 * });
 * ```
 * @throws TypeError where the token is missing or empty
 */
export function createWebhookHandler(options: WebhookHandlerOptions): WebhookHandler {
  const { token, on = {}, onAny, onError = logError } = options;
  assertTokens(token);

  async function report(error: unknown, event?: AnyWebhookEvent): Promise<Response> {
    try {
      await onError(error, event);
    } catch (second) {
      logError(second);
    }
    return answer(500, 'The event could not be handled');
  }

  async function handle(event: AnyWebhookEvent): Promise<Response> {
    try {
      if (isHandled(on, event)) await callHandler(on, event.type, event);
      await onAny?.(event);
      return answer(200, 'OK');
    } catch (error) {
      return report(error, event);
    }
  }

  return async (request) => {
    if (request.method !== 'POST') return answer(405, 'Only POST is taken', { Allow: 'POST' });
    if (request.bodyUsed)
      return report(new TypeError('The body was read before the webhook handler got the request'));
    const body = await readBody(request.body).catch(() => new Uint8Array());
    if (!body) return answer(413, 'The body is too large');
    const read = readEvent(body);
    if (!read) return answer(400, 'The body is no event');
    try {
      const genuine = await isExpectedToken(read.token, token, read.event.system_id);
      if (!genuine) return answer(401, 'The token is wrong');
    } catch (error) {
      return report(error);
    }
    return handle(read.event);
  };
}

/** The token has shown that the event is PluralKit's, whose events of known types are as the document tells. */
function isHandled(on: WebhookHandlers, event: AnyWebhookEvent): event is WebhookEvent {
  return Object.hasOwn(on, event.type);
}

function callHandler<Type extends WebhookEventType>(
  on: WebhookHandlers,
  type: Type,
  event: WebhookEvent<Type>,
): unknown {
  return on[type]?.(event);
}

function answer(status: number, text: string, headers: Record<string, string> = {}): Response {
  return new Response(text, { status, headers: { 'Content-Type': 'text/plain; charset=utf-8', ...headers } });
}

function logError(error: unknown): void {
  console.error('PluralKit webhook:', error);
}
