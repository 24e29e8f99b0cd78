import { memberOfMessageText } from '../views/member.ts';
import { messageText } from '../views/message.ts';
import { systemText } from '../views/system.ts';
import type { Call } from './call.ts';
import { messageNotFound } from './errors.ts';
import { okText, type Reply } from './reply.ts';

/** Messages are found by the id of the proxied one; that of the original is not looked at. */
function getMessage(call: Call): Reply {
  const message = call.store.message(call.snowflake('message_id'));
  if (message === undefined) throw messageNotFound();
  const member = call.store.members.get(message.member ?? '');
  if (member === undefined) return okText(messageText(message, null, null));
  const system = systemText(call.systemOf(member), call.audience(member.system, 'system'));
  const memberText = memberOfMessageText(member, call.audience(member.system, 'members'));
  return okText(messageText(message, system, memberText));
}

export const messageOperations = { getMessage };
