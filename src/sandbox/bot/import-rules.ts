import { fromValue } from '../json/from-value.ts';
import type { JsonObject } from '../json/token.ts';
import { ApiError } from '../operations/errors.ts';
import type { FieldRule } from '../validation/fields.ts';
import { type Changes, type PrivacyChanges, readChanges, readPrivacy } from '../validation/patch.ts';
import { Report } from '../validation/report.ts';
import type { Problems } from '../world/problems.ts';

type Rules = { readonly [field: string]: FieldRule<unknown> };

/** Reads fields and privacy of one object in a file by the rules of `PATCH`. */
export function readRules<R extends Rules, Key extends string>(
  rules: R,
  privacyKeys: readonly Key[],
  { fields, privacy }: { readonly fields: object; readonly privacy: object },
  path: string,
  problems: Problems,
): { readonly fields: Changes<R>; readonly privacy: PrivacyChanges<Key> } {
  const report = new Report();
  const read = {
    fields: readChanges(rules, objectOf(fields), report),
    privacy: readPrivacy(privacyKeys, objectOf(privacy), report),
  };
  for (const [field, errors] of report.errors) {
    for (const { message } of errors)
      problems.add(path === '' ? field : `${path}.${field}`, `is not valid: ${message}`);
  }
  if (!report.isStorable) problems.add(path, 'has a string that cannot be stored');
  return read;
}

/** Reads fields that may have values of any type. */
export function readEach<R extends Rules>(
  rules: R,
  fields: object,
  path: string,
  problems: Problems,
): Changes<R>;
export function readEach(rules: Rules, fields: object, path: string, problems: Problems): object {
  const given = objectOf(fields);
  const read = Object.entries(rules).map(([field, rule]) => {
    const token = given.get(field);
    if (token === undefined) return {};
    try {
      return readRules({ [field]: rule }, [], { fields: pick(fields, field), privacy: {} }, path, problems)
        .fields;
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      problems.add(`${path}.${field}`, 'is of a wrong type');
      return {};
    }
  });
  return Object.assign({}, ...read);
}

function pick(fields: object, field: string): object {
  return Object.fromEntries(Object.entries(fields).filter(([key]) => key === field));
}

function objectOf(fields: object): JsonObject {
  return new Map(Object.entries(fields).map(([key, value]) => [key, fromValue(value)]));
}
