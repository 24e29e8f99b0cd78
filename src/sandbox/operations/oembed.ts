import { viewGroupOEmbed, viewMemberOEmbed, viewSystemOEmbed } from '../views/oembed.ts';
import type { Call } from './call.ts';
import { ok, type Reply } from './reply.ts';

function getSystemOEmbed(call: Call): Reply {
  return ok(viewSystemOEmbed(call.system, call.audience(call.system.uuid)));
}

function getMemberOEmbed(call: Call): Reply {
  return ok(viewMemberOEmbed(call.member, call.systemOf(call.member)));
}

function getGroupOEmbed(call: Call): Reply {
  return ok(viewGroupOEmbed(call.group, call.systemOf(call.group)));
}

export const oEmbedOperations = { getSystemOEmbed, getMemberOEmbed, getGroupOEmbed };
