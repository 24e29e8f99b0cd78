import { applyProxyTag, matchProxy } from '../../models/proxy-tag.ts';
import { snowflakeToDate } from '../../models/snowflake.ts';
import { formatInstant } from '../formats/instant.ts';
import type { MemberRecord, MessageRecord, SystemRecord } from '../store/records.ts';
import { memberOfMessageText } from '../views/member.ts';
import { messageText } from '../views/message.ts';
import { systemText } from '../views/system.ts';
import {
  flag,
  integer,
  list,
  nullable,
  object,
  oneOf,
  type Read,
  WorldError,
  type Written,
  withDefault,
} from '../world/shape.ts';
import { type ProxyTag, snowflake, words } from '../world/world.ts';
import { appearanceOf, distinctName, systemTag } from './appearance.ts';
import { autoproxied, latch, obeyBackslashes } from './autoproxy.ts';
import { type BotContext, requireMember } from './context.ts';
import type { Attachment } from './discord-state.ts';
import { type NotProxiedReason, reasons, toldReasons } from './reasons.ts';
import { newMessageId } from './snowflakes.ts';
import { switchByProxy } from './switches.ts';

/** In UTF-16 code units. */
const longestText = 2000;
const longestName = 80;
/** How long the original stays, in milliseconds. */
const originalStays = 1000;

/** A message as somebody writes it in a channel of Discord. */
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
export const editShape = object({ content: words });
export const reproxyShape = object({ member: words });

type Message = Read<typeof messageShape>;
/** What `bot.sendMessage` takes. */
export type BotMessage = Written<typeof messageShape>;

/** What the bot posted. */
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

/** What is said as whom. */
interface Utterance {
  readonly member: MemberRecord;
  readonly tag: ProxyTag | null;
  readonly text: string;
}

/** Does what the bot does when somebody writes a message. */
export function sendMessage(context: BotContext, message: Message): ProxyOutcome {
  const system = context.store.systemByAlias(message.account);
  const outcome = system === undefined ? notProxied('no-system') : proxy(context, system, message);
  if (!outcome.proxied) context.discord.setLatest(message.channel, undefined);
  return outcome;
}

function proxy(context: BotContext, system: SystemRecord, message: Message): ProxyOutcome {
  const { account, channel, content, guild } = message;
  const ignored = whyIgnored(context, system, message);
  if (ignored !== undefined || guild === null) return notProxied(ignored ?? 'not-in-guild');
  const obeyed = obeyBackslashes(context, system, guild, content);
  if (obeyed !== undefined) return notProxied(obeyed);
  const said = findUtterance(context, system, { ...message, guild });
  if (typeof said === 'string') return notProxied(said);
  const original = newMessageId(context);
  const place = { original, channel, guild, sender: account, attachments: message.attachments };
  return post(context, system, said, place);
}

function whyIgnored(
  context: BotContext,
  system: SystemRecord,
  message: Message,
): NotProxiedReason | undefined {
  if (message.author !== 'person') return 'not-a-person';
  if (message.guild === null) return 'not-in-guild';
  if (message.channel_type !== 'text') return 'not-a-text-channel';
  if (context.discord.rules(message.guild).blocked_channels.includes(message.channel))
    return 'channel-blocked';
  const here = system.guilds.find(({ guild_id: id }) => id === message.guild);
  if (here?.proxying_enabled === false) return 'proxying-disabled';
  if (message.type !== 'normal') return 'unsupported-type';
  if (message.sticker) return 'sticker';
  if (message.activity) return 'activity';
  const isEmpty = message.content === '' && message.attachments.length === 0 && !message.poll;
  return isEmpty ? 'empty-message' : undefined;
}

function findUtterance(
  context: BotContext,
  system: SystemRecord,
  message: Message & { readonly guild: string },
): Utterance | NotProxiedReason {
  const members = context.store.members.of(system.uuid);
  const match = matchProxy(message.content, members, {
    caseSensitive: system.settings.case_sensitive_proxy_tags,
    allowEmpty: message.attachments.length > 0,
  });
  if (match !== null) return match;
  const member = autoproxied(context, system, message);
  if (typeof member === 'string') return member;
  return { member, tag: member.proxy_tags[0] ?? null, text: message.content };
}

interface Place {
  readonly original: string;
  readonly channel: string;
  readonly guild: string;
  readonly sender: string;
  readonly attachments: readonly Attachment[];
}

function post(context: BotContext, system: SystemRecord, said: Utterance, place: Place): ProxyOutcome {
  const { discord, store } = context;
  const { member, tag, text } = said;
  const { name, avatar_url, keepsTags } = appearanceOf(system, member, place.guild);
  const content = keepsTags && tag !== null ? applyProxyTag(text, tag) : text;
  const refused = whyRefused(context, system, place, { name, content });
  if (refused !== undefined) return notProxied(refused, system.settings.proxy_error_message_enabled);

  const { original, channel, guild, sender } = place;
  const id = newMessageId(context);
  const shownName = distinctName(name, member, discord.latest(channel));
  store.putMessage({ id, original, channel, guild, sender, member: member.uuid });
  discord.setPosted(id, { content, text, tag, attachments: place.attachments });
  discord.setLatest(channel, { name: shownName, member: member.uuid });
  follow(context, system.uuid, member, id, guild);
  return {
    proxied: true,
    ...{ id, original, channel, guild, sender, name: shownName, avatar_url, content },
    tts: member.tts,
    member: member.uuid,
  };
}

function whyRefused(
  { discord }: BotContext,
  system: SystemRecord,
  { guild, attachments }: Place,
  { name, content }: { readonly name: string; readonly content: string },
): NotProxiedReason | undefined {
  const rules = discord.rules(guild);
  if (content.length > longestText) return 'message-too-long';
  if (rules.tag_required && systemTag(system, guild) === '') return 'tag-required';
  if (attachments.some(({ size }) => size > rules.attachment_limit)) return 'attachment-too-large';
  return name.length > longestName ? 'name-too-long' : undefined;
}

/** What follows from a message that was proxied: counts, latch, switches and events. */
function follow(
  context: BotContext,
  systemUuid: string,
  member: MemberRecord,
  id: string,
  guild: string,
): void {
  const { store, services } = context;
  const now = formatInstant(services.clock.now());
  const counted = { ...member, message_count: member.message_count + 1, last_message_timestamp: now };
  store.members.put(counted);
  const system = store.system(systemUuid);
  const message = store.message(id);
  if (system === undefined || message === undefined) return;
  services.dispatcher.send(system, 'CREATE_MESSAGE', null, messageSeenByOwner(message, system, counted));
  latch(context, system, guild, counted);
  switchByProxy(context, system, counted);
}

function messageSeenByOwner(message: MessageRecord, system: SystemRecord, member: MemberRecord): object {
  return JSON.parse(messageText(message, systemText(system, 'owner'), memberOfMessageText(member, 'owner')));
}

/**
 * Deletes a proxied message. Also, within the second that the original stays, takes the id of the original.
 *
 * @returns whether there was such a message
 */
export function deleteMessage({ store, services, discord }: BotContext, id: string): boolean {
  const now = services.clock.now();
  const byOriginal = store.messageByOriginal(id);
  const stays =
    byOriginal && Number(now / 1_000_000n) - snowflakeToDate(byOriginal.id).getTime() < originalStays;
  const message = store.message(id) ?? (stays ? byOriginal : undefined);
  if (message === undefined) return false;
  store.deleteMessage(message, now);
  discord.deletePosted(message.id);
  return true;
}

/** What came of a command that edits a message. */
export interface EditedMessage {
  readonly id: string;
  readonly content: string;
  /** Id of the command, which finds the message for a while. */
  readonly command: string;
}

/**
 * Edits a proxied message.
 *
 * @returns undefined where there is no such message
 * @throws {WorldError} where the text is empty or too long
 */
export function editMessage(
  context: BotContext,
  id: string,
  { content }: Read<typeof editShape>,
): EditedMessage | undefined {
  const { store, discord } = context;
  const message = store.message(id);
  if (message === undefined) return undefined;
  const posted = discord.posted(id);
  if (content === '' && !posted?.attachments.length) throw new WorldError('content', 'must not be empty');
  if (content.length > longestText)
    throw new WorldError('content', `must have at most ${longestText} characters`);
  const command = newMessageId(context);
  discord.setPosted(id, { tag: null, attachments: [], ...posted, content, text: content });
  store.putCommand(command, id);
  return { id, content, command };
}

/**
 * Posts the text of a proxied message as another member of its system, and deletes the message.
 *
 * @returns undefined where there is no such message
 * @throws {WorldError} where the member is not one of the system, or the text is not known
 */
export function reproxyMessage(
  context: BotContext,
  id: string,
  { member: reference }: Read<typeof reproxyShape>,
): ProxyOutcome | undefined {
  const { store, discord } = context;
  const message = store.message(id);
  if (message === undefined) return undefined;
  const system = systemOfMessage(context, message);
  const posted = discord.posted(id);
  if (system === undefined || posted === undefined || message.guild === null) {
    throw new WorldError('id', 'is a message whose author or text the sandbox does not know');
  }
  const member = requireMember(context, system, reference);
  const said = { member, tag: member.proxy_tags[0] ?? null, text: posted.text };
  const { channel, guild, sender } = message;
  const original = message.original ?? newMessageId(context);
  const outcome = post(context, system, said, {
    original,
    channel,
    guild,
    sender,
    attachments: posted.attachments,
  });
  if (outcome.proxied) deleteMessage(context, id);
  return outcome;
}

function systemOfMessage({ store }: BotContext, { member, sender }: MessageRecord): SystemRecord | undefined {
  const system = store.members.get(member ?? '')?.system;
  return system === undefined ? store.systemByAlias(sender) : store.system(system);
}

function notProxied(reason: NotProxiedReason, tells = true): NotProxied {
  return { proxied: false, reason, message: reasons[reason], told: tells && toldReasons.has(reason) };
}
