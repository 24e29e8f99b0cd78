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
 * @param fields - all fields but `privacy`, in the order of the response; this very object is changed and returned, as copies
 * would cost more than all else
 */
export function seenBy<Key extends string>(
  audience: Audience,
  fields: Record<string, unknown>,
  privacy: Privacy<Key>,
  rules: readonly HidingRule<Key>[],
): Record<string, unknown> {
  fields.privacy = null;
  if (audience === 'owner') fields.privacy = privacy;
  else {
    for (const { key, fields: names, instead = null } of rules) {
      if (privacy[key] === 'private') for (const name of names) fields[name] = instead;
    }
  }
  return fields;
}

/** The name and display name that others see where the name is private. */
export function publicNames({ name, display_name }: Names): Names {
  return { name: display_name ?? name, display_name: null };
}

interface Names {
  readonly name: string;
  readonly display_name: string | null;
}
