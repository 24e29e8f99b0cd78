import type { PluralKitOptions } from './options.ts';

const known: Readonly<Record<keyof PluralKitOptions, true>> = {
  token: true,
  userAgent: true,
  baseUrl: true,
  fetch: true,
  limiter: true,
  retry: true,
  timeout: true,
  totalTimeout: true,
  cache: true,
  cacheTtl: true,
  view: true,
  onRequest: true,
  onResponse: true,
  onRateLimit: true,
};

/**
 * Checks what plain JavaScript may have made wrong: a mistyped option would be ignored otherwise.
 *
 * @throws TypeError naming the option that is not known, and those that are; it does not repeat values
 */
export function assertOptions(options: object | undefined): void {
  const unknown = Object.keys(options ?? {}).find((name) => !Object.hasOwn(known, name));
  if (unknown !== undefined)
    throw new TypeError(`There is no option “${unknown}”. Options: ${Object.keys(known).join(', ')}`);
}
