import type { SystemRecord } from '../store/records.ts';
import { nearReference } from '../world/names-no.ts';
import { WorldError } from '../world/problems.ts';
import { flag, object, type Read } from '../world/shape.ts';
import { snowflake, words } from '../world/world.ts';
import { type BotContext, requireSystem } from './context.ts';

export const linkShape = object({ account: snowflake, system: words });
export const accountShape = object({ allow_autoproxy: flag });

/**
 * Links an account to a system.
 *
 * @throws {WorldError} where there is no such system, or the account has one
 */
export function linkAccount(
  context: BotContext,
  { account, system: reference }: Read<typeof linkShape>,
): void {
  const { store, services } = context;
  const system = requireSystem(context, reference);
  if (store.systemByAlias(account) !== undefined) throw new WorldError('account', 'has a system already');
  const linked = { ...system, accounts: [...system.accounts, account] };
  store.putSystem(linked);
  services.dispatcher.send(linked, 'LINK_ACCOUNT', account, null);
}

/**
 * Unlinks an account from its system.
 *
 * @throws {WorldError} where it has none
 */
export function unlinkAccount(context: BotContext, account: string): void {
  const { store, services } = context;
  const system = systemOfAccount(context, account);
  const isOther = (one: string) => one !== account;
  const unlinked = {
    ...system,
    accounts: system.accounts.filter(isOther),
    accounts_without_autoproxy: system.accounts_without_autoproxy.filter(isOther),
  };
  store.putSystem(unlinked);
  services.dispatcher.send(unlinked, 'UNLINK_ACCOUNT', account, null);
}

/**
 * Sets whether messages of an account are autoproxied.
 *
 * @throws {WorldError} where it has no system
 */
export function setAccountAutoproxy(
  context: BotContext,
  account: string,
  { allow_autoproxy }: Read<typeof accountShape>,
): void {
  const { store, services } = context;
  const system = systemOfAccount(context, account);
  const others = system.accounts_without_autoproxy.filter((one) => one !== account);
  const accounts_without_autoproxy = allow_autoproxy ? others : [...others, account];
  store.putSystem({ ...system, accounts_without_autoproxy });
  services.dispatcher.send(system, 'UPDATE_MEMBER_GUILD', account, { allow_autoproxy });
}

/** @throws {WorldError} where the account has no system */
export function systemOfAccount({ store }: BotContext, account: string): SystemRecord {
  const system = store.systemByAlias(words.readAt(account, 'account'));
  if (system?.accounts.includes(account)) return system;
  const known = store.systems.flatMap(({ accounts }) => accounts);
  throw new WorldError('account', `has no system: ${nearReference(account, known)}`);
}
