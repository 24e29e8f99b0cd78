import { isObject } from '../models/is-object.ts';
import { checkNames } from './assert-options.ts';
import { check } from './check.ts';
import type { CallDefaults } from './options.ts';

/** How often and how long a call is tried. Times are milliseconds. */
export interface Limits {
  readonly attempts: number;
  readonly rateLimited: number;
  readonly timeout: number;
  readonly totalTimeout: number;
}

/**
 * Fills in what was not chosen for a call, and then what was not for the client.
 *
 * @throws TypeError where it can't be used
 */
export function readLimits(
  client: CallDefaults,
  {
    retry = client.retry ?? {},
    timeout = client.timeout ?? 30_000,
    totalTimeout = client.totalTimeout ?? Infinity,
  }: CallDefaults = client,
): Limits {
  check(retry === false || isObject(retry), 'retry must be an object or false');
  checkNames(retry || {}, ['attempts', 'rateLimited']);
  const limits = {
    attempts: 3,
    rateLimited: Infinity,
    ...(retry || { attempts: 1, rateLimited: 0 }),
    timeout,
    totalTimeout,
  };
  // Infinity is one, a text is not.
  const isCount = (value: number, least: number) => Math.ceil(value) === value && value >= least;
  check(
    isCount(limits.attempts, 1) && isCount(limits.rateLimited, 0),
    '`retry.attempts` must be a number from 1, `retry.rateLimited` from 0',
  );
  for (const name of ['timeout', 'totalTimeout'] as const)
    check(
      typeof limits[name] === 'number' && limits[name] > 0,
      `${name} must be milliseconds above 0, or Infinity`,
    );
  return limits;
}
