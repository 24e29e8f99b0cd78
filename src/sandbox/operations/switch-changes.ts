import {
  formatInstant,
  type Instant,
  isStorableInstant,
  truncateToMicroseconds,
} from '../formats/instant.ts';
import type { SwitchRecord, SystemRecord } from '../store/records.ts';
import type { ChangeContext } from './call.ts';

/**
 * Logs a switch at the present, and then moves it to the given time, if any. A member that was listed twice, by id and by
 * UUID, is twice in the log, but not in events.
 *
 * @param members - UUIDs
 * @returns the switch, and its time as exact as it was given
 */
export function recordSwitch(
  context: ChangeContext,
  system: SystemRecord,
  members: readonly string[],
  given?: Instant,
): { readonly logged: SwitchRecord; readonly timestamp: string } {
  const { store, services } = context;
  const now = freeMoment(context, system.uuid);
  const id = services.ids.uuid();
  const logged: SwitchRecord = {
    id,
    system: system.uuid,
    timestamp: given === undefined ? now : truncateToMicroseconds(given),
    members,
  };
  store.switches.put(logged);
  const data = { id, timestamp: formatInstant(now), members: [...new Set(members)] };
  services.dispatcher.send(system, 'CREATE_SWITCH', id, data);
  const timestamp = formatInstant(given ?? now);
  if (given !== undefined) services.dispatcher.send(system, 'UPDATE_SWITCH', id, { timestamp });
  return { logged, timestamp };
}

/** @param members - UUIDs */
export function replaceSwitchMembers(
  { store, services }: ChangeContext,
  system: SystemRecord,
  logged: SwitchRecord,
  members: readonly string[],
): SwitchRecord {
  const updated: SwitchRecord = { ...logged, members };
  store.switches.put(updated);
  services.dispatcher.send(system, 'UPDATE_SWITCH', updated.id, { members: [...new Set(members)] });
  return updated;
}

/** Now, or the next microsecond at which the system has no switch; at the end of the year 9999, the last one before. */
function freeMoment({ store, services }: ChangeContext, system: string): Instant {
  const now = services.clock.now();
  for (const step of [1000n, -1000n]) {
    let moment = now;
    while (isStorableInstant(moment) && store.switches.hasAt(system, moment)) moment += step;
    if (isStorableInstant(moment)) return moment;
  }
  throw new TypeError('Every microsecond has a switch');
}
