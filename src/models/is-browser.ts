/**
 * Whether this runs in a browser, or in a simulated one. A browser sends a `User-Agent` of its own; setting another
 * makes the CORS preflight fail.
 */
export function isBrowser(): boolean {
  return /^Mozilla\//.test(globalThis.navigator?.userAgent ?? '');
}
