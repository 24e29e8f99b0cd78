import { toObject } from '../json/convert.ts';
import type { JsonObject } from '../json/token.ts';
import { badRequest } from '../operations/errors.ts';
import type { PrivacyLevel } from '../world/world.ts';
import { type FieldRule, privacyLevel } from './fields.ts';
import type { Report } from './report.ts';

type Rules = { readonly [field: string]: FieldRule<unknown> };

/** What a body changes: the given fields, each as it will be stored. */
export type Changes<R> = {
  readonly [K in keyof R]?: R[K] extends FieldRule<infer Value> ? Value : never;
};

export type PrivacyChanges<Key extends string> = { readonly [K in Key]?: PrivacyLevel };

/** Reads the fields of a body that have rules; others are not looked at. Only exact names count. */
export function readChanges<R extends Rules>(rules: R, body: JsonObject, report: Report): Changes<R>;
export function readChanges(
  rules: Rules,
  body: JsonObject,
  report: Report,
): Readonly<Record<string, unknown>> {
  const changes: Record<string, unknown> = {};
  for (const field of Object.keys(rules)) {
    const token = body.get(field);
    if (token === undefined) continue;
    const value = rules[field]?.(token, field, report);
    if (value !== undefined) changes[field] = value;
  }
  return changes;
}

/** Reads privacy settings; their faults stand at top level, under the key alone. */
export function readPrivacy<Key extends string>(
  keys: readonly Key[],
  body: JsonObject,
  report: Report,
): PrivacyChanges<Key>;
export function readPrivacy(keys: readonly string[], body: JsonObject, report: Report): object {
  return readChanges(Object.fromEntries(keys.map((key) => [key, privacyLevel])), body, report);
}

/** The settings under `privacy`; null counts as none. */
export function nestedPrivacy<Key extends string>(
  keys: readonly Key[],
  body: JsonObject,
  report: Report,
): PrivacyChanges<Key> {
  const privacy = body.get('privacy') ?? null;
  return privacy === null ? {} : readPrivacy(keys, toObject(privacy), report);
}

export function isEmpty(changes: object): boolean {
  return Object.keys(changes).length === 0;
}

/** @throws {ApiError} 40001 for any fault, 400 where nothing is changed */
export function requireChanges(report: Report, ...parts: readonly object[]): void {
  report.throwIfAny();
  if (parts.every(isEmpty)) throw badRequest();
}

/** Changes as an event tells of them: privacy below a key of its own, where it changed. */
export function withPrivacy(changes: object, privacy: object): object {
  return isEmpty(privacy) ? changes : { ...changes, privacy };
}
