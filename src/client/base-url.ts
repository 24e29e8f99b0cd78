import { check } from './check.ts';

const DEFAULT_BASE_URL = 'https://api.pluralkit.me/v2';

/**
 * Reads the base URL with the API's version. In a page it may be relative.
 *
 * @throws TypeError where it is no URL of HTTP, or has a query or a fragment; the error does not repeat it, as it may hold a
 *   password
 */
export function readBaseUrl(text = DEFAULT_BASE_URL): URL {
  // An empty one would be that of the page.
  const url = text ? URL.parse(text, globalThis.location?.href) : null;
  check(
    url && /^https?:[^?#]*$/.test(url.href),
    `\`baseUrl\` must be an http(s) URL, not empty, without query and fragment, such as '${DEFAULT_BASE_URL}'`,
  );
  return url;
}
