import { isObject } from '../models/is-object.ts';
import { thereIsNo } from '../models/nearest.ts';
import { check } from './check.ts';
import type { CallOptions, PluralKitOptions, TransportOptions } from './options.ts';
import { EXAMPLE_USER_AGENT } from './user-agent.ts';

const names = Object.keys({
  token: 0,
  userAgent: 0,
  baseUrl: 0,
  fetch: 0,
  limiter: 0,
  retry: 0,
  timeout: 0,
  totalTimeout: 0,
  onRequest: 0,
  onResponse: 0,
  onRateLimit: 0,
} satisfies Record<keyof TransportOptions, 0>);

/** The options that only the whole client takes. */
export const CLIENT_OPTIONS: readonly string[] = Object.keys({
  cache: 0,
  cacheTtl: 0,
  view: 0,
} satisfies Record<Exclude<keyof PluralKitOptions, keyof TransportOptions>, 0>);

/** The options that every call takes. */
export const CALL_OPTIONS: readonly string[] = Object.keys({
  signal: 0,
  timeout: 0,
  totalTimeout: 0,
  retry: 0,
} satisfies Record<keyof CallOptions, 0>);

/**
 * Checks the options of a client that plain JavaScript may have made wrong: a mistyped one would be ignored otherwise. All but the functions are
 * checked where they are used.
 *
 * @throws TypeError naming the options that are not known, or are no functions; it does not repeat values
 */
export function assertOptions(options: object, others: readonly string[]): void {
  check(
    isObject(options),
    `The options must be an object, such as { token, userAgent: '${EXAMPLE_USER_AGENT}' }`,
  );
  checkNames(options, [...names, ...others]);
  for (const [name, value] of Object.entries(options)) {
    const isFunction = value == null || typeof value === 'function';
    check(isFunction || !/^(fetch|on)/.test(name), `${name} must be a function`);
  }
}

/** @throws TypeError naming all options that are not among the known ones, with the nearest one of each, or with all */
export function checkNames(options: unknown, known: readonly string[]): void {
  check(isObject(options ?? {}), 'The options must be an object');
  const unknown = Object.keys(options ?? {}).filter((name) => !known.includes(name));
  check(!unknown[0], unknown.map((name) => thereIsNo('option', name, known)).join('\n'));
}
