import { findMember } from '../gateway/references.ts';
import { toText } from '../json/convert.ts';
import type { JsonObject } from '../json/token.ts';
import type { AutoproxyRecord, MemberRecord, SystemRecord } from '../store/records.ts';
import type { Store } from '../store/store.ts';
import { Report } from '../validation/report.ts';
import { viewAutoproxy } from '../views/settings.ts';
import type { AutoproxyMode } from '../world/world.ts';
import type { Call } from './call.ts';
import { badRequest, forbidden, unimplemented } from './errors.ts';
import { readSnowflake } from './query.ts';
import { ok, type Reply } from './reply.ts';

const modes: readonly AutoproxyMode[] = ['off', 'front', 'latch', 'member'];

function getAutoproxySettings(call: Call): Reply {
  const { guild, channel } = readPlace(call);
  const system = call.requireOwnSystem();
  const settings = autoproxyIn(system, requirePlace(guild, channel));
  return ok(viewAutoproxy(settings, memberId(call, settings.autoproxy_member)));
}

function updateAutoproxySettings(call: Call): Reply {
  const { guild, channel } = readPlace(call);
  const body = call.object;
  const system = call.requireOwnSystem();
  const guildId = requirePlace(guild, channel);
  const current = autoproxyIn(system, guildId);
  const report = new Report();
  const mode = readMode(body, report);
  const member = readMember(call, system, body, report);
  // An invalid mode counts as off from here on.
  const nextMode = mode ?? (body.has('autoproxy_mode') ? 'off' : current.autoproxy_mode);
  const hasMember = nextMode === 'latch' || nextMode === 'member';
  if (!hasMember && member !== undefined) {
    const problem = "Cannot update autoproxy member if autoproxy is disabled or set to 'front' mode";
    report.add('autoproxy_member', { message: problem });
  }
  if (nextMode === 'member' && member === undefined && current.autoproxy_member === null) {
    const problem = "An autoproxy member must be supplied for autoproxy mode 'member'";
    report.add('autoproxy_member', { message: problem });
  }
  report.throwIfAny();

  const changes: Partial<Pick<AutoproxyRecord, 'autoproxy_mode' | 'autoproxy_member'>> = {
    ...(mode !== undefined && { autoproxy_mode: mode }),
    ...(!hasMember && { autoproxy_member: null }),
    ...(hasMember && member && { autoproxy_member: member.uuid }),
  };
  if (Object.keys(changes).length === 0) throw badRequest();
  const updated = { ...current, ...changes };
  putAutoproxy(call.store, system, updated);
  const data = { guild_id: guildId, channel_id: null, ...changes };
  call.services.dispatcher.send(system, 'UPDATE_AUTOPROXY', null, data);
  // The response to switching off still has the previous member.
  const shown = nextMode === 'off' ? current.autoproxy_member : updated.autoproxy_member;
  return ok(viewAutoproxy(updated, memberId(call, shown)));
}

function readPlace({ query }: Call): { guild: string | undefined; channel: string | undefined } {
  return { guild: readSnowflake(query, 'guild_id'), channel: readSnowflake(query, 'channel_id') };
}

/** Autoproxy for one channel, or for all guilds, does not exist yet. */
function requirePlace(guild: string | undefined, channel: string | undefined): string {
  if (guild === undefined || channel !== undefined) throw unimplemented();
  return guild;
}

/** The settings for a guild; off by default. */
export function autoproxyIn(system: SystemRecord, guild: string): AutoproxyRecord {
  const found = system.autoproxy.find(({ guild_id: id }) => id === guild);
  return (
    found ?? { guild_id: guild, autoproxy_mode: 'off', autoproxy_member: null, last_latch_timestamp: null }
  );
}

/** Keeps the settings for a guild. */
export function putAutoproxy(store: Store, system: SystemRecord, settings: AutoproxyRecord): void {
  const others = system.autoproxy.filter(({ guild_id: id }) => id !== settings.guild_id);
  store.putSystem({ ...system, autoproxy: [...others, settings] });
}

function readMode(body: JsonObject, report: Report): AutoproxyMode | undefined {
  const token = body.get('autoproxy_mode');
  if (token === undefined) return undefined;
  if (token === null) return 'off';
  const mode = modes.find((candidate) => candidate === token);
  if (mode === undefined) report.invalid('autoproxy_mode');
  return mode;
}

/**
 * The member of the reference; null where it is not found, undefined where there is no reference.
 *
 * @throws {ApiError} 403 where it is another system's
 */
function readMember(
  call: Call,
  system: SystemRecord,
  body: JsonObject,
  report: Report,
): MemberRecord | null | undefined {
  const reference = toText(body.get('autoproxy_member') ?? null);
  if (reference === null) return undefined;
  const member = findMember(call.store, reference);
  if (member === undefined) {
    report.add('autoproxy_member', { message: 'Member not found.' });
    return null;
  }
  if (member.system !== system.uuid) throw forbidden();
  return member;
}

function memberId(call: Call, uuid: string | null): string | null {
  return call.store.members.get(uuid ?? '')?.id ?? null;
}

export const autoproxyOperations = { getAutoproxySettings, updateAutoproxySettings };
