import { formatInstant } from '../formats/instant.ts';
import type { Bytes } from '../operations/reply.ts';
import type { SwitchRecord } from '../store/records.ts';
import type { Store } from '../store/store.ts';
import { type Audience, listText } from './audience.ts';
import { memberText } from './member.ts';

const cache = new WeakMap<SwitchRecord, string>();

/** A switch of the history, with ids of members. */
function switchText(logged: SwitchRecord, store: Store): string {
  const known = cache.get(logged);
  if (known !== undefined) return known;
  const members = logged.members.flatMap((uuid) => store.members.get(uuid)?.id ?? []);
  const text = JSON.stringify({ id: logged.id, timestamp: formatInstant(logged.timestamp), members });
  cache.set(logged, text);
  return text;
}

const encoder = new TextEncoder();
const pages = new WeakMap<readonly SwitchRecord[], Bytes>();

/** A page of the history, remembered: the newest one is asked for most. */
export function switchesBytes(switches: readonly SwitchRecord[], store: Store): Bytes {
  const known = pages.get(switches);
  if (known !== undefined) return known;
  const bytes = encoder.encode(listText(switches.map((logged) => switchText(logged, store))));
  pages.set(switches, bytes);
  return bytes;
}

/** A switch with its members in full. */
export function fullSwitchText(
  logged: SwitchRecord,
  store: Store,
  audience: Audience,
  timestamp = formatInstant(logged.timestamp),
): string {
  return `{"id":"${logged.id}","timestamp":"${timestamp}","members":${switchMembersText(logged, store, audience)}}`;
}

export function switchMembersText(logged: SwitchRecord, store: Store, audience: Audience): string {
  return listText(
    logged.members.flatMap((uuid) => {
      const member = store.members.get(uuid);
      return member === undefined ? [] : [memberText(member, audience)];
    }),
  );
}
