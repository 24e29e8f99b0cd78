import { check } from './check.ts';
import type { PluralKitOptions } from './options.ts';

/** The functions are checked here, all others where they are used. */
const names = Object.keys({
  token: 0,
  userAgent: 0,
  baseUrl: 0,
  fetch: 0,
  limiter: 0,
  retry: 0,
  timeout: 0,
  totalTimeout: 0,
  cache: 0,
  cacheTtl: 0,
  view: 0,
  onRequest: 0,
  onResponse: 0,
  onRateLimit: 0,
} satisfies Record<keyof PluralKitOptions, 0>);

/**
 * Checks what plain JavaScript may have made wrong: a mistyped option would be ignored otherwise.
 *
 * @throws TypeError naming the option that is not known or has a wrong type; it does not repeat values
 */
export function assertOptions(options: object | undefined): void {
  checkNames(options, names);
  for (const [name, value] of Object.entries(options ?? {})) {
    const isFunction = value == null || typeof value === 'function';
    check(isFunction || !/^(fetch|on)/.test(name), `${name} must be a function`);
  }
}

/** @throws TypeError naming an option that is not one of the known ones */
export function checkNames(options: object | null | undefined, known: readonly string[]): void {
  for (const name in options)
    check(known.includes(name), `There is no option “${name}”. Options: ${known.join(', ')}`);
}
