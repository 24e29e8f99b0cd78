import { hostWithoutPort, isLoopbackAddress, leadsToLoopback } from './addresses.ts';

/** The facts of a request that decide whether it is rejected. */
export interface GuardedRequest {
  /** The path as it came, without its query. */
  readonly path: string;
  /** Address of the caller. */
  readonly address: string | undefined;
  readonly host: string | undefined;
  readonly origin: string | undefined;
}

const apiPath = /^\/(v\d+|private)(\/|$)/;
const dotSegment = /\/(\.|%2e){1,2}(\/|$)/i;

/** Everything besides the API is for this machine alone: the console and the controls. */
export function isApiPath(path: string): boolean {
  return apiPath.test(path) && !dotSegment.test(path);
}

/**
 * Returns the reason to reject a request, if any. The console and `/_sandbox` show tokens and change the state, so only programs of
 * this machine may use them; and no page of another site that a browser here has open: neither by a name that it has
 * pointed at this machine (the `Host` header tells it), nor by a call across origins.
 *
 * @returns undefined where it may pass
 */
export async function problemOf({
  path,
  address,
  host,
  origin,
}: GuardedRequest): Promise<string | undefined> {
  if (isApiPath(path)) return undefined;
  if (!isLoopbackAddress(address ?? '')) return 'Only programs on the same machine may use this path.';
  if (!(await leadsToLoopback(hostWithoutPort(host ?? '')))) {
    return 'The Host header must name this machine, such as 127.0.0.1 or localhost.';
  }
  if (origin !== undefined && !(await isLoopbackOrigin(origin)))
    return 'Pages of other sites may not use this path.';
  return undefined;
}

async function isLoopbackOrigin(origin: string): Promise<boolean> {
  const authority = /^https?:\/\/([^/]+)$/i.exec(origin)?.[1];
  return authority !== undefined && leadsToLoopback(hostWithoutPort(authority));
}
