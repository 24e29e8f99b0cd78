import { check } from './check.ts';
import type { PluralKitOptions } from './options.ts';

/** The type of each; empty where it is checked elsewhere. */
const types: Readonly<Record<string, string>> = {
  token: 'string',
  userAgent: '',
  baseUrl: '',
  fetch: 'function',
  limiter: '',
  retry: '',
  timeout: '',
  totalTimeout: '',
  cache: '',
  cacheTtl: 'object',
  view: '',
  onRequest: 'function',
  onResponse: 'function',
  onRateLimit: 'function',
} satisfies Record<keyof PluralKitOptions, string>;

/**
 * Checks what plain JavaScript may have made wrong: a mistyped option would be ignored otherwise.
 *
 * @throws TypeError naming the option that is not known or has a wrong type; it does not repeat values
 */
export function assertOptions(options: object | undefined): void {
  for (const [name, value] of Object.entries(options ?? {})) {
    const type = Object.hasOwn(types, name) ? types[name] : undefined;
    check(type !== undefined, `There is no option “${name}”. Options: ${Object.keys(types).join(', ')}`);
    check(!type || value == null || typeof value === type, `${name} must be a ${type}`);
  }
}
