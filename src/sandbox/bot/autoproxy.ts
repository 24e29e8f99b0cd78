import { formatInstant, type Instant, parseInstant } from '../formats/instant.ts';
import { autoproxyIn, putAutoproxy } from '../operations/autoproxy.ts';
import type { AutoproxyRecord, MemberRecord, SystemRecord } from '../store/records.ts';
import type { BotContext } from './context.ts';
import type { NotProxiedReason } from './reasons.ts';

/** How long a latch lasts where `latch_timeout` is null, in seconds. */
const defaultLatchTimeout = 6 * 60 * 60;
const nanosecondsPerSecond = 1_000_000_000n;

// A zero-width space may stand between backslashes, as some keyboards put one there.
const turnsAutoproxyOff = /^\\\u200b?\\\u200b?\\/;
const clearsLatch = /^\\\u200b?\\/;

/** Applies the commands of leading backslashes to autoproxy; undefined where there is none. */
export function obeyBackslashes(
  context: BotContext,
  system: SystemRecord,
  guild: string,
  content: string,
): NotProxiedReason | undefined {
  const settings = autoproxyIn(system, guild);
  if (turnsAutoproxyOff.test(content)) {
    change(context, system, settings, { autoproxy_mode: 'off', autoproxy_member: null });
    return 'autoproxy-turned-off';
  }
  if (settings.autoproxy_mode === 'latch' && clearsLatch.test(content)) {
    change(context, system, settings, { autoproxy_member: null, last_latch_timestamp: null });
    return 'latch-cleared';
  }
  return undefined;
}

/** In latch mode, stores the member whose message was proxied. */
export function latch(context: BotContext, system: SystemRecord, guild: string, member: MemberRecord): void {
  const settings = autoproxyIn(system, guild);
  if (settings.autoproxy_mode !== 'latch') return;
  const now = formatInstant(context.services.clock.now());
  change(context, system, settings, { autoproxy_member: member.uuid, last_latch_timestamp: now });
}

/** The member that autoproxy chooses for a text, or the reason for none. */
export function autoproxied(
  { store, services }: BotContext,
  system: SystemRecord,
  { account, guild, content }: { readonly account: string; readonly guild: string; readonly content: string },
): MemberRecord | NotProxiedReason {
  const settings = autoproxyIn(system, guild);
  if (content.startsWith('\\')) return 'escaped';
  if (settings.autoproxy_mode === 'off') return 'no-match';
  if (system.accounts_without_autoproxy.includes(account)) return 'account-autoproxy-disabled';
  if (settings.autoproxy_mode === 'member') {
    return store.members.get(settings.autoproxy_member ?? '') ?? 'no-autoproxy-member';
  }
  const member =
    settings.autoproxy_mode === 'front'
      ? firstFronter(store, system)
      : latched(store, system, settings, services.clock.now());
  if (typeof member === 'string') return member;
  return member.autoproxy_enabled ? member : 'member-autoproxy-disabled';
}

function firstFronter(store: BotContext['store'], system: SystemRecord): MemberRecord | NotProxiedReason {
  const [first = ''] = store.switches.latest(system.uuid)?.members ?? [];
  return store.members.get(first) ?? 'no-fronter';
}

function latched(
  store: BotContext['store'],
  system: SystemRecord,
  settings: AutoproxyRecord,
  now: Instant,
): MemberRecord | NotProxiedReason {
  const member = store.members.get(settings.autoproxy_member ?? '');
  if (member === undefined) return 'latch-empty';
  const timeout = BigInt(system.settings.latch_timeout ?? defaultLatchTimeout);
  const since = parseInstant(settings.last_latch_timestamp ?? '');
  const isOver = timeout > 0n && since !== undefined && now - since > timeout * nanosecondsPerSecond;
  return isOver ? 'latch-expired' : member;
}

function change(
  { store, services }: BotContext,
  system: SystemRecord,
  settings: AutoproxyRecord,
  changes: Partial<Omit<AutoproxyRecord, 'guild_id'>>,
): void {
  putAutoproxy(store, system, { ...settings, ...changes });
  const data = { guild_id: settings.guild_id, channel_id: null, ...changes };
  services.dispatcher.send(system, 'UPDATE_AUTOPROXY', null, data);
}
