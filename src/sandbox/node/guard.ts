import { hostWithoutPort, isLoopbackAddress, isLoopbackHost } from './addresses.ts';

/** What is known of a request before it is answered. */
export interface GuardedRequest {
  /** The path as it came, without its query. */
  readonly path: string;
  /** Address of the caller. */
  readonly address: string | undefined;
  readonly host: string | undefined;
  readonly origin: string | undefined;
}

/** Everything beside the API is for this machine alone: the console, and what administers the sandbox. */
const apiPath = /^\/(v\d+|private)(\/|$)/;

/**
 * Tells why a request is refused. The console and `/_sandbox` show tokens and change the state, so only programs of
 * this machine may use them; and no page of another site that a browser here has open: neither by a name that it has
 * pointed at this machine (the `Host` header tells it), nor by a call across origins.
 *
 * @returns undefined where it may pass
 */
export function refusalOf({ path, address, host, origin }: GuardedRequest): string | undefined {
  if (apiPath.test(path)) return undefined;
  if (!isLoopbackAddress(address ?? '')) return 'Only programs on the same machine may use this path.';
  if (!isLoopbackHost(hostWithoutPort(host ?? ''))) {
    return 'The Host header must name this machine, such as 127.0.0.1 or localhost.';
  }
  if (origin !== undefined && !isLoopbackOrigin(origin)) return 'Pages of other sites may not use this path.';
  return undefined;
}

function isLoopbackOrigin(origin: string): boolean {
  const authority = /^https?:\/\/([^/]+)$/i.exec(origin)?.[1];
  return authority !== undefined && isLoopbackHost(hostWithoutPort(authority));
}
