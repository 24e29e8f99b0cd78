import { checkOptions, has, is, isInteger, isTime, type OptionChecks } from '../../models/check-options.ts';
import type { Responder } from '../http/faces.ts';
import { type ListenerOptions, toNodeListener } from './node-listener.ts';
import { type Place, type RunningServer, startServer } from './server.ts';

export type ListenOptions = Place & ListenerOptions;

const checks: OptionChecks<ListenOptions> = {
  port: isInteger(0, 65_535),
  // An empty one, such as of an unset variable, would listen for all machines.
  host: {
    expected: 'an address or a name',
    fits: (value) => typeof value === 'string' && value.trim() !== '',
  },
  latency: isTime(0),
  onResponse: is.function,
  onError: is.function,
};

const isSandbox = has('fetch');

/**
 * Serves a sandbox over HTTP; the API is at `/v2` below the server's URL.
 *
 * Paths other than those of the API serve only programs on the same machine that also name it in `Host`.
 *
 * @example
 * ```ts
 * const server = await listen(createSandbox());
 * await fetch(`${server.url}/v2/systems/harbor`);
 * await server.close();
 * ```
 * @throws TypeError naming the option that is wrong
 * @throws the system's error where it cannot listen: its `code` is `EADDRINUSE` where the port is taken
 */
export async function listen(sandbox: Responder, options: ListenOptions = {}): Promise<RunningServer> {
  if (!isSandbox(sandbox)) throw new TypeError('The sandbox must be one of createSandbox');
  checkOptions(options, checks);
  return startServer(toNodeListener(sandbox, options), options);
}
