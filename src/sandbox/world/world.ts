import { parseInstant } from '../formats/instant.ts';
import { isBirthday, isColor, parseSnowflake } from '../formats/scalars.ts';
import { isTimezone, timezoneNames } from '../formats/timezones.ts';
import {
  flag,
  integer,
  list,
  madeUp,
  nullable,
  object,
  oneOf,
  optionalObject,
  type Read,
  text,
  type Written,
  wholeNumber,
  withDefault,
} from './shape.ts';

/*
 * The format of world files: all that a PluralKit server knows. Everything but the names of members and groups, the
 * timestamps of switches, and ids of Discord may be omitted.
 */

const id = text('an id of five or six lower-case letters', (value) => /^[a-z]{5,6}$/.test(value), {
  pattern: '^[a-z]{5,6}$',
});
const uuid = text('a lower-case UUID', (value) => /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(value), {
  format: 'uuid',
});
export const snowflake = text(
  'a Discord id, as a string of digits',
  (value) => parseSnowflake(value) === value,
  {
    pattern: '^[0-9]+$',
  },
);
const instant = text(
  'a timestamp such as 2020-01-02T03:04:05.678901Z',
  (v) => parseInstant(v) !== undefined,
  {
    format: 'date-time',
  },
);
export const words = text('a string', () => true);
const timezone = text(
  'the name of a time zone, such as Europe/Berlin, or an offset, such as UTC+02:00',
  isTimezone,
  {},
  timezoneNames(),
);
const memberReference = text('the id or the name of a member', (value) => value !== '', { minLength: 1 });
/** When things of a world were created, and its first switch happened, where it does not say. */
export const madeUpTime = '2020-01-01T00:00:00Z';
/** Where messages are posted, where it is not said. */
export const madeUpChannel = '920000000000000001';
const created = withDefault(instant, madeUpTime);
// Whatever else would be a token, such as an empty text, could be that of callers who send none.
const token = text('a token of visible ASCII characters', (value) => /^[!-~]+$/.test(value), {
  pattern: '^[!-~]+$',
});
export const webAddress = text(
  'an http or https URL',
  (value) => URL.canParse(value) && /^https?:/i.test(value),
);
const filledText = text('a string that is not empty', (value) => value !== '', { minLength: 1 });
const color = text('six hexadecimal digits without #', isColor, { pattern: '^[0-9a-fA-F]{6}$' });
const birthday = text('a date such as 2000-12-31', isBirthday, { format: 'date' });
const privacyLevel = withDefault(oneOf('public', 'private'), 'public');

const systemPrivacy = optionalObject(
  {
    name_privacy: privacyLevel,
    avatar_privacy: privacyLevel,
    description_privacy: privacyLevel,
    banner_privacy: privacyLevel,
    pronoun_privacy: privacyLevel,
    member_list_privacy: privacyLevel,
    group_list_privacy: privacyLevel,
    front_privacy: privacyLevel,
    front_history_privacy: privacyLevel,
  },
  "{ name_privacy: 'private' }",
);
const memberPrivacy = optionalObject(
  {
    visibility: privacyLevel,
    name_privacy: privacyLevel,
    description_privacy: privacyLevel,
    banner_privacy: privacyLevel,
    birthday_privacy: privacyLevel,
    pronoun_privacy: privacyLevel,
    avatar_privacy: privacyLevel,
    metadata_privacy: privacyLevel,
    proxy_privacy: privacyLevel,
  },
  "{ visibility: 'private' }",
);
const groupPrivacy = optionalObject(
  {
    name_privacy: privacyLevel,
    description_privacy: privacyLevel,
    banner_privacy: privacyLevel,
    icon_privacy: privacyLevel,
    list_privacy: privacyLevel,
    metadata_privacy: privacyLevel,
    visibility: privacyLevel,
  },
  "{ visibility: 'private' }",
);
const systemSettings = optionalObject({
  timezone: withDefault(timezone, 'UTC'),
  pings_enabled: withDefault(flag, true),
  latch_timeout: nullable(wholeNumber),
  member_default_private: withDefault(flag, false),
  group_default_private: withDefault(flag, false),
  show_private_info: withDefault(flag, true),
  member_limit: withDefault(integer(0), 1000),
  group_limit: withDefault(integer(0), 250),
  case_sensitive_proxy_tags: withDefault(flag, true),
  proxy_error_message_enabled: withDefault(flag, true),
  hid_display_split: withDefault(flag, false),
  hid_display_caps: withDefault(flag, false),
  hid_list_padding: withDefault(oneOf('off', 'left', 'right'), 'off'),
  card_show_color_hex: withDefault(flag, false),
  proxy_switch: withDefault(oneOf('off', 'new', 'add'), 'off'),
  name_format: nullable(words),
  description_templates: list(words),
});
const systemGuild = object({
  guild_id: snowflake,
  proxying_enabled: withDefault(flag, true),
  tag: nullable(words),
  tag_enabled: withDefault(flag, true),
  avatar_url: nullable(words),
  display_name: nullable(words),
  name_format: nullable(words),
});
const memberGuild = object({
  guild_id: snowflake,
  display_name: nullable(words),
  avatar_url: nullable(words),
  keep_proxy: nullable(flag),
});
const autoproxy = object({
  guild_id: snowflake,
  autoproxy_mode: withDefault(oneOf('off', 'front', 'latch', 'member'), 'off'),
  autoproxy_member: nullable(memberReference),
  last_latch_timestamp: nullable(instant),
});
const proxyTag = object({ prefix: nullable(words), suffix: nullable(words) }, "{ prefix: 'J:' }");
const member = object(
  {
    id: madeUp(id),
    uuid: madeUp(uuid),
    created,
    name: filledText,
    display_name: nullable(words),
    color: nullable(color),
    birthday: nullable(birthday),
    pronouns: nullable(words),
    avatar_url: nullable(words),
    webhook_avatar_url: nullable(words),
    banner: nullable(words),
    description: nullable(words),
    proxy_tags: list(proxyTag),
    keep_proxy: withDefault(flag, false),
    tts: withDefault(flag, false),
    autoproxy_enabled: withDefault(flag, true),
    message_count: withDefault(integer(0), 0),
    last_message_timestamp: nullable(instant),
    privacy: memberPrivacy,
    guilds: list(memberGuild),
  },
  "{ name: 'Juniper' }",
);
const group = object(
  {
    id: madeUp(id),
    uuid: madeUp(uuid),
    created,
    name: filledText,
    display_name: nullable(words),
    description: nullable(words),
    icon: nullable(words),
    banner: nullable(words),
    color: nullable(color),
    members: list(memberReference),
    privacy: groupPrivacy,
  },
  "{ name: 'Trees', members: ['Juniper'] }",
);
const frontSwitch = object(
  {
    id: madeUp(uuid),
    timestamp: madeUp(instant),
    members: list(memberReference),
  },
  "{ members: ['Juniper'] }",
);
const system = object(
  {
    id: madeUp(id),
    uuid: madeUp(uuid),
    /** Null for a system that nobody can call as. */
    token: madeUp(nullable(token)),
    created,
    accounts: list(snowflake),
    /** Accounts whose messages are never autoproxied. */
    accounts_without_autoproxy: list(snowflake),
    name: nullable(words),
    description: nullable(words),
    tag: nullable(words),
    pronouns: nullable(words),
    avatar_url: nullable(words),
    banner: nullable(words),
    color: nullable(color),
    privacy: systemPrivacy,
    webhook: nullable(
      object({ url: webAddress, token: madeUp(filledText) }, "{ url: 'http://127.0.0.1:4012' }"),
    ),
    settings: systemSettings,
    guilds: list(systemGuild),
    autoproxy: list(autoproxy),
    members: list(member),
    groups: list(group),
    switches: list(frontSwitch),
  },
  "{ name: 'Harbor', members: [{ name: 'Juniper' }] }",
);
const message = object({
  id: madeUp(snowflake),
  original: nullable(snowflake),
  channel: withDefault(snowflake, madeUpChannel),
  guild: nullable(snowflake),
  sender: madeUp(snowflake),
  member: nullable(memberReference),
});

// Reads a system of a world; what is to be made up is still empty.
export const systemShape = system;

/** Reads what a world holds; what is to be made up is still empty. */
export const worldShape = object(
  { systems: list(system), messages: list(message) },
  "{ systems: [{ name: 'Harbor' }] }",
);

/** A world as a file may hold it. */
export type World = Written<typeof worldShape> & { readonly $schema?: string };
/** A world with nothing omitted; members are named by their ids. */
export type FullWorld = Read<typeof worldShape>;
export type WorldSystem = Read<typeof system>;
export type WorldMember = Read<typeof member>;
export type WorldGroup = Read<typeof group>;
export type WorldSwitch = Read<typeof frontSwitch>;
export type WorldMessage = Read<typeof message>;
export type ProxyTag = Read<typeof proxyTag>;
export type SystemSettings = Read<typeof systemSettings>;
export type SystemGuild = Read<typeof systemGuild>;
export type MemberGuild = Read<typeof memberGuild>;
export type SystemPrivacy = Read<typeof systemPrivacy>;
export type MemberPrivacy = Read<typeof memberPrivacy>;
export type GroupPrivacy = Read<typeof groupPrivacy>;
export type PrivacyLevel = 'public' | 'private';
export type AutoproxyMode = Read<typeof autoproxy>['autoproxy_mode'];
