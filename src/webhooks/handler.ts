import { eventTypes } from '../../generated/v2/events.ts';
import { checkOptions, is, isOneOf, type OptionChecks } from '../models/check-options.ts';
import { isObject } from '../models/is-object.ts';
import { didYouMean } from '../models/nearest.ts';
import type { WebRequest, WebResponse } from '../models/web-types.ts';
import { readBody } from './body.ts';
import {
  type AnyWebhookEvent,
  readEvent,
  readSender,
  type WebhookEvent,
  type WebhookEventType,
} from './events.ts';
import { errorResponse, logError, respond } from './response.ts';
import { isExpectedToken, tokenCheck, type WebhookTokens } from './token.ts';

/** A handler for each type of event that is of interest. */
export type WebhookHandlers = {
  readonly [Type in WebhookEventType]?: (event: WebhookEvent<Type>) => unknown;
};

export interface WebhookHandlerOptions {
  /**
   * The signing token that the bot showed when the webhook was registered: one; several, while it is being changed; or
   * a function from a system's UUID to its token, for many systems on one endpoint, which gives null for unknown systems.
   */
  readonly token: WebhookTokens;
  /** A handler for each type of event. PING needs none. */
  readonly on?: WebhookHandlers;
  /** Called for every event, after the handler of its type, also for types that are newer than this version. */
  readonly onAny?: (event: AnyWebhookEvent) => unknown;
  /**
   * Called with errors that a handler, or the function that finds tokens, has thrown; with the event once its token was right.
   *
   * @default writes the error to the console
   */
  readonly onError?: (error: unknown, event?: AnyWebhookEvent) => unknown;
  /**
   * When to respond to an event whose token is right: `last`, once its handlers are done (500 where one throws); or
   * `first`, with 200, while they run. PluralKit waits ten seconds, ignores the response to every event other than
   * PING, and sends nothing twice, so `first` suits slow handlers.
   *
   * @default 'first' where the runtime gives `waitUntil`, as Cloudflare Workers do, else 'last'
   */
  readonly respond?: 'first' | 'last';
}

const checks: OptionChecks<WebhookHandlerOptions> = {
  token: tokenCheck,
  on: { expected: 'an object of handlers by type of event', fits: isObject },
  onAny: is.function,
  onError: is.function,
  respond: isOneOf('first', 'last'),
};

/** The runtime's context of one request. */
export interface WebhookContext {
  /** Keeps the process alive until the promise settles, as `ctx.waitUntil` of Cloudflare Workers does. */
  readonly waitUntil?: (work: Promise<unknown>) => void;
  /** Overrides the option of the same name, for runtimes that leave no choice. */
  readonly respond?: 'first' | 'last';
}

/**
 * Responds to one request of PluralKit's, in any runtime with web-standard requests. It never rejects.
 *
 * The context may be any object, since many runtimes call handlers with a second argument of their own.
 */
export type WebhookHandler = (request: WebRequest, context?: WebhookContext | object) => Promise<WebResponse>;

/** Tells whether an event is PluralKit's. */
type TokenCheck = (token: unknown, systemId: string) => boolean | Promise<boolean>;

/** PluralKit waits ten seconds for the response to a PING, and some runtimes end a call after three. */
const pingMilliseconds = 2_000;

/**
 * Makes a receiver of PluralKit's webhook events.
 *
 * It responds with 200 once all handlers are done, or first (see `respond`); 401 where the token is wrong, before any
 * handler is called; 500 where a handler throws; 405 to other methods than POST; 413 to more than a million bytes; 400
 * to what is no event. A PING with the right token always gets 200, after two seconds at the latest: PluralKit drops an
 * endpoint that responds with anything else.
 *
 * @example
 * ```ts
 * const handle = createWebhookHandler({
 *   token: signingToken,
 *   on: { UPDATE_MEMBER: ({ id, data }) => cache.update(id, data) },
 * });
 * ```
 * @throws TypeError naming the options or the type of event that are wrong, such as a token that is missing, empty, or longer
 * than 1,000 characters
 */
export function createWebhookHandler(options: WebhookHandlerOptions): WebhookHandler {
  checkOptions(options, checks);
  const { token, ...rest } = options;
  checkHandlers(rest.on ?? {});
  return createCheckedHandler((given, systemId) => isExpectedToken(given, token, systemId), rest);
}

/** Checks the types of events, as a handler of a mistyped one would never be called. */
function checkHandlers(handlers: WebhookHandlers): void {
  for (const [type, handler] of Object.entries(handlers)) {
    if (!eventTypes.includes(type)) {
      const known = didYouMean(type, eventTypes);
      throw new TypeError(`There is no event “${type}” (onAny gets newer ones)${known}`);
    }
    if (handler !== undefined && typeof handler !== 'function')
      throw new TypeError(`on.${type} must be a function`);
  }
}

/** As `createWebhookHandler`, with a check of the token instead of the token. */
export function createCheckedHandler(
  isGenuine: TokenCheck,
  options: Omit<WebhookHandlerOptions, 'token'>,
): WebhookHandler {
  const { on = {}, onAny, onError = logError } = options;

  async function report(error: unknown, event?: AnyWebhookEvent): Promise<Response> {
    try {
      await onError(error, event);
    } catch (second) {
      logError(second);
    }
    return errorResponse(500);
  }

  /** Calls the handlers; never rejects. */
  async function handle(event: AnyWebhookEvent): Promise<Response> {
    try {
      if (isHandled(on, event)) await callHandler(on, event.type, event);
      await onAny?.(event);
      return respond(200, 'OK');
    } catch (error) {
      return report(error, event);
    }
  }

  return async (request, context) => {
    if (request.method !== 'POST') return errorResponse(405);
    if (request.bodyUsed)
      return report(new TypeError('The body was read before the webhook handler got the request'));
    const body = await readBody(request.body).catch(() => new Uint8Array());
    if (!body) return errorResponse(413);
    const sender = readSender(body);
    if (!sender) return errorResponse(400);
    try {
      if (!(await isGenuine(sender.token, sender.systemId))) return errorResponse(401);
    } catch (error) {
      return report(error);
    }
    const event = readEvent(body);
    if (!event) return errorResponse(400);
    const { waitUntil, respond: wanted = options.respond } = readContext(context);
    if (event.type === 'PING') return withinTime(handle(event));
    if ((wanted ?? (waitUntil ? 'first' : 'last')) === 'last') return handle(event);
    // In a later turn of the event loop, so that the response is sent first even where a handler computes for long.
    const work = new Promise((resolve) => setTimeout(resolve)).then(() => handle(event));
    try {
      waitUntil?.(work);
    } catch (error) {
      // The runtime's, such as that its request has ended; the work goes on all the same.
      logError(error);
    }
    return respond(200, 'OK');
  };
}

/** Responds with 200 whatever handlers do, after a limited time. */
async function withinTime(handled: Promise<Response>): Promise<Response> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const timeOut = new Promise((resolve) => {
    timer = setTimeout(resolve, pingMilliseconds);
  });
  await Promise.race([handled, timeOut]);
  clearTimeout(timer);
  return respond(200, 'OK');
}

function readContext(context: object | undefined): WebhookContext {
  if (!context) return {};
  try {
    const { waitUntil, respond: wanted }: { waitUntil?: unknown; respond?: unknown } = context;
    return {
      ...(typeof waitUntil === 'function' && {
        waitUntil: (work) => void Reflect.apply(waitUntil, context, [work]),
      }),
      ...((wanted === 'first' || wanted === 'last') && { respond: wanted }),
    };
  } catch {
    return {}; // an object of another kind, whose properties may throw
  }
}

/** A right token means that PluralKit sent the event, and events of known types are as documented. */
function isHandled(on: WebhookHandlers, event: AnyWebhookEvent): event is WebhookEvent & AnyWebhookEvent {
  return Object.hasOwn(on, event.type);
}

function callHandler<Type extends WebhookEventType>(
  on: WebhookHandlers,
  type: Type,
  event: WebhookEvent<Type>,
): unknown {
  return on[type]?.(event);
}
