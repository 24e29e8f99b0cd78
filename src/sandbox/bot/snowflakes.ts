import { dateToSnowflake } from '../../models/snowflake.ts';
import { WorldError } from '../world/problems.ts';
import type { BotContext } from './context.ts';

/**
 * An id for a new message, by the sandbox's clock. It is unique, also while the clock is frozen.
 *
 * @throws {WorldError} where the clock shows a time that Discord ids cannot hold
 */
export function newMessageId({ store, services, discord }: BotContext): string {
  const milliseconds = Number(services.clock.now() / 1_000_000n);
  const smallest = smallestAt(milliseconds);
  let id = discord.latestId >> timeShift === smallest >> timeShift ? discord.latestId + 1n : smallest;
  while (store.message(String(id)) !== undefined || store.messageByOriginal(String(id)) !== undefined)
    id += 1n;
  discord.latestId = id;
  return String(id);
}

/** The time of an id is above these bits. */
const timeShift = 22n;

function smallestAt(milliseconds: number): bigint {
  try {
    return BigInt(dateToSnowflake(new Date(milliseconds)));
  } catch {
    throw new WorldError('clock', 'shows a time that Discord ids cannot hold: they hold 2015 to 2154');
  }
}
