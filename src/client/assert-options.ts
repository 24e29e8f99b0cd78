import { isObject } from '../models/is-object.ts';
import { thereIsNo } from '../models/nearest.ts';
import { check } from './check.ts';
import type { CallOptions, PluralKitOptions, TransportOptions } from './options.ts';
import { EXAMPLE_USER_AGENT, userAgentFault } from './user-agent.ts';

/** The options of the low level. */
export const TRANSPORT_OPTIONS: readonly string[] = Object.keys({
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

/** The options of the whole client. Bundlers omit a function that nothing calls, and no list that is made of another. */
export function clientOptions(): readonly string[] {
  const own = { cache: 0, cacheTtl: 0, view: 0 } satisfies Record<
    Exclude<keyof PluralKitOptions, keyof TransportOptions>,
    0
  >;
  return [...TRANSPORT_OPTIONS, ...Object.keys(own)];
}

/** The options that every call takes. */
export const CALL_OPTIONS: readonly string[] = Object.keys({
  signal: 0,
  timeout: 0,
  totalTimeout: 0,
  retry: 0,
} satisfies Record<keyof CallOptions, 0>);

/**
 * Checks the options of a client that plain JavaScript may have made wrong: a mistyped one would be ignored otherwise. Those with values of
 * other kinds are checked where they are used.
 *
 * @throws TypeError naming all options that are not known, are no functions, or are missing; it does not repeat values
 */
export function assertOptions(options: TransportOptions, known: readonly string[]): void {
  check(
    isObject(options),
    `The options must be an object, such as { token, userAgent: '${EXAMPLE_USER_AGENT}' }`,
  );
  checkFaults([
    ...unknownNames(options, known),
    ...Object.entries(options).map(
      ([name, value]) =>
        /^(fetch|on)/.test(name) &&
        value != null &&
        typeof value !== 'function' &&
        `${name} must be a function`,
    ),
    userAgentFault(options.userAgent),
  ]);
}

/**
 * @param subject - what they are the options of
 * @throws TypeError naming all options that are not among the known ones, with the nearest one of each, or with all
 */
export function checkNames(options: unknown, known: readonly string[], subject = 'The options'): void {
  if (options == null) return;
  check(isObject(options), `${subject} must be an object`);
  checkFaults(unknownNames(options, known));
}

function unknownNames(options: object, known: readonly string[]): (string | false)[] {
  return Object.keys(options).map((name) => !known.includes(name) && thereIsNo('option', name, known));
}

function checkFaults(faults: readonly (string | false)[]): void {
  const text = faults.filter(Boolean).join('\n');
  check(!text, text);
}
