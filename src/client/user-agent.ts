import { isBrowser } from '../models/is-browser.ts';
import { check } from './check.ts';

/**
 * Checks the user agent.
 *
 * @returns null in a browser
 * @throws TypeError where it is missing or can't stand in a header
 */
export function readUserAgent(userAgent: string | undefined): string | null {
  if (isBrowser()) return null;
  const text = typeof userAgent === 'string' ? userAgent.trim() : '';
  check(
    /^[ -~]+$/.test(text),
    "PluralKit asks who calls: give `userAgent`, such as 'my-bot/1.0 (me@example.com)', in ASCII",
  );
  return text;
}
