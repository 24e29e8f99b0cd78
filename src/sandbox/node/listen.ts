import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { type Answering, type ListenerOptions, toNodeListener } from './node-listener.ts';

export interface ListenOptions extends ListenerOptions {
  /**
   * Where to listen; 0 takes any port that is free.
   *
   * @default 0
   */
  readonly port?: number;
  /**
   * The address or name to listen on; other machines reach the sandbox only where this is not one of loopback.
   *
   * @default '127.0.0.1'
   */
  readonly host?: string;
}

export interface Listener {
  /** Where the sandbox is, without a version and without a closing slash: `http://127.0.0.1:4011`. */
  readonly url: string;
  readonly port: number;
  /** Takes no more requests and lets those under way end; resolves when all connections are closed. */
  finish(): Promise<void>;
  /** Takes no more requests and ends open connections; resolves when all are closed. */
  close(): Promise<void>;
}

/**
 * Serves a sandbox over HTTP.
 *
 * Paths beside those of the API answer only programs on the same machine that also name it in `Host`.
 *
 * @throws the system's error where it cannot listen: its `code` is `EADDRINUSE` where the port is taken
 */
export async function listen(sandbox: Answering, options: ListenOptions = {}): Promise<Listener> {
  const { host = '127.0.0.1' } = options;
  const server = createServer(toNodeListener(sandbox, options));
  server.listen(options.port ?? 0, host);
  await once(server, 'listening');
  const closed = once(server, 'close');
  const port = portOf(server);
  const finish = async () => {
    endConnectionsWhenIdle(server);
    server.close();
    await closed;
  };
  return {
    url: `http://${host.includes(':') ? `[${host}]` : host}:${port}`,
    port,
    finish,
    async close() {
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}

/** A connection that is kept alive would stay open for seconds after its last answer. */
function endConnectionsWhenIdle(server: Server): void {
  const timer = setInterval(() => server.closeIdleConnections(), 10);
  server.once('close', () => clearInterval(timer));
}

function portOf(server: Server): number {
  const address = server.address();
  if (typeof address !== 'object' || address === null) throw new TypeError('The server has no port');
  return address.port;
}
