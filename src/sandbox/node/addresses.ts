/*
 * What stays on this machine.
 */

/** Whether an address of a connection is this machine's own, also where IPv4 is written as IPv6. */
export function isLoopbackAddress(address: string): boolean {
  return /^(::ffff:)?127(\.\d{1,3}){3}$/i.test(address) || address === '::1';
}

/** Whether a host name or address, IPv6 in brackets or without, means this machine wherever it is resolved. */
export function isLoopbackHost(host: string): boolean {
  const name = host.replace(/^\[(.*)\]$/, '$1').toLowerCase();
  return name === 'localhost' || name.endsWith('.localhost') || isLoopbackAddress(name);
}

/** The host of a `Host` header or of an origin without its scheme: `[::1]:4011` → `[::1]`. */
export function hostWithoutPort(authority: string): string {
  return authority.replace(/:\d*$/, '');
}
