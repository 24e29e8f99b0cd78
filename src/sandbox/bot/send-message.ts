import { matchProxy } from '../../models/proxy-tag.ts';
import type { SystemRecord } from '../store/records.ts';
import { autoproxied, obeyBackslashes } from './autoproxy.ts';
import type { BotContext } from './context.ts';
import { type Message, notProxied, type ProxyOutcome } from './message.ts';
import { post, type Utterance } from './post-message.ts';
import type { NotProxiedReason } from './reasons.ts';
import { newMessageId } from './snowflakes.ts';

/** Handles a new message as the bot does. */
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
