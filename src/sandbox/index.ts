export type { GuildSettings, SandboxBot } from './bot/bot.ts';
export type { EditedMessage } from './bot/change-message.ts';
export type { ImportOutcome } from './bot/import.ts';
export type { BotMessage, NotProxied, ProxiedMessage, ProxyOutcome } from './bot/message.ts';
export type { NotProxiedReason } from './bot/reasons.ts';
export type { RegisteredWebhook, WebhookRegistration } from './bot/webhook.ts';
export { createSandbox } from './create-sandbox.ts';
export type { Deliver, Delivery, DeliveryOutcome, EventPayload } from './dispatch/dispatch.ts';
export {
  type MessageAuthor,
  type MessageByOptions,
  messageBy,
  type SystemFactory,
  system,
  worldOf,
} from './factories/index.ts';
export { DroppedConnectionError, type Fault, type FaultOptions } from './faults/fault-list.ts';
export type { RateLimitBucketState, RateLimitState } from './gateway/rate-limit-state.ts';
export type { RateLimitMode } from './gateway/rate-limiter.ts';
export type { RequestSource } from './http/target.ts';
export type { JournalEntry } from './journal/journal.ts';
export type { CreatedKey, KeyDescription, NewKey } from './keys/key-desk.ts';
export type { Sandbox, SandboxOptions } from './sandbox.ts';
export type { SandboxSnapshots } from './snapshots/snapshots.ts';
export { type Clock, createClock } from './time/clock.ts';
export { WorldError } from './world/problems.ts';
export type { FullWorld, World } from './world/world.ts';
