import { isBrowser } from '../models/is-browser.ts';

export const EXAMPLE_USER_AGENT = 'my-bot/1.0 (me@example.com)';

/** Says what is wrong with a user agent. Browsers send their own. */
export function userAgentFault(userAgent: unknown): string | false {
  if (isBrowser()) return false;
  const text = typeof userAgent === 'string' && userAgent.trim();
  if (!text) return `PluralKit asks who calls: give \`userAgent\`, such as '${EXAMPLE_USER_AGENT}'`;
  return !/^[ -~]+$/.test(text) && '`userAgent` must be ASCII, without line breaks';
}
