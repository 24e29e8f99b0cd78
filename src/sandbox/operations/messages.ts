import { snowflakeToDate } from '../../models/snowflake.ts';
import type { MessageRecord } from '../store/records.ts';
import { memberOfMessageText } from '../views/member.ts';
import { messageText } from '../views/message.ts';
import { systemText } from '../views/system.ts';
import type { Call } from './call.ts';
import { messageNotFound } from './errors.ts';
import { okText, type Reply } from './reply.ts';

/** How long after a message was proxied the id of the original finds it, in milliseconds. */
const originalKnownFor = 30 * 60_000;

function getMessage(call: Call): Reply {
  const message = findMessage(call, call.snowflake('message_id'));
  if (message === undefined) throw messageNotFound();
  const member = call.store.members.get(message.member ?? '');
  if (member === undefined) return okText(messageText(message, null, null));
  const system = systemText(call.systemOf(member), call.audience(member.system, 'system'));
  const memberText = memberOfMessageText(member, call.audience(member.system, 'members'));
  return okText(messageText(message, system, memberText));
}

/** By the id of the proxied message, which tells when it was proxied, or for a while by that of the original. */
function findMessage({ store, services }: Call, id: string): MessageRecord | undefined {
  const message = store.message(id);
  if (message !== undefined) return message;
  const byOriginal = store.messageByOriginal(id);
  if (byOriginal === undefined) return undefined;
  const now = Number(services.clock.now() / 1_000_000n);
  return now - snowflakeToDate(byOriginal.id).getTime() < originalKnownFor ? byOriginal : undefined;
}

export const messageOperations = { getMessage };
