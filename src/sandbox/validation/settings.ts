import type { SystemSettingsPatch } from '../../../generated/v2/schema.ts';
import { isTimezone } from '../formats/timezones.ts';
import { toList, toText } from '../json/convert.ts';
import { badRequest } from '../operations/errors.ts';
import { anyText, type FieldRule, flag, nullableInteger } from './fields.ts';

const maximumTemplates = 3;
const maximumTemplateLength = 1000;

const timezone: FieldRule<string> = (token, field, report) => {
  const name = toText(token);
  if (name === null) throw badRequest();
  if (!isTimezone(name)) report.invalid(field);
  return name;
};

/** What the server does not know means `off`. */
const proxySwitch: FieldRule<'off' | 'new' | 'add'> = (token) => {
  const value = toText(token);
  return value === 'new' || value === 'add' ? value : 'off';
};

/** The server swaps the two lengths where a template is too long. */
const descriptionTemplates: FieldRule<readonly string[]> = (token, field, report) => {
  const templates = toList(token).map((item) => anyText(item, field, report) ?? '');
  if (toList(token).includes(null)) throw badRequest();
  if (templates.length > maximumTemplates) report.tooLong(field, templates.length, maximumTemplates);
  templates.forEach(({ length }, index) => {
    if (length > maximumTemplateLength) report.tooLong(`${field}[${index}]`, maximumTemplateLength, length);
  });
  return templates;
};

export const settingsRules = {
  timezone,
  pings_enabled: flag,
  latch_timeout: nullableInteger,
  member_default_private: flag,
  group_default_private: flag,
  description_templates: descriptionTemplates,
  case_sensitive_proxy_tags: flag,
  proxy_error_message_enabled: flag,
  hid_display_split: flag,
  hid_display_caps: flag,
  card_show_color_hex: flag,
  proxy_switch: proxySwitch,
  name_format: anyText,
} satisfies Readonly<Record<keyof SystemSettingsPatch, FieldRule<unknown>>>;
