const DEFAULT_BASE_URL = 'https://api.pluralkit.me/v2';

/**
 * Reads where the API is, with its version. A page may give it relative to itself.
 *
 * @throws TypeError where it is no URL of HTTP, or has a query or a fragment; the error does not repeat it, as it may hold a
 *   password
 */
export function readBaseUrl(text: string | undefined): URL {
  let url: URL | undefined;
  try {
    url = new URL(text ?? DEFAULT_BASE_URL, globalThis.location?.href);
  } catch {}
  if (url && /^https?:$/.test(url.protocol) && !/[?#]/.test(url.href)) return url;
  throw new TypeError(
    `\`baseUrl\` must be an http(s) URL without query and fragment, such as '${DEFAULT_BASE_URL}'`,
  );
}

/** The base URL without user and password, and without a slash at its end: for what is kept or shown. */
export function publicUrl({ origin, pathname }: URL): string {
  return (origin + pathname).replace(/\/$/, '');
}
