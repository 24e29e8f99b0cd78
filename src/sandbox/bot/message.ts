import {
  flag,
  integer,
  list,
  nullable,
  object,
  oneOf,
  type Read,
  type Written,
  withDefault,
} from '../world/shape.ts';
import { snowflake, words } from '../world/world.ts';
import { type NotProxiedReason, reasons, toldReasons } from './reasons.ts';

/** The longest text of a message, in UTF-16 code units. */
export const longestText = 2000;

/** A message as it is written in a channel of Discord. */
export const messageShape = object({
  /** Discord id of the author. */
  account: snowflake,
  /** Null for a direct message. */
  guild: nullable(snowflake),
  channel: snowflake,
  content: withDefault(words, ''),
  attachments: list(object({ filename: words, size: integer(0) })),
  /** Id of the message that this one replies to. */
  reply: nullable(snowflake),
  author: withDefault(oneOf('person', 'bot', 'webhook'), 'person'),
  channel_type: withDefault(oneOf('text', 'other'), 'text'),
  type: withDefault(oneOf('normal', 'other'), 'normal'),
  poll: withDefault(flag, false),
  sticker: withDefault(flag, false),
  activity: withDefault(flag, false),
});

export type Message = Read<typeof messageShape>;
/** The argument of `bot.sendMessage`. */
export type BotMessage = Written<typeof messageShape>;

/** A message that the bot posted. */
export interface ProxiedMessage {
  readonly proxied: true;
  readonly id: string;
  readonly original: string;
  readonly channel: string;
  readonly guild: string | null;
  /** Discord id of the account that wrote it. */
  readonly sender: string;
  /** The name above the message. */
  readonly name: string;
  readonly avatar_url: string | null;
  readonly content: string;
  readonly tts: boolean;
  /** UUID. */
  readonly member: string;
}

export interface NotProxied {
  readonly proxied: false;
  readonly reason: NotProxiedReason;
  /** The reason as a sentence. */
  readonly message: string;
  /** Whether the bot tells the user. */
  readonly told: boolean;
}

export type ProxyOutcome = ProxiedMessage | NotProxied;

export function notProxied(reason: NotProxiedReason, tells = true): NotProxied {
  return { proxied: false, reason, message: reasons[reason], told: tells && toldReasons.has(reason) };
}
