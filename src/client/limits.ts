import { isObject } from '../models/is-object.ts';
import { check } from './check.ts';
import type { CallDefaults } from './options.ts';

/** How often and how long a call is tried. Times are milliseconds. */
export interface Limits {
  readonly attempts: number;
  readonly refusals: number;
  readonly timeout: number;
  readonly totalTimeout: number;
}

/**
 * Fills in what was not chosen.
 *
 * @throws TypeError where it can't be used
 */
export function readLimits({ retry = {}, timeout = 30_000, totalTimeout = Infinity }: CallDefaults): Limits {
  check(retry === false || isObject(retry), 'retry must be an object or false');
  const { attempts, refusals } = retry
    ? { attempts: 3, refusals: Infinity, ...retry }
    : { attempts: 1, refusals: 0 };
  const isCount = (value: number, least: number) =>
    value >= least && (value === Infinity || Number.isInteger(value));
  check(
    isCount(attempts, 1) && isCount(refusals, 0),
    '`retry.attempts` must be a number from 1, and `retry.refusals` one from 0',
  );
  for (const [name, value] of Object.entries({ timeout, totalTimeout }))
    check(typeof value === 'number' && value > 0, `${name} must be milliseconds above 0, or Infinity`);
  return { attempts, refusals, timeout, totalTimeout };
}
