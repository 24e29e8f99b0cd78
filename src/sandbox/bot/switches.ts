import { recordSwitch, replaceSwitchMembers } from '../operations/switch-changes.ts';
import type { MemberRecord, SystemRecord } from '../store/records.ts';
import type { BotContext } from './context.ts';

/** Makes the switch that the system's `proxy_switch` demands once a member was proxied. */
export function switchByProxy(context: BotContext, system: SystemRecord, { uuid }: MemberRecord): void {
  const mode = system.settings.proxy_switch;
  const latest = context.store.switches.latest(system.uuid);
  if (mode === 'off' || latest?.members.includes(uuid)) return;
  if (mode === 'add' && latest !== undefined) {
    replaceSwitchMembers(context, system, latest, [...latest.members, uuid]);
  } else {
    recordSwitch(context, system, [uuid]);
  }
}

/** Deletes all switches of a system. */
export function deleteSwitches({ store, services }: BotContext, system: SystemRecord): void {
  for (const logged of store.switches.of(system.uuid)) store.switches.delete(logged);
  services.dispatcher.send(system, 'DELETE_ALL_SWITCHES', null, null);
}
