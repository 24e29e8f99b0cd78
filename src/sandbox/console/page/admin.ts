import type { GuildSettings } from '../../bot/bot.ts';
import type { BotMessage, ProxyOutcome } from '../../bot/message.ts';
import type { RegisteredWebhook, WebhookRegistration } from '../../bot/webhook.ts';
import type { Delivery } from '../../dispatch/dispatch.ts';
import type { Fault, FaultOptions } from '../../faults/fault-list.ts';
import type { RateLimitState } from '../../gateway/rate-limit-state.ts';
import type { JournalEntry } from '../../journal/journal.ts';
import type { CreatedKey, KeyDescription, NewKey } from '../../keys/key-desk.ts';
import type { FullWorld } from '../../world/world.ts';

export interface ClockState {
  /** With up to nanoseconds. */
  readonly now: string;
  readonly frozen: boolean;
}

export interface ClockChange {
  readonly set?: string;
  /** Milliseconds. */
  readonly advance?: number;
  readonly freeze?: boolean;
  readonly reset?: boolean;
}

/** Thrown for error responses of `/_sandbox`; the message is the sandbox's. */
export class AdminError extends Error {
  override readonly name = 'AdminError';
}

/** Thrown where the sandbox does not respond at all. */
export class UnreachableError extends Error {
  override readonly name = 'UnreachableError';
}

/** The sandbox's own routes. All throw {@link AdminError} and {@link UnreachableError}. */
export const admin = {
  world: (): Promise<FullWorld> => read('world'),
  load: (world: string) => call('PUT', 'world', world),
  reset: () => call('POST', 'reset'),
  /** @param after - only those that came after the one of this number */
  requests: (after: number): Promise<readonly JournalEntry[]> => read(`requests?after=${after}`),
  clearRequests: () => call('DELETE', 'requests'),
  deliveries: (): Promise<readonly Delivery[]> => read('deliveries'),
  clearDeliveries: () => call('DELETE', 'deliveries'),
  clock: (): Promise<ClockState> => read('clock'),
  changeClock: (change: ClockChange) => call('POST', 'clock', JSON.stringify(change)),
  faults: (): Promise<readonly Fault[]> => read('faults'),
  addFault: (fault: FaultOptions) => call('POST', 'faults', JSON.stringify(fault)),
  clearFaults: () => call('DELETE', 'faults'),
  keys: (): Promise<readonly KeyDescription[]> => read('keys'),
  createKey: (key: NewKey): Promise<CreatedKey> => send('keys', key),
  revokeKey: (id: string) => call('DELETE', `keys/${encodeURIComponent(id)}`),
  rateLimits: (): Promise<RateLimitState> => read('rate-limits'),
  sendMessage: (message: BotMessage): Promise<ProxyOutcome> => send('bot/messages', message),
  editMessage: (id: string, content: string) =>
    call('POST', `bot/messages/${encodeURIComponent(id)}/edit`, JSON.stringify({ content })),
  reproxyMessage: (id: string, member: string): Promise<ProxyOutcome> =>
    send(`bot/messages/${encodeURIComponent(id)}/reproxy`, { member }),
  deleteMessage: (id: string) => call('DELETE', `bot/messages/${encodeURIComponent(id)}`),
  configureGuild: (id: string, settings: GuildSettings) =>
    call('PUT', `bot/guilds/${encodeURIComponent(id)}`, JSON.stringify(settings)),
  linkAccount: (link: { readonly account: string; readonly system: string }) =>
    call('POST', 'bot/accounts', JSON.stringify(link)),
  updateAccount: (account: string, settings: { readonly allow_autoproxy: boolean }) =>
    call('PATCH', `bot/accounts/${encodeURIComponent(account)}`, JSON.stringify(settings)),
  unlinkAccount: (account: string) => call('DELETE', `bot/accounts/${encodeURIComponent(account)}`),
  deleteSwitches: (system: string) => call('DELETE', `bot/switches/${encodeURIComponent(system)}`),
  refreshToken: (system: string): Promise<{ readonly token: string }> => send('bot/token', { system }),
  registerWebhook: (registration: WebhookRegistration): Promise<RegisteredWebhook> =>
    send('bot/webhook', registration),
  /** @returns JSON that tells what was imported */
  importFile: async (account: string, file: string): Promise<string> =>
    (await call('POST', 'bot/import', JSON.stringify({ account, file }))).text(),
  snapshots: (): Promise<readonly string[]> => read('snapshots'),
  saveSnapshot: (name: string) => call('POST', 'snapshots', JSON.stringify({ save: name })),
  restoreSnapshot: (name: string) => call('POST', 'snapshots', JSON.stringify({ restore: name })),
  deleteSnapshot: (name: string) => call('DELETE', `snapshots/${encodeURIComponent(name)}`),
  exhaust: (scope: string) => call('POST', 'rate-limits', JSON.stringify({ exhaust: scope })),
};

/** Addresses of files to save. */
export const downloads = {
  world: '/_sandbox/world',
  har: '/_sandbox/requests?format=har',
  system: (id: string) => `/_sandbox/bot/export/${encodeURIComponent(id)}`,
};

async function read<Content>(path: string): Promise<Content> {
  return (await call('GET', path)).json();
}

async function send<Content>(path: string, body: object): Promise<Content> {
  return (await call('POST', path, JSON.stringify(body))).json();
}

async function call(method: string, path: string, body?: string): Promise<Response> {
  const response = await fetch(`/_sandbox/${path}`, {
    method,
    cache: 'no-store',
    ...(body !== undefined && { body, headers: { 'Content-Type': 'application/json' } }),
  }).catch(() => {
    throw new UnreachableError('The sandbox does not respond. Is it still running?');
  });
  if (!response.ok) throw new AdminError(await messageOf(response));
  return response;
}

async function messageOf(response: Response): Promise<string> {
  const text = await response.text();
  try {
    const { message } = JSON.parse(text);
    if (typeof message === 'string') return message;
  } catch {
    // Error responses of the listener are plain text.
  }
  return text || `The sandbox responded with ${response.status}.`;
}
