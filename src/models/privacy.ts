import type { GroupPrivacy, MemberPrivacy, SystemPrivacy } from '../../generated/v2/schema.ts';

interface KeysBySubject {
  system: keyof SystemPrivacy;
  member: keyof MemberPrivacy;
  group: keyof GroupPrivacy;
}

export const privacyKeys: { readonly [Subject in keyof KeysBySubject]: readonly KeysBySubject[Subject][] } = {
  system: [
    'name_privacy',
    'avatar_privacy',
    'description_privacy',
    'banner_privacy',
    'pronoun_privacy',
    'member_list_privacy',
    'group_list_privacy',
    'front_privacy',
    'front_history_privacy',
  ],
  member: [
    'visibility',
    'name_privacy',
    'description_privacy',
    'banner_privacy',
    'birthday_privacy',
    'pronoun_privacy',
    'avatar_privacy',
    'metadata_privacy',
    'proxy_privacy',
  ],
  group: [
    'visibility',
    'name_privacy',
    'description_privacy',
    'banner_privacy',
    'icon_privacy',
    'list_privacy',
    'metadata_privacy',
  ],
};

/** The privacy key that governs a field, where it is not the field's own name with `_privacy`. */
const KEY_OF_FIELD: Readonly<Record<string, string>> = {
  pronouns: 'pronoun_privacy',
  avatar_url: 'avatar_privacy',
  webhook_avatar_url: 'avatar_privacy',
  created: 'metadata_privacy',
  message_count: 'metadata_privacy',
  last_message_timestamp: 'metadata_privacy',
  proxy_tags: 'proxy_privacy',
};

const OWNER_ONLY: readonly string[] = ['privacy', 'webhook_url', 'autoproxy_enabled'];

/** What has privacy settings; each has keys of its own. */
export type PrivacySubject = keyof KeysBySubject;
/** The keys in the `privacy` of a system, member or group. */
export type PrivacyKey<Subject extends PrivacySubject = PrivacySubject> = KeysBySubject[Subject];

/** A field of an entity, or a key of its privacy such as `visibility` or `member_list_privacy`. */
export type PrivacyField<Entity extends { privacy?: object | null }> = Extract<
  keyof Entity | keyof NonNullable<Entity['privacy']>,
  string
>;

/**
 * Makes privacy settings that hide all that can be hidden, to be sent as the `privacy` of a create or an update.
 *
 * @param subject - whose settings
 */
export function allPrivate<Subject extends PrivacySubject>(
  subject: Subject,
): Record<PrivacyKey<Subject>, 'private'> {
  return everyKey(subject, 'private');
}

/**
 * Makes privacy settings that show everything, to be sent as the `privacy` of a create or an update.
 *
 * @param subject - whose settings
 */
export function allPublic<Subject extends PrivacySubject>(
  subject: Subject,
): Record<PrivacyKey<Subject>, 'public'> {
  return everyKey(subject, 'public');
}

/**
 * Tells whether people other than the owner can see a field of a system, member or group.
 *
 * A private name is hidden only where there is a display name, which then takes its place: so a display name is
 * always seen. A private `visibility` hides from lists alone, never from those who know the id.
 *
 * Source: `test/recordings/v2/{systems,members}/privacy.jsonl`.
 *
 * @param entity - as the API gives it to its owner, or to anyone
 * @param field - a field of it, or a key of its privacy settings
 * @returns undefined where the entity came without its privacy settings, as others get it, and the field is empty: it
 *   may be hidden from you or not set
 */
export function isVisible<Entity extends { privacy?: object | null }>(
  entity: Entity,
  field: PrivacyField<Entity>,
): boolean | undefined {
  const fields = new Map<string, unknown>(Object.entries(entity));
  if (OWNER_ONLY.includes(field)) return false;
  if (!entity.privacy) return isFilled(fields.get(field)) || undefined;
  const privacy = new Map<string, unknown>(Object.entries(entity.privacy));
  if (field === 'name' && fields.get('display_name') === null) return true;
  const key = privacy.has(field) ? field : (KEY_OF_FIELD[field] ?? `${field}_privacy`);
  // Fields without a privacy key are public; an unknown value counts as private.
  return !privacy.has(key) || privacy.get(key) === 'public';
}

function everyKey<Key extends string, Value extends string>(
  subject: PrivacySubject,
  value: Value,
): Record<Key, Value>;
function everyKey(subject: PrivacySubject, value: string): Record<string, string> {
  return Object.fromEntries(privacyKeys[subject].map((key) => [key, value]));
}

function isFilled(value: unknown): boolean {
  return Array.isArray(value) ? value.length > 0 : value !== null && value !== undefined;
}
