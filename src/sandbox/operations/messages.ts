import { snowflakeToDate } from '../../models/snowflake.ts';
import type { MessageRecord } from '../store/records.ts';
import { memberOfMessageText } from '../views/member.ts';
import { messageText } from '../views/message.ts';
import { systemText } from '../views/system.ts';
import type { Call } from './call.ts';
import { messageNotFound } from './errors.ts';
import { okText, type Reply } from './reply.ts';

/** How long the id of the original finds a proxied message, and that of a command one that it edited, in milliseconds. */
const otherIdsKnownFor = 30 * 60_000;

function getMessage(call: Call): Reply {
  const message = findMessage(call, call.snowflake('message_id'));
  if (message === undefined) throw messageNotFound();
  const member = call.store.members.get(message.member ?? '');
  if (member === undefined) return okText(messageText(message, null, null));
  const system = systemText(call.systemOf(member), call.audience(member.system, 'system'));
  const memberText = memberOfMessageText(member, call.audience(member.system, 'members'));
  return okText(messageText(message, system, memberText));
}

/** By the id of the proxied message; for a while also by that of the original or of a command, and after it was deleted. */
function findMessage({ store, services }: Call, id: string): MessageRecord | undefined {
  const now = services.clock.now();
  const found =
    store.message(id) ??
    store.messageByOriginal(id) ??
    store.messageByCommand(id) ??
    store.deletedMessage(id, now);
  if (found === undefined || found.id === id) return found;
  const since = found.original === id ? found.id : id;
  const age = Number(now / 1_000_000n) - snowflakeToDate(since).getTime();
  return age < otherIdsKnownFor ? found : undefined;
}

export const messageOperations = { getMessage };
