import { snowflakeToDate } from '../../models/snowflake.ts';
import type { MessageRecord, SystemRecord } from '../store/records.ts';
import { WorldError } from '../world/problems.ts';
import { object, type Read } from '../world/shape.ts';
import { words } from '../world/world.ts';
import { type BotContext, requireMember } from './context.ts';
import { longestText, type ProxyOutcome } from './message.ts';
import { post } from './post-message.ts';
import { newMessageId } from './snowflakes.ts';

/** How long the original stays, in milliseconds. */
const originalStays = 1000;

export const editShape = object({ content: words });
export const reproxyShape = object({ member: words });

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

/** The result of a command that edits a message. */
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
