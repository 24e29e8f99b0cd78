import type { Deliver, DeliveryOutcome } from '../dispatch/dispatch.ts';
import type { SystemRecord } from '../store/records.ts';
import { nullable, object, type Read, text, WorldError } from '../world/shape.ts';
import { words } from '../world/world.ts';
import { type BotContext, requireSystem } from './context.ts';

const address = text('an http or https URL', (value) => URL.canParse(value) && /^https?:/i.test(value));

export const webhookShape = object({ system: words, url: nullable(address) });
/** What `bot.registerWebhook` takes. */
export interface WebhookRegistration {
  /** Id, UUID or account. */
  readonly system: string;
  /** Null takes the webhook away. */
  readonly url: string | null;
}

/** A webhook that is registered. */
export interface RegisteredWebhook {
  readonly url: string | null;
  /** Events bear it; null where there is no webhook any more. */
  readonly signing_token: string | null;
}

/**
 * Registers a webhook as the bot does: a PING with the right token must get 200, one with a wrong token 401.
 *
 * @param deliver - posts events
 * @param assertCurrent - throws where the world was replaced meanwhile
 * @throws {WorldError} where the system is unknown, the sandbox posts no events, or the receiver responds otherwise
 */
export async function registerWebhook(
  context: BotContext,
  { system: reference, url }: Read<typeof webhookShape>,
  deliver: Deliver | undefined,
  assertCurrent: () => void,
): Promise<RegisteredWebhook> {
  const { store } = context;
  const { uuid } = requireSystem(context, reference);
  const token = `${newToken()}${newToken()}`;
  if (url !== null) {
    if (deliver === undefined) {
      throw new WorldError(
        'url',
        'cannot be tested: the sandbox posts no events (use --deliver, or the option deliver)',
      );
    }
    const ping = (signing_token: string) =>
      context.services.dispatcher.ping(deliver, url, uuid, signing_token);
    requireStatus(await ping(token), 200, 'the right token');
    requireStatus(await ping(newToken()), 401, 'a wrong token');
    assertCurrent();
  }
  const system = requireSystem(context, uuid);
  store.putSystem(withWebhook(system, url, token));
  return { url, signing_token: url === null ? null : token };
}

function withWebhook(system: SystemRecord, url: string | null, token: string): SystemRecord {
  return { ...system, webhook: url === null ? null : { url, token } };
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
