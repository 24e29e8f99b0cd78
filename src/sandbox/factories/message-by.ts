import { applyProxyTag } from '../../models/proxy-tag.ts';
import type { BotMessage } from '../bot/message.ts';
import { namesNo } from '../world/names-no.ts';
import { WorldError } from '../world/problems.ts';
import { madeUpChannel, type ProxyTag } from '../world/world.ts';

/** The part of a system that is needed to write a message, such as one of `world()` or `sandbox.world()`. */
export interface MessageAuthor {
  /** Discord ids. */
  readonly accounts?: readonly string[] | undefined;
  readonly members?:
    | readonly {
        readonly id?: string;
        readonly uuid?: string;
        readonly name: string;
        readonly proxy_tags?: readonly Partial<ProxyTag>[] | undefined;
      }[]
    | undefined;
}

/** Given fields of a message, and the member as whom it is proxied. */
export interface MessageByOptions extends Partial<BotMessage> {
  /** The member as whom the bot proxies it: its id, UUID or name. Its first proxy tag is put around `content`. */
  readonly as?: string;
}

/**
 * A message of a system, for `sandbox.bot.sendMessage`. It is written by the system's first account, in a text channel of a guild.
 *
 * @example
 * ```ts
 * const [system] = sandbox.world().systems;
 * const message = sandbox.bot.sendMessage(messageBy(system, { as: 'Marina', content: 'Hello!' }));
 * ```
 * @throws {WorldError} where the system has no account, or `as` names no member that has proxy tags
 */
export function messageBy(author: MessageAuthor, { as, ...fields }: MessageByOptions = {}): BotMessage {
  if (typeof author !== 'object' || author === null)
    throw new TypeError('The author must be a system, such as one of sandbox.world()');
  const account = fields.account ?? author.accounts?.[0];
  if (account === undefined) throw new WorldError('accounts', 'are empty: nobody can write a message');
  const content = fields.content ?? 'Hello!';
  return {
    guild: '900000000000000001',
    channel: madeUpChannel,
    ...fields,
    account,
    content: as === undefined ? content : applyProxyTag(content, tagOf(author, as)),
  };
}

function tagOf({ members = [] }: MessageAuthor, reference: string): Partial<ProxyTag> {
  const member = members.find(({ id, uuid, name }) => [id, uuid, name].includes(reference));
  const names = members.flatMap(({ id, name }) => [name, ...(id === undefined ? [] : [id])]);
  if (member === undefined) throw new WorldError('as', namesNo('member of the system', reference, names));
  const [tag] = member.proxy_tags ?? [];
  if (tag === undefined) throw new WorldError('as', `names a member without proxy tags: ${reference}`);
  return tag;
}
