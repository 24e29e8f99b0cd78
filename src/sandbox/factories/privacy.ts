import { allPrivate, allPublic, type PrivacySubject } from '../../models/privacy.ts';
import type { PrivacyLevel } from '../world/world.ts';
import type { Random } from './random.ts';

/** The privacy of a system and its objects; `mixed` is random for each key. */
export type PrivacyPreset = 'public' | 'private' | 'mixed';

/** The privacy of one system, member or group by a preset. */
export function privacyBy(
  preset: PrivacyPreset,
  subject: PrivacySubject,
  random: Random,
): Readonly<Record<string, PrivacyLevel>> {
  if (preset === 'public') return allPublic(subject);
  const hidden = allPrivate(subject);
  if (preset === 'private') return hidden;
  return Object.fromEntries(
    Object.keys(hidden).map((key) => [key, random.chance(0.5) ? 'private' : 'public']),
  );
}
