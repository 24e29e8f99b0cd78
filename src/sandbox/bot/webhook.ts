import type { Deliver, DeliveryOutcome } from '../dispatch/dispatch.ts';
import { WorldError } from '../world/problems.ts';
import { nullable, object } from '../world/shape.ts';
import { webAddress, words } from '../world/world.ts';
import { type BotContext, requireSystem } from './context.ts';

export const webhookShape = object({ system: words, url: nullable(webAddress) });
/** The argument of `bot.registerWebhook`. */
export interface WebhookRegistration {
  /** Id, UUID or account. */
  readonly system: string;
  /** Null removes the webhook. */
  readonly url: string | null;
}

/** A webhook that is registered. */
export interface RegisteredWebhook {
  readonly url: string | null;
  /** The signing token of events; null where the webhook was removed. */
  readonly signing_token: string | null;
}

/** A webhook that is to be registered. */
export interface NewWebhook {
  /** UUID of the system. */
  readonly system: string;
  readonly url: string | null;
  readonly token: string;
}

/**
 * Tests the receiver as the bot does: a PING with the right token must get 200, one with a wrong token 401.
 *
 * @param deliver - posts events
 * @throws {WorldError} where the sandbox posts no events, or the receiver responds otherwise
 */
export async function testWebhook(
  { services }: BotContext,
  { system, url, token }: NewWebhook,
  deliver: Deliver | undefined,
): Promise<void> {
  if (url === null) return;
  if (deliver === undefined) {
    throw new WorldError(
      'url',
      'cannot be tested: the sandbox posts no events (use --deliver, or the option deliver)',
    );
  }
  const ping = (signing_token: string) => services.dispatcher.ping(deliver, url, system, signing_token);
  requireStatus(await ping(token), 200, 'the right token');
  requireStatus(await ping(newToken()), 401, 'a wrong token');
}

/** Registers a webhook whose receiver was tested. @throws {WorldError} where the system is unknown */
export function setWebhook(context: BotContext, { system, url, token }: NewWebhook): RegisteredWebhook {
  const record = requireSystem(context, system);
  context.store.putSystem({ ...record, webhook: url === null ? null : { url, token } });
  return { url, signing_token: url === null ? null : token };
}

function requireStatus(outcome: DeliveryOutcome, expected: number, which: string): void {
  const got = 'status' in outcome ? `responded ${outcome.status}` : `did not respond: ${outcome.error}`;
  if ('status' in outcome && outcome.status === expected) return;
  throw new WorldError('url', `must respond ${expected} to a PING with ${which}, but ${got}`);
}

/** 32 hexadecimal digits. */
export function newToken(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}
