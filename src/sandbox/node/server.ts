import { once } from 'node:events';
import { createServer, type RequestListener, type Server } from 'node:http';

/** Where to listen. */
export interface Place {
  /**
   * 0 takes any port that is free.
   *
   * @default 0
   */
  readonly port?: number;
  /**
   * An address or a name; other machines have access only where it is not loopback.
   *
   * @default '127.0.0.1'
   */
  readonly host?: string;
}

export interface RunningServer {
  /** Without a closing slash: `http://127.0.0.1:4011`. */
  readonly url: string;
  readonly port: number;
  /** Takes no more requests and lets those under way end; resolves when all connections are closed. */
  finish(): Promise<void>;
  /** Takes no more requests and ends open connections; resolves when all are closed. */
  close(): Promise<void>;
}

/**
 * Starts an HTTP server.
 *
 * @throws the system's error where it cannot listen: its `code` is `EADDRINUSE` where the port is taken
 */
export async function startServer(
  listener: RequestListener,
  { port = 0, host = '127.0.0.1' }: Place,
): Promise<RunningServer> {
  const server = createServer(listener);
  server.listen(port, host);
  await once(server, 'listening');
  const closed = once(server, 'close');
  const actualPort = portOf(server);
  return {
    url: `http://${host.includes(':') ? `[${host}]` : host}:${actualPort}`,
    port: actualPort,
    async finish() {
      endIdleConnections(server);
      server.close();
      await closed;
    },
    async close() {
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}

/** A connection that is kept alive would stay open for seconds after its last response. */
function endIdleConnections(server: Server): void {
  const timer = setInterval(() => server.closeIdleConnections(), 10);
  server.once('close', () => clearInterval(timer));
}

function portOf(server: Server): number {
  const address = server.address();
  if (typeof address !== 'object' || address === null) throw new TypeError('The server has no port');
  return address.port;
}
