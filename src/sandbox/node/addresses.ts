import dns from 'node:dns';

/*
 * What stays on this machine.
 */

/** Whether an address of a connection is this machine's own, also where IPv4 is written as IPv6. */
export function isLoopbackAddress(address: string): boolean {
  return /^(::ffff:)?127(\.\d{1,3}){3}$/i.test(address) || address === '::1';
}

/** Whether a host is this machine without a lookup: `localhost` or an address, IPv6 in brackets or without. */
export function isLoopbackHost(host: string): boolean {
  const name = nameOf(host);
  return name === 'localhost' || isLoopbackAddress(name);
}

/** Whether a host is this machine; a name below `localhost` only where it resolves to it, which is not so everywhere. */
export async function leadsToLoopback(host: string): Promise<boolean> {
  if (isLoopbackHost(host)) return true;
  const name = nameOf(host);
  if (!name.endsWith('.localhost')) return false;
  try {
    const addresses = await dns.promises.lookup(name, { all: true });
    return addresses.length > 0 && addresses.every(({ address }) => isLoopbackAddress(address));
  } catch {
    return false;
  }
}

function nameOf(host: string): string {
  return host.replace(/^\[(.*)\]$/, '$1').toLowerCase();
}

/** The host of a `Host` header or of an origin without its scheme: `[::1]:4011` → `[::1]`. */
export function hostWithoutPort(authority: string): string {
  return authority.replace(/:\d*$/, '');
}
