import { isBrowser } from '../models/is-browser.ts';

/**
 * Checks the text that names an application.
 *
 * @returns null in a browser
 * @throws TypeError where it is missing or can't stand in a header
 */
export function readUserAgent(userAgent: string | undefined): string | null {
  if (isBrowser()) return null;
  const text = String(userAgent ?? '').trim();
  if (!text) {
    throw new TypeError("PluralKit asks who calls: give `userAgent`, such as 'my-bot/1.0 (me@example.com)'");
  }
  const wrong = [...text].find((character) => character < ' ' || character > '~');
  if (wrong === undefined) return text;
  throw new TypeError(
    `\`userAgent\` must be ASCII, as headers are, such as 'my-bot/1.0 (me@example.com)': it holds ${JSON.stringify(wrong)}`,
  );
}
