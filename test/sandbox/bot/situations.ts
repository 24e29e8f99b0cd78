/**
 * Messages on a Discord that is made up, for the tests of what the bot makes of them.
 */
import type { BotMessage } from '../../../src/sandbox/bot/message.ts';
import type { Sandbox } from '../../../src/sandbox/index.ts';
import { account, type Changes, channel, guild, openBot } from './support.ts';

export interface Situation extends Changes {
  readonly message?: Partial<BotMessage>;
  readonly before?: (sandbox: Sandbox) => void;
}

export const file = { filename: 'a.png', size: 10 };
export const autoproxy = (
  mode: 'front' | 'latch' | 'member',
  member: string | null = null,
  last?: string,
) => ({
  autoproxy: [
    { guild_id: guild, autoproxy_mode: mode, autoproxy_member: member, last_latch_timestamp: last ?? null },
  ],
});
export const plain = { content: 'hi' };
export const latchedAt = (timestamp: string, latch_timeout: number | null = null) => ({
  system: { ...autoproxy('latch', 'annann', timestamp), settings: { latch_timeout } },
  message: plain,
});
export const fronts = (...members: string[]) => ({
  switches: [{ id: '00000000-0000-4000-8000-000000000099', timestamp: '2025-01-01T00:00:00Z', members }],
});
export const inGuild = (settings: object) => ({ guilds: [{ guild_id: guild, ...settings }] });

/** Sends a message as the account of the system, and gives what became of it. */
export function say(situation: Situation) {
  const sandbox = openBot(situation);
  situation.before?.(sandbox);
  const outcome = sandbox.bot.sendMessage({ account, guild, channel, content: 'A:hi', ...situation.message });
  return { sandbox, outcome };
}
