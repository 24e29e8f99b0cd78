import { isBrowser } from '../models/is-browser.ts';
import { check } from './check.ts';

export const EXAMPLE_USER_AGENT = 'my-bot/1.0 (me@example.com)';

/**
 * Checks the user agent.
 *
 * @returns null in a browser
 * @throws TypeError where it is missing or can't stand in a header
 */
export function readUserAgent(userAgent: string | undefined): string | null {
  if (isBrowser()) return null;
  const text = typeof userAgent === 'string' ? userAgent.trim() : '';
  check(text, `PluralKit asks who calls: give \`userAgent\`, such as '${EXAMPLE_USER_AGENT}'`);
  check(/^[ -~]+$/.test(text), '`userAgent` must be ASCII, without line breaks');
  return text;
}
