import { snowflakeToDate } from '../../models/snowflake.ts';
import { formatInstant } from '../formats/instant.ts';
import type { MessageRecord } from '../store/records.ts';

/** All of a message but its system and member. The server gives its time in whole seconds. */
export function viewMessage(message: MessageRecord): object {
  return {
    timestamp: messageTimestamp(message.id),
    id: message.id,
    original: message.original ?? '',
    sender: message.sender,
    channel: message.channel,
    guild: message.guild,
  };
}

function messageTimestamp(id: string): string {
  const seconds = Math.floor(snowflakeToDate(id).getTime() / 1000);
  return formatInstant(BigInt(seconds) * 1_000_000_000n);
}

/** Puts a message together of its parts, of which system and member are JSON texts. */
export function messageText(message: MessageRecord, system: string | null, member: string | null): string {
  return `${JSON.stringify(viewMessage(message)).slice(0, -1)},"system":${system},"member":${member}}`;
}
