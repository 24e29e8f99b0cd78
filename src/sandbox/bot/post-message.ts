import { applyProxyTag } from '../../models/proxy-tag.ts';
import { formatInstant } from '../formats/instant.ts';
import type { MemberRecord, MessageRecord, SystemRecord } from '../store/records.ts';
import { memberOfMessageText } from '../views/member.ts';
import { messageText } from '../views/message.ts';
import { systemText } from '../views/system.ts';
import type { ProxyTag } from '../world/world.ts';
import { appearanceOf, distinctName, systemTag } from './appearance.ts';
import { latch } from './autoproxy.ts';
import type { BotContext } from './context.ts';
import type { Attachment } from './discord-state.ts';
import { longestText, notProxied, type ProxyOutcome } from './message.ts';
import type { NotProxiedReason } from './reasons.ts';
import { newMessageId } from './snowflakes.ts';
import { switchByProxy } from './switches.ts';

/** In UTF-16 code units. */
const longestName = 80;

/** The text, and the member who says it. */
export interface Utterance {
  readonly member: MemberRecord;
  readonly tag: ProxyTag | null;
  readonly text: string;
}

/** Where a message is posted, and what it replaces. */
export interface Place {
  readonly original: string;
  readonly channel: string;
  readonly guild: string;
  readonly sender: string;
  readonly attachments: readonly Attachment[];
}

/** Posts a text as a member, or returns the reason why the bot does not. */
export function post(context: BotContext, system: SystemRecord, said: Utterance, place: Place): ProxyOutcome {
  const { discord, store } = context;
  const { member, tag, text } = said;
  const { name, avatar_url, keepsTags } = appearanceOf(system, member, place.guild);
  const content = keepsTags && tag !== null ? applyProxyTag(text, tag) : text;
  const reason = whyNotProxied(context, system, place, { name, content });
  if (reason !== undefined) return notProxied(reason, system.settings.proxy_error_message_enabled);

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

function whyNotProxied(
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

/** Applies the effects of a proxied message: counts, latch, switches and events. */
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
