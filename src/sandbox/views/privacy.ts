import type { PrivacyLevel } from '../world/world.ts';
import type { Audience } from './audience.ts';

/** The fields that a privacy key hides from others, and what they see instead. */
export interface HidingRule<Key extends string> {
  readonly key: Key;
  readonly fields: readonly string[];
  /** @default null */
  readonly instead?: unknown;
}

type Privacy<Key extends string> = { readonly [K in Key]: PrivacyLevel };

/**
 * What a caller sees of an entity's fields: the owner all of them, others none that privacy hides. A private name gives
 * way to the display name, where there is one; in its own place that is then missing.
 *
 * @param fields - all fields but `privacy`, in the order of the response
 */
export function seenBy<Key extends string>(
  audience: Audience,
  fields: Readonly<Record<string, unknown>>,
  privacy: Privacy<Key>,
  rules: readonly HidingRule<Key>[],
): Record<string, unknown> {
  if (audience === 'owner') return { ...fields, privacy };
  const hidden = rules
    .filter(({ key }) => privacy[key] === 'private')
    .flatMap(({ fields: names, instead = null }) => names.map((name) => [name, instead]));
  return { ...fields, ...Object.fromEntries(hidden), privacy: null };
}

/** The name and display name that others see where the name is private. */
export function publicNames(name: string, displayName: string | null): { name: string; display_name: null } {
  return { name: displayName ?? name, display_name: null };
}
