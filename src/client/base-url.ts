import { check } from './check.ts';

const DEFAULT_BASE_URL = 'https://api.pluralkit.me/v2';

/**
 * Reads where the API is, with its version. A page may give it relative to itself.
 *
 * @throws TypeError where it is no URL of HTTP, or has a query or a fragment; the error does not repeat it, as it may hold a
 *   password
 */
export function readBaseUrl(text = DEFAULT_BASE_URL): URL {
  const url = URL.parse(text, globalThis.location?.href);
  check(
    url && /^https?:[^?#]*$/.test(url.href),
    `\`baseUrl\` must be an http(s) URL without query and fragment, such as '${DEFAULT_BASE_URL}'`,
  );
  return url;
}
